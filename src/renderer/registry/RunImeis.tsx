import { Button, Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RunPart } from '../../contract/engine/blockRun.ts'
import { problemOf } from '../app/problems.ts'
import { usePages } from '../app/usePages.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'

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
  const rows = pages.all.flat()
  return (
    <Panel title={t(`run.part.${part}`)} flush>
      {pages.error && <ProblemCard problem={problemOf(pages.error)} />}
      {rows.length === 0 && !pages.loading && !pages.error && <EmptyState sentence={t('run.part-empty')} />}
      {rows.length > 0 && (
        <Table aria-label={t(`run.part.${part}`)} highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('imei')}</Table.Th>
              {part !== 'block' && <Table.Th>{t('run.why')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ imei14, why, appeal }) => (
              <Table.Tr key={imei14}>
                <Table.Td>
                  <Link to="/lookup" search={{ imei: imei14 }} className="tamga-imei">
                    {imei14}
                  </Link>
                </Table.Td>
                {part !== 'block' && (
                  <Table.Td>
                    {t(`term:runWhy.${why}`, { defaultValue: why })}
                    {appeal !== null && ' · '}
                    {appeal !== null && (
                      <Link to="/appeals/$id" params={{ id: appeal }}>
                        {appeal}
                      </Link>
                    )}
                  </Table.Td>
                )}
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
