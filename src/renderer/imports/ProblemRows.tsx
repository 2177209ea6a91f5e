import { Button, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { checkText } from '../../contract/checkText.ts'
import type { CheckCode } from '../../domain/checks/finding.ts'
import { problemOf } from '../app/problems.ts'
import { usePages } from '../app/usePages.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'

const PAGE = 100

/** Rows with problems as the file has them: row, column, value, what is wrong and what to do. */
export function ProblemRows({ batch, code }: { readonly batch: string; readonly code: string | null }) {
  const { t } = useTranslation(['imports', 'check', 'term'])
  const language = useLanguage()
  const pages = usePages(
    'staged-problems',
    (after: number | null) => ({ batch, code, afterRow: after ?? 0, limit: PAGE }),
    ({ rows }) => (rows.length < PAGE ? null : (rows.at(-1)?.row ?? null)),
    [batch, code],
  )
  const rows = pages.all.flatMap((page) => page.rows)
  const textOf = ({ code: name, details, value }: (typeof rows)[number]) =>
    checkText(name as CheckCode, { value, ...details }, language)
  return (
    <Panel title={code ? t(`check:${code}.title`, { defaultValue: code }) : t('problems.all')} flush>
      {pages.error && <ProblemCard problem={problemOf(pages.error)} />}
      {rows.length === 0 && !pages.loading && <EmptyState sentence={t('problems.none')} />}
      {rows.length > 0 && (
        <Table aria-label={t('problems.rows')} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="right">{t('column.row')}</Table.Th>
              <Table.Th>{t('column.column')}</Table.Th>
              <Table.Th>{t('column.value')}</Table.Th>
              <Table.Th>{t('column.problem')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.row}-${row.column}-${row.code}`} data-severity={row.severity}>
                <Table.Td ta="right">{row.row}</Table.Td>
                <Table.Td>{row.column}</Table.Td>
                <Table.Td className="tamga-imei">{row.value}</Table.Td>
                <Table.Td>
                  {[t(`severity.${row.severity}`), textOf(row).message].join(': ')}
                  <Text size="xs" c="dimmed">
                    {textOf(row).remedy}
                  </Text>
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
