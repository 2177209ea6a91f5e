import { Button, Checkbox, Group, Select, Text } from '@mantine/core'
import { IconFileSpreadsheet, IconFileText, IconFileTypePdf } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useJob } from '../app/jobs.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { JobProgress } from '../ui/JobProgress.tsx'
import { askedOf, type Question } from './question.ts'

const FORMATS = [
  { format: 'xlsx', icon: IconFileSpreadsheet },
  { format: 'pdf', icon: IconFileTypePdf },
  { format: 'csv', icon: IconFileText },
] as const
const SEPARATORS = [',', ';', '\t'] as const
type Separator = (typeof SEPARATORS)[number]
const NAMES: Readonly<Record<Separator, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' }

interface Props {
  readonly question: Question
  /** The IMEIs behind the figures can be written too. */
  readonly withRows: boolean
}

/** Writes the report in a format, with progress and cancel; the fingerprint that proves it is shown afterwards. */
export function WriteReport({ question, withRows }: Props) {
  const { t } = useTranslation('reports')
  const language = useLanguage()
  const [rows, setRows] = useState(false)
  const [separator, setSeparator] = useState<Separator>(';')
  const [id, setId] = useState<string | null>(null)
  const [fingerprint, setFingerprint] = useState<string | null>(null)
  const job = useJob(id)
  const busy = job?.state === 'running'
  const write = async (format: (typeof FORMATS)[number]['format']): Promise<void> => {
    const suggested = `${question.report}-${question.from}-${question.to}.${format}`
    const target = await shell('pick-target', { title: t('write'), suggested })
    if (!target) return
    const next = crypto.randomUUID()
    setId(next)
    const written = await engine.call('report', {
      ...askedOf(question),
      rows: rows && withRows && format !== 'pdf',
      separator,
      format,
      language,
      target: target.token,
      job: next,
    })
    setFingerprint(written.fingerprint)
    notifyDone(t('written', { file: target.name }))
  }
  return (
    <Group gap="md" align="end">
      {FORMATS.map(({ format, icon: Icon }) => (
        <Button
          key={format}
          variant="default"
          leftSection={<Icon size={18} aria-hidden />}
          disabled={busy}
          onClick={() => void write(format).catch(notifyProblem)}
          data-testid={`report-${format}`}
        >
          {t(`format.${format}`)}
        </Button>
      ))}
      <Select
        label={t('separator')}
        data={SEPARATORS.map((value) => ({ value, label: t(`separators.${NAMES[value]}`) }))}
        value={separator}
        allowDeselect={false}
        onChange={(value) => value && setSeparator(value as Separator)}
        w={190}
      />
      {withRows && (
        <Checkbox
          label={t('with-rows')}
          checked={rows}
          onChange={(event) => setRows(event.currentTarget.checked)}
          mb={8}
        />
      )}
      {busy && job && <JobProgress job={job} />}
      {fingerprint && !busy && (
        <Text size="xs" c="dimmed" mb={8}>
          {t('fingerprint', { fingerprint })}
        </Text>
      )}
    </Group>
  )
}
