import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RunPart } from '../../contract/engine/blockRun.ts'
import { usePages } from '../app/usePages.ts'
import { PagedTable } from '../ui/PagedTable.tsx'

const PAGE = 200

/** The IMEIs of one part of a run, with what holds or speaks against each. */
export function RunImeis({ run, part }: { readonly run: string; readonly part: RunPart }) {
  const { t } = useTranslation(['registry', 'term'])
  const pages = usePages(
    'blockrun-imeis',
    (after: string | null) => ({ run, part, after, limit: PAGE }),
    (rows) => (rows.length < PAGE ? null : (rows.at(-1)?.imei14 ?? null)),
    [run, part],
  )
  const why = part === 'block' ? [] : [{ name: 'why', label: t('run.why') }]
  return (
    <PagedTable
      title={t(`run.part.${part}`)}
      columns={[{ name: 'imei', label: t('grid.imei') }, ...why]}
      pages={pages}
      rows={pages.all.flat()}
      keyOf={({ imei14 }) => imei14}
      empty={t('run.part-empty')}
      cell={(row, column) =>
        column === 'imei' ? (
          <Link to="/lookup" search={{ imei: row.imei14 }} className="tamga-imei">
            {row.imei14}
          </Link>
        ) : (
          <>
            {t(`term:runWhy.${row.why}`, { defaultValue: row.why })}
            {row.appeal !== null && ' · '}
            {row.appeal !== null && (
              <Link to="/appeals/$id" params={{ id: row.appeal }}>
                {row.appeal}
              </Link>
            )}
          </>
        )
      }
    />
  )
}
