import { Stack } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Screen } from '../ui/Screen.tsx'
import { Builder } from './Builder.tsx'
import { OperatorFile } from './OperatorFile.tsx'
import { Preview } from './Preview.tsx'
import { askedOf, beginning, type Question } from './question.ts'
import { SavedReports } from './SavedReports.tsx'
import { VerifyReport } from './VerifyReport.tsx'
import { WriteReport } from './WriteReport.tsx'

/** Statistics: put together with a live preview, kept and shared, written as a spreadsheet, a PDF or a text file, and verified. */
export function ReportsScreen() {
  const { t } = useTranslation('common')
  const mayHandOut = useMay('operator-file')
  const language = useLanguage()
  const asked = useSearch({ from: '/reports' })
  const [question, setQuestion] = useState<Question>(() => beginning(asked))
  const catalogue = useReading('report-catalogue', {}).data ?? []
  const entry = catalogue.find(({ report }) => report === question.report)
  const figures = useReading('report-figures', { ...askedOf(question), language })
  return (
    <Screen facts title={t('rail.reports')}>
      <Stack gap="lg" maw={1180}>
        <SavedReports question={question} open={setQuestion} />
        <Builder question={question} catalogue={catalogue} ask={(change) => setQuestion({ ...question, ...change })} />
        <WriteReport question={question} withRows={entry?.rows ?? false} />
        <Loaded query={figures} lines={8}>
          {(found) => <Preview found={found} />}
        </Loaded>
        <VerifyReport />
        {mayHandOut && <OperatorFile />}
      </Stack>
    </Screen>
  )
}
