import { Button, Stack, Text } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useActing } from '../app/queries.ts'
import { shell } from '../app/shell.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Panel } from '../ui/Panel.tsx'

/** Saves what this desk alone knows. */
export function Backup() {
  const { t } = useTranslation('settings')
  const { bytes } = useFormat()
  const backup = useActing('backup')
  async function save(): Promise<void> {
    try {
      const day = new Date().toISOString().slice(0, 10)
      const target = await shell('pick-target', { title: t('backup.title'), suggested: `tamga-${day}.tamga-backup` })
      if (!target) return
      const made = await backup.mutateAsync({ target: target.token })
      notifyDone(t('backup.saved', { file: made.file, size: bytes(made.bytes) }))
    } catch (error) {
      notifyProblem(error)
    }
  }
  return (
    <Panel title={t('backup.title')}>
      <Stack gap="md" align="flex-start">
        <Text size="sm">{t('backup.hint')}</Text>
        <Button
          variant="default"
          loading={backup.isPending}
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
          onClick={() => void save()}
        >
          {t('backup.button')}
        </Button>
      </Stack>
    </Panel>
  )
}
