import { SimpleGrid, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMay, useOfficer } from '../app/session.ts'
import { Screen } from '../ui/Screen.tsx'
import { AwaitingSignature } from './AwaitingSignature.tsx'
import { Dashboard } from './Dashboard.tsx'
import { Deadlines } from './Deadlines.tsx'
import { Figures } from './Figures.tsx'
import { Hero } from './Hero.tsx'
import { MyAppeals } from './MyAppeals.tsx'
import { StagedBatches } from './StagedBatches.tsx'
import { useReadyQueue } from './useReadyQueue.ts'
import { useReadyReader } from './useReadyReader.ts'

/** Start screen: the next thing to do, what is begun, what waits for a signature, what runs out. */
export function WorkScreen() {
  const { t } = useTranslation('work')
  const officer = useOfficer()
  const supervises = useMay('supervise')
  useReadyReader()
  useReadyQueue()
  if (!officer) return null
  return (
    <Screen facts title={t('title')}>
      <Stack gap="lg" maw={1240}>
        <Hero officer={officer} />
        <Figures />
        <SimpleGrid cols={2} spacing="lg" verticalSpacing="lg">
          {officer.role === 'importer' ? <StagedBatches /> : <MyAppeals />}
          <AwaitingSignature officer={officer} />
        </SimpleGrid>
        <Deadlines />
        {supervises && <Dashboard />}
      </Stack>
    </Screen>
  )
}
