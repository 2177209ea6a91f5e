import { Alert, Button, Stack, Table, Text } from '@mantine/core'
import { IconAlertTriangle, IconRosetteDiscountCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Panel } from '../ui/Panel.tsx'

type Verdict = Output<EngineContract['verify-report']>

/** Whether a report somebody brought is genuine and unchanged, and what differs. */
export function VerifyReport() {
  const { t } = useTranslation(['reports', 'report'])
  const [found, setFound] = useState<{ file: string; verdict: Verdict } | null>(null)
  const [busy, setBusy] = useState(false)
  const check = async (): Promise<void> => {
    const title = t('verify.pick')
    const file = await shell('pick-file', { title, filterName: title, extensions: ['xlsx', 'pdf', 'csv'] })
    if (!file) return
    setBusy(true)
    try {
      const verdict = await engine.call('verify-report', { target: file.token, job: crypto.randomUUID() })
      setFound({ file: file.name, verdict })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Panel
      title={t('verify.title')}
      actions={
        <Button
          variant="default"
          loading={busy}
          onClick={() => void check().catch(notifyProblem)}
          data-testid="verify-report"
        >
          {t('verify.pick')}
        </Button>
      }
    >
      {found ? <Answer {...found} /> : <Text size="sm">{t('verify.hint')}</Text>}
    </Panel>
  )
}

function Answer({ file, verdict }: { readonly file: string; readonly verdict: Verdict }) {
  const { t } = useTranslation(['reports', 'report'])
  const { number, instant } = useFormat()
  const { genuine, report, seq, asOf, differences } = verdict
  const heading = genuine ? 'verify.genuine' : report === null ? 'verify.no-report' : 'verify.not-genuine'
  return (
    <Stack gap="sm" role="status" data-testid="verified" data-genuine={genuine}>
      <Alert
        color={genuine ? 'green' : 'red'}
        icon={genuine ? <IconRosetteDiscountCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
        title={t(heading, { file })}
      >
        {report !== null && (
          <Stack gap={2}>
            <Text size="sm">
              {t('verify.of', {
                report: t(`report:report.${report}.title`, { defaultValue: report }),
                seq: number(seq ?? 0),
                at: asOf === null ? '' : instant(asOf),
              })}
            </Text>
            <Text size="sm">{t(`verify.signature.${verdict.signature}`)}</Text>
            {!verdict.unchanged && <Text size="sm">{t('verify.changed')}</Text>}
            {verdict.sameFigures === false && <Text size="sm">{t('verify.other-figures')}</Text>}
            {verdict.sameFigures === null && <Text size="sm">{t('verify.not-asked')}</Text>}
          </Stack>
        )}
      </Alert>
      {differences.length > 0 && (
        <Table aria-label={t('verify.differences')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('verify.place')}</Table.Th>
              <Table.Th>{t('verify.written')}</Table.Th>
              <Table.Th>{t('verify.found')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.map((d) => (
              <Table.Tr key={`${d.place} ${d.written}`}>
                <Table.Td>{d.place}</Table.Td>
                <Table.Td>{d.written}</Table.Td>
                <Table.Td>{d.found}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  )
}
