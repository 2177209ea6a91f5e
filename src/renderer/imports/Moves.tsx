import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { MoveName } from '../../contract/engine/batch.ts'
import type { Listing } from '../../domain/listing.ts'
import { usePages } from '../app/usePages.ts'
import { ListBadge } from '../ui/ListBadge.tsx'
import { PagedTable } from '../ui/PagedTable.tsx'

export type Move = MoveName
const PAGE = 40
const COLUMNS = ['imei', 'before', 'after', 'appeal'] as const

/** The IMEIs that would move, one by one. */
export function Moves({ batch, move }: { readonly batch: string; readonly move: Move | null }) {
  const { t } = useTranslation('imports')
  const pages = usePages(
    'staged-moves',
    (after: string | null) => ({ batch, move, after, limit: PAGE }),
    ({ moves }) => (moves.length < PAGE ? null : (moves.at(-1)?.imei14 ?? null)),
    [batch, move],
  )
  return (
    <PagedTable
      title={t(move ? `effect.${move}` : 'moves.title')}
      columns={COLUMNS.map((name) => ({ name, label: t(`moves.${name}`) }))}
      pages={pages}
      rows={pages.all.flatMap((page) => page.moves)}
      keyOf={({ imei14 }) => imei14}
      empty={t('moves.none')}
      cell={({ imei14, before, after, appeal }, column) => {
        if (column === 'imei') return <span className="tamga-imei">{imei14}</span>
        if (column === 'before') return <Listed listing={before} />
        if (column === 'after') return <Listed listing={after} />
        return (
          appeal && (
            <Link to="/appeals/$id" params={{ id: appeal }}>
              {appeal}
            </Link>
          )
        )
      }}
    />
  )
}

function Listed({ listing }: { readonly listing: Listing }) {
  const { t } = useTranslation('term')
  return (
    <>
      <ListBadge list={listing.list} />{' '}
      {listing.reason && (
        <Text span size="sm" c="dimmed">
          {t(`reason.${listing.reason}`)}
        </Text>
      )}
    </>
  )
}
