import { Button, Group, NumberInput, Stack, Table, Text } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { notifyProblem } from '../app/notify.tsx'
import { useActing } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel } from '../ui/Panel.tsx'

type Policy = Output<EngineContract['policies']>[number]['policy']
type Simulated = Output<EngineContract['simulate-policy']>

/** Parameters on which listings rest. */
const SETTINGS = ['legacyCutOff', 'graceDays', 'earliestDeadline'] as const
type Setting = (typeof SETTINGS)[number]

/** Changes of the policy tried on the desk's facts; nothing is changed by it. */
export function SimulatePolicy({ policy }: { readonly policy: Policy }) {
  const { t } = useTranslation('registry')
  const [tried, setTried] = useState<Readonly<Record<Setting, string | number>>>({
    legacyCutOff: policy.legacyCutOff,
    graceDays: policy.graceDays,
    earliestDeadline: policy.earliestDeadline,
  })
  const simulate = useActing('simulate-policy')
  const changed = SETTINGS.filter((key) => tried[key] !== policy[key] && tried[key] !== '')
  const set = (key: Setting, value: string | number | null): void => {
    simulate.reset()
    setTried({ ...tried, [key]: value ?? policy[key] })
  }
  const run = (): void =>
    simulate.mutate({ set: changed.map((key) => ({ key, value: String(tried[key]) })) }, { onError: notifyProblem })
  return (
    <Panel title={t('policy.simulate')}>
      <Stack gap="md">
        <Text size="sm">{t('policy.simulate-means')}</Text>
        <Group align="end" gap="md">
          <DateInput
            label={t('policy.legacyCutOff')}
            valueFormat="DD.MM.YYYY"
            value={String(tried.legacyCutOff)}
            onChange={(day) => set('legacyCutOff', day)}
            w={280}
          />
          <NumberInput
            label={t('policy.graceDays')}
            value={tried.graceDays}
            min={0}
            max={3650}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            data-testid="grace-days"
            onChange={(days) => set('graceDays', days)}
            w={160}
          />
          <DateInput
            label={t('policy.earliestDeadline')}
            valueFormat="DD.MM.YYYY"
            value={String(tried.earliestDeadline)}
            onChange={(day) => set('earliestDeadline', day)}
            w={220}
          />
          <Button onClick={run} loading={simulate.isPending} disabled={changed.length === 0} data-testid="simulate">
            {t('policy.try')}
          </Button>
        </Group>
        {simulate.data && <Changes changes={simulate.data.changes} />}
      </Stack>
    </Panel>
  )
}

function Changes({ changes }: { readonly changes: Simulated['changes'] }) {
  const { t } = useTranslation(['registry', 'term'])
  const { number } = useFormat()
  if (changes.length === 0) return <EmptyState sentence={t('policy.nothing-moves')} />
  return (
    <Table aria-label={t('policy.changes')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('list')}</Table.Th>
          <Table.Th>{t('reason')}</Table.Th>
          <Table.Th ta="right">{t('policy.before')}</Table.Th>
          <Table.Th ta="right">{t('policy.after')}</Table.Th>
          <Table.Th ta="right">{t('policy.changed')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(({ list, reason, from, to, count }) => (
          <Table.Tr key={`${list}/${reason}`} data-simulated={list}>
            <Table.Td>{t(`term:list.${list}`)}</Table.Td>
            <Table.Td>{reason && t(`term:reason.${reason}`)}</Table.Td>
            <Table.Td ta="right">{number(from)}</Table.Td>
            <Table.Td ta="right">{number(to)}</Table.Td>
            <Table.Td ta="right">{number(count)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
