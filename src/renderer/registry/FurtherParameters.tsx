import { Collapse, Group, NumberInput, Select, SimpleGrid, Stack, Switch, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { WARNING_RULES } from '../../domain/notice.ts'
import type { PolicyParameter } from '../../domain/policyChange.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { DateField } from '../ui/DateField.tsx'
import { CalendarSettings } from './CalendarSettings.tsx'

/** Parameters that belong together, in the order in which the form offers them. */
const GROUPS = [
  ['checks', ['dateToleranceDays', 'guards.badRowsShare', 'guards.fullListShare', 'appeal.rules.nameDistance']],
  [
    'runs',
    [
      'blockRun.cap',
      'blockRun.holdsPerDevice',
      'blockRun.warning',
      'blockRun.amnestyUntil',
      'daysToBlock',
      'notices.reminderDays',
      'clones.subscribersADay',
      'clones.distantKm',
    ],
  ],
  [
    'appeals',
    [
      'appeal.workingDays',
      'appeal.hearingNoticeWorkingDays',
      'appeal.rules.prolongMonths',
      'appeal.rules.noticeWorkingDays',
      'appeal.rules.passOnWorkingDays',
      'appeal.rules.complaintMonths',
      'appeal.rules.complaintWorkingDays',
      'appeal.leaseMinutes',
      'appeal.claimById',
      'appeal.rules.devicesPerTracking',
    ],
  ],
  [
    'hands',
    [
      'secondSignatureOffGrey',
      'appeal.rules.secondFromTenge',
      'appeal.rules.secondShare',
      'appeal.rules.secondOnReuse',
      'appeal.rules.bulkCap',
    ],
  ],
  ['other', ['feeTenge', 'offlineHours', 'sightingDays']],
] as const

interface Props {
  /** Parameters with the values tried. */
  readonly parameters: readonly PolicyParameter[]
  /** What was changed so far, by key; the calendar has no single value to begin with. */
  readonly settings: Readonly<Record<string, string>>
  readonly change: (key: string, value: string) => void
}

/** Every other parameter of the policy: no listing rests on them, so they are proposed rather than tried. */
export function FurtherParameters({ parameters, settings, change }: Props) {
  const { t } = useTranslation('registry')
  const [open, setOpen] = useState(false)
  const byKey = new Map(parameters.map((parameter) => [parameter.key, parameter]))
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <div>
      <UnstyledButton aria-expanded={open} onClick={() => setOpen(!open)} data-testid="further-parameters">
        <Group gap={4}>
          <Chevron size={16} aria-hidden />
          <Text size="sm" fw={600}>
            {t('policy.further')}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={open} keepMounted={false}>
        <Stack gap="lg" mt="sm">
          <Text size="sm" c="dimmed">
            {t('policy.further-means')}
          </Text>
          {GROUPS.map(([group, keys]) => (
            <fieldset key={group} style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
              <Text component="legend" size="sm" fw={600} mb={6}>
                {t(`policy.group.${group}`)}
              </Text>
              <SimpleGrid cols={3} spacing="md" verticalSpacing="sm" style={{ alignItems: 'end' }}>
                {keys.map((key) => {
                  const parameter = byKey.get(key)
                  return parameter && <Field key={key} parameter={parameter} change={(value) => change(key, value)} />
                })}
              </SimpleGrid>
            </fieldset>
          ))}
          <CalendarSettings settings={settings} change={change} />
        </Stack>
      </Collapse>
    </div>
  )
}

interface FieldProps {
  readonly parameter: PolicyParameter
  readonly change: (value: string) => void
}

function Field({ parameter: { key, kind, value }, change }: FieldProps) {
  const { t } = useTranslation('registry')
  const { share } = useFormat()
  const label = t(`parameter.${key}`)
  const common = { label, 'data-parameter': key }
  if (kind === 'switch')
    return (
      <Switch
        {...common}
        checked={value === 'true'}
        onChange={(event) => change(String(event.currentTarget.checked))}
        pb={8}
      />
    )
  if (kind === 'date')
    return (
      <DateField
        {...common}
        clearable
        clearButtonProps={{ 'aria-label': t('any') }}
        placeholder={t('policy.none')}
        value={value === '' ? null : value}
        onChange={(day) => change(day ?? '')}
      />
    )
  if (kind === 'warning')
    return (
      <Select
        {...common}
        data={WARNING_RULES.map((rule) => ({ value: rule, label: t(`policy.warning.${rule}`) }))}
        value={value}
        allowDeselect={false}
        onChange={(rule) => rule && change(rule)}
      />
    )
  const isShare = kind === 'share'
  return (
    <NumberInput
      {...common}
      value={Number(value)}
      min={0}
      max={isShare ? 1 : 999_999_999}
      step={isShare ? 0.01 : 1}
      decimalScale={isShare ? 4 : 0}
      decimalSeparator=","
      allowNegative={false}
      hideControls
      {...(isShare && { rightSection: <Text size="xs">{share(Number(value))}</Text>, rightSectionWidth: 56 })}
      onChange={(number) => change(String(number === '' ? 0 : number))}
    />
  )
}
