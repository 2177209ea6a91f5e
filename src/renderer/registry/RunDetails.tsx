import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { RunPart } from '../../contract/engine/blockRun.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { type RunState, SIGNATURES_OF_RUN } from '../../domain/blockRun.ts'
import { useOfficerName } from '../app/officerNames.ts'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { AskedPart } from './AskedPart.tsx'
import { Amnesty, HeldBack } from './HeldBack.tsx'
import { RunActs } from './RunActs.tsx'
import { RunImeis } from './RunImeis.tsx'
import { RunTiles } from './RunTiles.tsx'

/** One run as it would be signed now: whom it blocks, whom it leaves alone, what dropped out, who signed. */
export function RunDetails({ run, back }: { readonly run: string; readonly back: () => void }) {
  const { t } = useTranslation('registry')
  const found = useReading('blockrun-show', { run })
  return (
    <Stack gap="lg">
      <Group>
        <Button variant="default" onClick={back}>
          {t('run.all')}
        </Button>
      </Group>
      <Loaded query={found} lines={6}>
        {(shown) => <Whole run={shown} />}
      </Loaded>
    </Stack>
  )
}

function Whole({ run }: { readonly run: Output<EngineContract['blockrun-show']> }) {
  const { t } = useTranslation(['registry', 'term', 'common'])
  const { number, shortDate, instant } = useFormat()
  const officerName = useOfficerName()
  const [part, setPart] = useState<RunPart>('block')
  return (
    <Stack gap="lg" data-run-state={run.state}>
      <Panel
        title={t('run.title', { no: number(run.no) })}
        actions={<Text fw={600}>{t(`term:runState.${run.state}`)}</Text>}
      >
        <Stack gap="sm">
          <Text>{t('run.sentence', { date: shortDate(run.until), by: officerName(run.by), at: instant(run.at) })}</Text>
          <Text>
            {t('run.signed-by', {
              signed: number(run.signatures.length),
              needed: number(SIGNATURES_OF_RUN),
              names: run.signatures.map(officerName).join(', ') || t('common:nothing'),
            })}
          </Text>
          <AskedPart part={run.part} />
          {run.note && <Text>{run.note}</Text>}
          {run.beyondCap > 0 && (
            <Text size="sm">
              {t('run.beyond-cap', { cap: number(run.cap), count: run.beyondCap, imeis: number(run.beyondCap) })}
            </Text>
          )}
          <Text size="xs" c="dimmed" className="tamga-imei">
            {run.manifest}
          </Text>
        </Stack>
      </Panel>
      <RunTiles run={run} chosen={part} choose={setPart} />
      <HeldBack heldBy={run.heldBy} />
      <Amnesty until={run.amnestyUntil} />
      {run.state === 'awaiting-signature' && run.dropped > 0 && (
        <Alert color="yellow.9" variant="outline">
          {t('run.dropped-out', { count: run.dropped, imeis: number(run.dropped) })}
        </Alert>
      )}
      <RunActs run={{ id: run.run, state: run.state as RunState, by: run.by, signatures: run.signatures }} />
      <RunImeis run={run.run} part={part} />
    </Stack>
  )
}
