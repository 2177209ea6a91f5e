import { Group, Select, Stack } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { REPORTS } from '../../contract/engine/report.ts'
import { addDays, businessDate } from '../../domain/businessDate.ts'
import { useReading } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Screen } from '../ui/Screen.tsx'
import { FiguresTable } from './FiguresTable.tsx'
import { OperatorFile } from './OperatorFile.tsx'
import type { Question } from './question.ts'
import { WriteReport } from './WriteReport.tsx'

const today = (): string => businessDate(new Date().toISOString())

/** Statistics with a live preview, written as a spreadsheet, a PDF or a text file; and the operators' block list. */
export function ReportsScreen() {
  const { t } = useTranslation(['reports', 'report', 'common'])
  const mayHandOut = useMay('operator-file')
  const [question, setQuestion] = useState<Question>(() => ({
    report: 'blocklist',
    from: addDays(today(), -365),
    to: today(),
    by: null,
  }))
  const ask = (change: Partial<Question>): void => setQuestion({ ...question, ...change })
  const figures = useReading('report-figures', { ...question, asOfSeq: null })
  return (
    <Screen title={t('common:rail.reports')}>
      <Stack gap="lg" maw={1180}>
        <Group align="end" gap="md">
          <Select
            label={t('report')}
            data={REPORTS.map((value) => ({ value, label: t(`report:report.${value}.title`) }))}
            value={question.report}
            allowDeselect={false}
            onChange={(report) => report && ask({ report, by: null })}
            w={260}
          />
          <DateInput
            label={t('from')}
            valueFormat="DD.MM.YYYY"
            value={question.from}
            maxDate={question.to}
            onChange={(from) => from && ask({ from })}
            w={150}
          />
          <DateInput
            label={t('to')}
            valueFormat="DD.MM.YYYY"
            value={question.to}
            minDate={question.from}
            onChange={(to) => to && ask({ to })}
            w={150}
          />
          {figures.data && (
            <Select
              label={t('by')}
              data={figures.data.groupings.map((value) => ({ value, label: t(`report:by.${value}`) }))}
              value={figures.data.by}
              allowDeselect={false}
              onChange={(by) => by && ask({ by })}
              w={200}
            />
          )}
        </Group>
        <WriteReport question={question} />
        <Loaded query={figures} lines={8}>
          {(found) => <FiguresTable found={found} />}
        </Loaded>
        {mayHandOut && <OperatorFile />}
      </Stack>
    </Screen>
  )
}
