import { Button, Group, Input, NumberInput, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { policyParameters } from '../../domain/policyChange.ts'
import { useJob } from '../app/jobs.ts'
import { notifyProblem } from '../app/notify.tsx'
import { useActing } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { DateField } from '../ui/DateField.tsx'
import { JobProgress } from '../ui/JobProgress.tsx'
import { Panel } from '../ui/Panel.tsx'
import { FurtherParameters } from './FurtherParameters.tsx'
import { PolicyDifference } from './PolicyDifference.tsx'
import { ProposePolicy } from './ProposePolicy.tsx'
import { RuleOrder } from './RuleOrder.tsx'
import { SimulationResult } from './SimulationResult.tsx'

export type Policy = Output<EngineContract['policies']>[number]['policy']

/** Parameters on which listings rest, besides the order of the rules. */
const DATES = ['legacyCutOff', 'earliestDeadline'] as const
type Tried = Pick<Policy, 'legacyCutOff' | 'earliestDeadline' | 'precedence'> & {
  readonly graceDays: number
  readonly newClockAfterDays: number
}

/** Parameters on which no listing rests, by key, as far as they were changed. */
type Further = Readonly<Record<string, string>>

const triedOf = (policy: Policy): Tried => ({
  legacyCutOff: policy.legacyCutOff,
  earliestDeadline: policy.earliestDeadline,
  precedence: policy.precedence,
  graceDays: policy.graceDays,
  newClockAfterDays: policy.newClockAfterDays ?? 0,
})

const KEYS = ['legacyCutOff', 'graceDays', 'earliestDeadline', 'newClockAfterDays', 'precedence'] as const

/** What of the form differs from the policy, as settings. */
function settingsOf(policy: Policy, tried: Tried, further: Further): { key: string; value: string }[] {
  const now = triedOf(policy)
  return [
    ...KEYS.filter((key) => String(tried[key]) !== String(now[key])).map((key) => ({ key, value: String(tried[key]) })),
    ...policyParameters(policy).flatMap(({ key, value }) => {
      const chosen = further[key]
      return chosen === undefined || chosen === value ? [] : [{ key, value: chosen }]
    }),
    ...Object.entries(further).flatMap(([key, value]) =>
      key.startsWith('calendar.') && value !== '' ? [{ key, value }] : [],
    ),
  ]
}

interface Props {
  /** Versions, the oldest first. */
  readonly versions: readonly Policy[]
  readonly inForce: Policy
}

/** A change of the policy, or two of its versions, tried on facts before anybody signs; what is good can be proposed. */
export function SimulatePolicy({ versions, inForce }: Props) {
  const { t } = useTranslation('registry')
  const { number } = useFormat()
  const [base, setBase] = useState(inForce)
  const [against, setAgainst] = useState<number | null>(null)
  const [tried, setTried] = useState(triedOf(inForce))
  const [further, setFurther] = useState<Further>({})
  const [at, setAt] = useState<'desk' | 'registry'>('desk')
  const [proposing, setProposing] = useState(false)
  const mayPropose = useMay('policy-propose')
  const simulate = useActing('simulate-policy')
  const [id, setId] = useState<string | null>(null)
  const job = useJob(id)
  const set = settingsOf(base, tried, further)
  const compared = versions.find(({ version }) => version === against)
  const change = (part: Partial<Tried>): void => {
    simulate.reset()
    setTried({ ...tried, ...part })
  }
  const run = (): void => {
    const next = crypto.randomUUID()
    setId(next)
    const to = base.version === inForce.version ? null : base.version
    simulate.mutate({ from: against, to, set, at, job: next }, { onError: notifyProblem })
  }
  const choices = versions.map(({ version, name }) => ({
    value: String(version),
    label: `${number(version)} · ${name}`,
  }))
  const isSame = set.length === 0 && (against ?? inForce.version) === base.version
  return (
    <Panel title={t('policy.simulate')}>
      <Stack gap="md">
        <Text size="sm">{t(`policy.simulate-means.${at}`)}</Text>
        <Group align="end" gap="md">
          <Select
            label={t('policy.base')}
            data={choices}
            value={String(base.version)}
            allowDeselect={false}
            onChange={(value) => {
              const chosen = versions.find(({ version }) => String(version) === value)
              if (!chosen) return
              simulate.reset()
              setBase(chosen)
              setTried(triedOf(chosen))
              setFurther({})
            }}
            w={200}
          />
          {DATES.map((key) => (
            <DateField
              key={key}
              label={t(`policy.${key}`)}
              value={tried[key]}
              onChange={(day) => change({ [key]: day ?? base[key] })}
              w={key === 'legacyCutOff' ? 280 : 220}
            />
          ))}
          <Days
            label={t('policy.graceDays')}
            value={tried.graceDays}
            testId="grace-days"
            change={(graceDays) => change({ graceDays })}
          />
          <Days
            label={t('policy.newClockAfterDays')}
            value={tried.newClockAfterDays}
            testId="new-clock"
            change={(newClockAfterDays) => change({ newClockAfterDays })}
          />
        </Group>
        <RuleOrder rules={tried.precedence} change={(precedence) => change({ precedence })} />
        <FurtherParameters
          parameters={policyParameters(base).map((p) => ({ ...p, value: further[p.key] ?? p.value }))}
          settings={further}
          change={(key, value) => {
            simulate.reset()
            setFurther({ ...further, [key]: value })
          }}
        />
        {set.length > 0 && (
          <Text size="sm" data-testid="policy-changed">
            {t('policy.changed-keys', { count: set.length })}
          </Text>
        )}
        <Group align="end" gap="md">
          <Select
            label={t('policy.against')}
            data={choices}
            value={against === null ? null : String(against)}
            placeholder={t('policy.in-force', { version: number(inForce.version) })}
            clearable
            clearButtonProps={{ 'aria-label': t('policy.in-force', { version: number(inForce.version) }) }}
            onChange={(value) => {
              simulate.reset()
              setAgainst(value === null ? null : Number(value))
            }}
            w={240}
          />
          <Input.Wrapper label={t('policy.where')} labelElement="div">
            <SegmentedControl
              aria-label={t('policy.where')}
              data={(['desk', 'registry'] as const).map((value) => ({ value, label: t(`policy.at.${value}`) }))}
              value={at}
              onChange={(value) => setAt(value as 'desk' | 'registry')}
              display="flex"
              h={36}
            />
          </Input.Wrapper>
          <Button onClick={run} loading={simulate.isPending} disabled={isSame} data-testid="simulate">
            {t('policy.try')}
          </Button>
          {mayPropose && (
            <Button
              variant="default"
              onClick={() => setProposing(true)}
              disabled={set.length === 0}
              data-testid="policy-propose"
            >
              {t('policy.propose')}
            </Button>
          )}
        </Group>
        {simulate.isPending && job && <JobProgress job={job} />}
        {compared && compared.version !== base.version && (
          <div data-testid="policy-compared">
            <Text size="sm" fw={600}>
              {t('policy.differ', { from: number(compared.version), to: number(base.version) })}
            </Text>
            <PolicyDifference earlier={compared} later={base} />
          </div>
        )}
        {simulate.data && <SimulationResult result={simulate.data} />}
        {proposing && <ProposePolicy set={set} base={base} inForce={inForce} close={() => setProposing(false)} />}
      </Stack>
    </Panel>
  )
}

interface DaysProps {
  readonly label: string
  readonly value: number
  readonly testId: string
  readonly change: (days: number) => void
}

function Days({ label, value, testId, change }: DaysProps) {
  return (
    <NumberInput
      label={label}
      value={value}
      min={0}
      max={3650}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      data-testid={testId}
      onChange={(days) => change(days === '' ? 0 : Number(days))}
      w={220}
    />
  )
}
