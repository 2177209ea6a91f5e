import { Drawer, Timeline as Steps, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { useOfficerName } from '../app/officerNames.ts'
import { useFormat } from '../i18n/useFormat.ts'

interface Props {
  readonly entries: AppealWhole['timeline']
  readonly opened: boolean
  readonly close: () => void
}

/** The appeal's life, the latest last. */
export function Timeline({ entries, opened, close }: Props) {
  const { t } = useTranslation(['appeals', 'reason'])
  const { instant } = useFormat()
  const nameOf = useOfficerName()
  return (
    <Drawer
      opened={opened}
      onClose={close}
      position="right"
      title={t('timeline.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Steps bulletSize={14} lineWidth={2} active={entries.length}>
        {entries.map(({ at, what, officer, reasons, note }) => (
          <Steps.Item key={`${at} ${what}`} title={t(`timeline.${what}`)}>
            <Text size="sm" c="dimmed">
              {[instant(at), officer && nameOf(officer)].filter(Boolean).join(' · ')}
            </Text>
            {reasons?.map((code) => (
              <Text size="sm" key={code}>
                {`${code} ${t(`reason:${code}.short`)}`}
              </Text>
            ))}
            {note && <Text size="sm">{note}</Text>}
          </Steps.Item>
        ))}
      </Steps>
    </Drawer>
  )
}
