import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { checkText } from '../../contract/checkText.ts'
import type { CheckCode } from '../../domain/checks/finding.ts'
import { usePages } from '../app/usePages.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { PagedTable } from '../ui/PagedTable.tsx'

const PAGE = 40
const COLUMNS = ['row', 'column', 'value', 'problem'] as const

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
  return (
    <PagedTable
      title={code ? t(`check:${code}.title`, { defaultValue: code }) : t('problems.all')}
      columns={COLUMNS.map((name) => ({ name, label: t(`column.${name}`), right: name === 'row' }))}
      pages={pages}
      rows={pages.all.flatMap((page) => page.rows)}
      keyOf={(row) => `${row.row}-${row.column}-${row.code}`}
      empty={t('problems.none')}
      cell={(row, column) => {
        if (column === 'row') return row.row
        if (column === 'column') return row.column
        if (column === 'value') return <span className="tamga-imei">{row.value}</span>
        const text = checkText(row.code as CheckCode, { value: row.value, ...row.details }, language)
        return (
          <>
            {[t(`severity.${row.severity}`), text.message].join(': ')}
            <Text size="xs" c="dimmed">
              {text.remedy}
            </Text>
          </>
        )
      }}
    />
  )
}
