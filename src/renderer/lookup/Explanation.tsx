import { Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { isOverdue } from '../../domain/listing.ts'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useNow } from '../i18n/useNow.ts'
import { DateField } from '../ui/DateField.tsx'
import { ListBadge } from '../ui/ListBadge.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import classes from './Explanation.module.css'
import { FactTable } from './FactTable.tsx'
import { LifeLine } from './LifeLine.tsx'
import { PrintDossier } from './PrintDossier.tsx'
import { RuleSteps } from './RuleSteps.tsx'

export type Explained = Output<EngineContract['dossier']>['explained']

interface Props {
  readonly imei: string
  readonly at: string | undefined
  readonly setAt: (day: string | null) => void
}

/** Why this IMEI is on its list, now or as of a day. */
export function Explanation({ imei, at, setAt }: Props) {
  const { t } = useTranslation('lookup')
  const dossier = useReading('dossier', at ? { imei, at } : { imei })
  const today = businessDate(new Date(useNow(300)).toISOString())
  return (
    <Loaded query={dossier} lines={8}>
      {({ explained: found, life }) => (
        <Stack gap="lg" maw={1180} data-testid="explanation">
          <Verdict
            found={found}
            asOf={
              <Group align="end" gap="sm" wrap="nowrap">
                <DateField
                  label={t('as-of')}
                  placeholder={t('now')}
                  clearable
                  clearButtonProps={{ 'aria-label': t('now') }}
                  maxDate={today}
                  value={at ?? null}
                  onChange={setAt}
                  w={170}
                />
                <PrintDossier imei={found.imei} at={at} />
              </Group>
            }
          />
          <SimpleGrid cols={2} spacing="lg">
            <Panel title={t('why', { policy: found.policy })} flush>
              <RuleSteps rules={found.rules} />
            </Panel>
            <Stack gap="lg">
              <Device found={found} />
              <Appeals found={found} />
            </Stack>
          </SimpleGrid>
          <FactTable facts={found.facts} />
          <LifeLine life={life} />
        </Stack>
      )}
    </Loaded>
  )
}

function Verdict({ found, asOf }: { readonly found: Explained; readonly asOf: ReactNode }) {
  const { t } = useTranslation(['lookup', 'term'])
  const { date } = useFormat()
  return (
    <Group className={classes.verdict} justify="space-between" align="center" wrap="nowrap">
      <div>
        <Group gap="md">
          <Text fz={24} fw={650} className="tamga-imei" data-testid="imei">
            {found.imei}
          </Text>
          <ListBadge list={found.list} />
        </Group>
        <Text mt={4}>
          {found.reason ? (
            <strong className={classes.reason}>{t(`term:reason.${found.reason}`)}</strong>
          ) : (
            t('on-no-list')
          )}
          {found.since && ` · ${t('since', { date: date(found.since) })}`}
          {found.deadline && ` · ${t('deadline', { date: date(found.deadline) })}`}
          {isOverdue(found, found.at) && ` · ${t('overdue')}`}
        </Text>
      </div>
      {asOf}
    </Group>
  )
}

function Device({ found }: { readonly found: Explained }) {
  const { t } = useTranslation('lookup')
  return (
    <Panel title={t('device')}>
      <dl className={classes.pairs}>
        <dt>{t('model')}</dt>
        <dd>{[found.device?.brand, found.device?.model].filter(Boolean).join(' ') || t('unknown-tac')}</dd>
        <dt>{t('tac')}</dt>
        <dd className="tamga-imei">{found.device?.tac ?? found.imei14.slice(0, 8)}</dd>
        <dt>{t('siblings')}</dt>
        <dd>
          {found.siblings.length === 0
            ? t('no-siblings')
            : found.siblings.map(({ imei14, list }) => (
                <Group key={imei14} gap="sm">
                  <Link to="/lookup" search={{ imei: imei14 }} className="tamga-imei">
                    {imei14}
                  </Link>
                  <ListBadge list={list} />
                </Group>
              ))}
        </dd>
      </dl>
    </Panel>
  )
}

function Appeals({ found }: { readonly found: Explained }) {
  const { t } = useTranslation(['lookup', 'term'])
  return (
    <Panel title={t('appeals')}>
      {found.appeals.length === 0 && <Text c="dimmed">{t('no-appeals')}</Text>}
      {found.appeals.map(({ id, state }) => (
        <Group key={id} gap="sm">
          <Link to="/appeals/$id" params={{ id }}>
            {id}
          </Link>
          <Text c="dimmed">{t(`term:appealState.${state}`)}</Text>
        </Group>
      ))}
    </Panel>
  )
}
