import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { addDays, businessDate } from '../../domain/businessDate.ts'
import { useOfficerName } from '../app/officerNames.ts'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Screen } from '../ui/Screen.tsx'
import { Tiles } from '../ui/Tiles.tsx'
import { EvidenceClusters } from './EvidenceClusters.tsx'

type Found = Output<EngineContract['supervision']>
const AGES = ['overdue', 'soon', 'week', 'later'] as const
const COUNTS = [
  'held',
  'approved',
  'refused',
  'asked',
  'referred',
  'returned',
  'signed',
  'sentBack',
  'reversed',
  'atOddHours',
] as const
/** Days a supervisor looks back unless he chooses others. */
const DAYS = 30

/** As the field itself shows it: what is said of it must hold what is seen. */
const shownPeriod = (period: readonly (string | null)[]): string =>
  period.map((day) => day?.split('-').reverse().join('.') ?? '').join(' – ')

/** Who does how much, how often officers agree, what was reversed, and what asks for a look. */
export function SupervisionScreen() {
  const { t } = useTranslation('appeals')
  const navigate = useNavigate()
  const today = businessDate(new Date().toISOString())
  const [period, setPeriod] = useState<[string | null, string | null]>([addDays(today, -DAYS), today])
  const [from, to] = period
  const found = useReading('supervision', from !== null && to !== null ? { from, to } : null)
  return (
    <Screen
      facts
      title={t('supervision.title')}
      actions={
        <Group gap="sm">
          <DatePickerInput
            type="range"
            size="xs"
            aria-label={`${t('supervision.period')} ${shownPeriod(period)}`}
            valueFormat="DD.MM.YYYY"
            value={period}
            onChange={setPeriod}
          />
          <Button variant="default" onClick={() => void navigate({ to: '/appeals' })}>
            {t('queue.title')}
          </Button>
        </Group>
      }
    >
      <Loaded query={found}>
        {(shown) => (
          <Stack gap="lg" maw={1320}>
            <Ages ages={shown.ages} />
            <Officers officers={shown.officers} />
            <Patterns patterns={shown.patterns} />
            <EvidenceClusters />
            <Sample appeals={shown.sample} />
          </Stack>
        )}
      </Loaded>
    </Screen>
  )
}

function Ages({ ages }: { readonly ages: Found['ages'] }) {
  const { t } = useTranslation('appeals')
  const { number } = useFormat()
  return (
    <Tiles
      label={t('supervision.ages')}
      tiles={AGES.map((name) => ({
        name,
        label: t(`supervision.age.${name}`),
        value: number(ages[name]),
        alarming: name === 'overdue' && ages.overdue > 0,
      }))}
    />
  )
}

function Officers({ officers }: { readonly officers: Found['officers'] }) {
  const { t } = useTranslation('appeals')
  const { number, share } = useFormat()
  const nameOf = useOfficerName()
  const agreement = (signed: number, sentBack: number): string =>
    signed + sentBack === 0 ? t('common:nothing') : share(signed / (signed + sentBack))
  return (
    <Panel title={t('supervision.officers')} flush>
      {officers.length === 0 ? (
        <EmptyState sentence={t('supervision.no-work')} />
      ) : (
        <Table.ScrollContainer minWidth={980}>
          <Table aria-label={t('supervision.officers')} highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('act.to')}</Table.Th>
                {COUNTS.map((name) => (
                  <Table.Th key={name} ta="right">
                    {t(`supervision.count.${name}`)}
                  </Table.Th>
                ))}
                <Table.Th ta="right">{t('supervision.agreement')}</Table.Th>
                <Table.Th ta="right">{t('supervision.minutes')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {officers.map((work) => (
                <Table.Tr key={work.officer}>
                  <Table.Td>{nameOf(work.officer)}</Table.Td>
                  {COUNTS.map((name) => (
                    <Table.Td key={name} ta="right">
                      {number(work[name])}
                    </Table.Td>
                  ))}
                  <Table.Td ta="right">{agreement(work.signed, work.sentBack)}</Table.Td>
                  <Table.Td ta="right">{work.minutes === null ? t('common:nothing') : number(work.minutes)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  )
}

function Patterns({ patterns }: { readonly patterns: Found['patterns'] }) {
  const { t } = useTranslation('appeals')
  const nameOf = useOfficerName()
  return (
    <Panel title={t('supervision.patterns')}>
      {patterns.length === 0 && <Text size="sm">{t('supervision.no-patterns')}</Text>}
      <Stack gap={4} component="ul" m={0} pl="md">
        {patterns.map((p) => (
          <li key={`${p.pattern} ${p.who} ${p.with}`}>
            {t(`supervision.pattern.${p.pattern}`, { who: nameOf(p.who), seller: p.with ?? p.who, count: p.count })}
          </li>
        ))}
      </Stack>
    </Panel>
  )
}

function Sample({ appeals }: { readonly appeals: Found['sample'] }) {
  const { t } = useTranslation('appeals')
  return (
    <Panel title={t('supervision.sample')}>
      <Text size="sm" mb="xs">
        {t(appeals.length === 0 ? 'supervision.no-sample' : 'supervision.sample-hint')}
      </Text>
      <Group gap="sm">
        {appeals.map((id) => (
          <Link key={id} to="/appeals/$id" params={{ id }}>
            {id}
          </Link>
        ))}
      </Group>
    </Panel>
  )
}
