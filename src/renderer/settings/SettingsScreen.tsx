import { SimpleGrid, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useStatus } from '../app/session.ts'
import { Screen } from '../ui/Screen.tsx'
import { About } from './About.tsx'
import { Appearance } from './Appearance.tsx'
import { Backup } from './Backup.tsx'
import { Desks } from './Desks.tsx'
import { Officers } from './Officers.tsx'
import { Outbox } from './Outbox.tsx'
import { Passphrase } from './Passphrase.tsx'
import { RegistrySettings } from './RegistrySettings.tsx'

/** Language, look and keys; what waits to be sent; what this desk is; what holds for all desks. */
export function SettingsScreen() {
  const { t } = useTranslation('settings')
  const status = useStatus()
  return (
    <Screen title={t('title')}>
      <Stack gap="lg" maw={1180}>
        <SimpleGrid cols={2} spacing="lg">
          <Appearance />
          <About />
        </SimpleGrid>
        <Outbox />
        <RegistrySettings />
        {status?.officer?.role === 'admin' && (
          <>
            <Desks />
            <Officers />
          </>
        )}
        <Passphrase />
        <Backup />
      </Stack>
    </Screen>
  )
}
