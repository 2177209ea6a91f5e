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
  const { instant, date } = useFormat()
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
        {entries.map(({ at, what, officer, reasons, note, internal, to, until, because, letter }) => (
          <Steps.Item
            key={`${at} ${what}`}
            title={t(`timeline.${stepOf(what, to)}`, {
              to: to ? nameOf(to) : '',
              until: until ? date(until) : '',
            })}
          >
            <Text size="sm" c="dimmed">
              {[instant(at), officer && nameOf(officer)].filter(Boolean).join(' · ')}
            </Text>
            {reasons?.map((code) => (
              <Text size="sm" key={code}>
                {`${code} ${t(`reason:${code}.short`)}`}
              </Text>
            ))}
            {because && because.length > 0 && (
              <Text size="sm">{because.map((why) => t(`second.${why}`)).join(', ')}</Text>
            )}
            {note && <Text size="sm">{note}</Text>}
            {internal && (
              <Text size="sm" fs="italic">
                {t('internal.shown', { note: internal })}
              </Text>
            )}
            {letter && <Text size="sm">{t('letter.sent', { no: letter.no })}</Text>}
          </Steps.Item>
        ))}
      </Steps>
    </Drawer>
  )
}

const stepOf = (what: string, to: string | undefined): string =>
  what === 'assigned' && to === undefined ? 'unassigned' : what
