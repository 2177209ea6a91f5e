import { Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'
import { useFormat } from '../i18n/useFormat.ts'

interface Props {
  readonly appeal: AppealWhole
  readonly opened: boolean
  readonly close: () => void
}

/** Letters that were sent, each as PDF in both languages. */
export function SentLetters({ appeal, opened, close }: Props) {
  const { t } = useTranslation('appeals')
  const { instant } = useFormat()
  async function save(letter: string): Promise<void> {
    try {
      const target = await shell('pick-target', { title: t('letter.save'), suggested: `${letter}.pdf` })
      if (!target) return
      await engine.call('save-letter', { id: appeal.id, letter, language: 'both', target: target.token })
      notifyDone(t('letter.saved', { no: letter }))
    } catch (error) {
      notifyProblem(error)
    }
  }
  return (
    <Drawer
      opened={opened}
      onClose={close}
      position="right"
      title={t('act.letter.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="sm">
        {appeal.timeline.map(
          ({ letter, at, what }) =>
            letter && (
              <Group key={letter.no} justify="space-between" wrap="nowrap">
                <div>
                  <Text fw={600}>{t('letter.sent', { no: letter.no })}</Text>
                  <Text size="sm" c="dimmed">
                    {[t(`term:step.${what}`), instant(at)].join(' · ')}
                  </Text>
                </div>
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconFileTypePdf size={15} aria-hidden />}
                  onClick={() => void save(letter.no)}
                >
                  {t('letter.save')}
                </Button>
              </Group>
            ),
        )}
      </Stack>
    </Drawer>
  )
}
