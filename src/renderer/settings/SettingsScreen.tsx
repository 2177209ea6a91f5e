import { SimpleGrid, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Screen } from '../ui/Screen.tsx'
import { About } from './About.tsx'
import { Appearance } from './Appearance.tsx'
import { Backup } from './Backup.tsx'
import { Outbox } from './Outbox.tsx'

/** Language, look and keys; what waits to be sent; what this desk is. */
export function SettingsScreen() {
  const { t } = useTranslation('settings')
  return (
    <Screen title={t('title')}>
      <Stack gap="lg" maw={1180}>
        <SimpleGrid cols={2} spacing="lg">
          <Appearance />
          <About />
        </SimpleGrid>
        <Outbox />
        <Backup />
      </Stack>
    </Screen>
  )
}
