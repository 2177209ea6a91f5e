import { Button, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Effect } from '../../domain/effect.ts'
import type { Listing } from '../../domain/listing.ts'
import { problemOf } from '../app/problems.ts'
import { usePages } from '../app/usePages.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListBadge } from '../ui/ListBadge.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'

export type Move = Exclude<keyof Effect, 'unchanged'>
const PAGE = 100

/** The IMEIs that would move, one by one. */
export function Moves({ batch, move }: { readonly batch: string; readonly move: Move | null }) {
  const { t } = useTranslation('imports')
  const pages = usePages(
    'staged-moves',
    (after: string | null) => ({ batch, move, after, limit: PAGE }),
    ({ moves }) => (moves.length < PAGE ? null : (moves.at(-1)?.imei14 ?? null)),
    [batch, move],
  )
  const moves = pages.all.flatMap((page) => page.moves)
  return (
    <Panel title={t(move ? `effect.${move}` : 'moves.title')} flush>
      {pages.error && <ProblemCard problem={problemOf(pages.error)} />}
      {moves.length === 0 && !pages.loading && <EmptyState sentence={t('moves.none')} />}
      {moves.length > 0 && (
        <Table aria-label={t('moves.title')} highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('moves.imei')}</Table.Th>
              <Table.Th>{t('moves.before')}</Table.Th>
              <Table.Th>{t('moves.after')}</Table.Th>
              <Table.Th>{t('moves.appeal')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {moves.map(({ imei14, before, after, appeal }) => (
              <Table.Tr key={imei14}>
                <Table.Td className="tamga-imei">{imei14}</Table.Td>
                <Table.Td>
                  <Listed listing={before} />
                </Table.Td>
                <Table.Td>
                  <Listed listing={after} />
                </Table.Td>
                <Table.Td>
                  {appeal && (
                    <Link to="/appeals/$id" params={{ id: appeal }}>
                      {appeal}
                    </Link>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {pages.more && (
        <Button variant="subtle" fullWidth onClick={pages.more} loading={pages.loading}>
          {t('more')}
        </Button>
      )}
    </Panel>
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
