import { Button, Group, Text } from '@mantine/core'
import { IconFileSpreadsheet, IconFileText, IconFileTypePdf } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import type { Question } from './question.ts'

const FORMATS = [
  { format: 'xlsx', icon: IconFileSpreadsheet },
  { format: 'pdf', icon: IconFileTypePdf },
  { format: 'csv', icon: IconFileText },
] as const

/** Writes the report in a format; the fingerprint that proves it is shown afterwards. */
export function WriteReport({ question }: { readonly question: Question }) {
  const { t } = useTranslation('reports')
  const language = useLanguage()
  const [busy, setBusy] = useState(false)
  const [fingerprint, setFingerprint] = useState<string | null>(null)
  const write = async (format: (typeof FORMATS)[number]['format']): Promise<void> => {
    const suggested = `${question.report}-${question.from}-${question.to}.${format}`
    const target = await shell('pick-target', { title: t('write'), suggested })
    if (!target) return
    setBusy(true)
    try {
      const written = await engine.call('report', {
        ...question,
        asOfSeq: null,
        format,
        language,
        target: target.token,
        job: crypto.randomUUID(),
      })
      setFingerprint(written.fingerprint)
      notifyDone(t('written', { file: target.name }))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Group gap="sm">
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
      {fingerprint && (
        <Text size="xs" c="dimmed">
          {t('fingerprint', { fingerprint })}
        </Text>
      )}
    </Group>
  )
}
