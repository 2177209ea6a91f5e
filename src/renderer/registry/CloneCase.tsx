import { Button, Group, Radio, Stack, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { CLONE_ACTS, overlaps } from '../../domain/cloneCase.ts'
import { mayDrop, nextSignatures } from '../../domain/twoSignatures.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useOfficerName } from '../app/officerNames.ts'
import { useActing, useReading } from '../app/queries.ts'
import { useMay, useOfficer } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListBadge } from '../ui/ListBadge.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'

type Whole = Output<EngineContract['clone-case']>
type Rival = Whole['rivals'][number]

/** One suspected clone: the rivals side by side, the verdict, and its signatures. */
export function CloneCase({ name, back }: { readonly name: string; readonly back: () => void }) {
  const { t } = useTranslation('registry')
  const found = useReading('clone-case', { case: name })
  return (
    <Stack gap="lg">
      <Group>
        <Button variant="default" onClick={back}>
          {t('clone.cases')}
        </Button>
      </Group>
      <Loaded query={found} lines={6}>
        {(whole) => <Shown key={whole.case.state} whole={whole} />}
      </Loaded>
    </Stack>
  )
}

function Shown({ whole }: { readonly whole: Whole }) {
  const { t } = useTranslation(['registry', 'term', 'common'])
  const { number, instant } = useFormat()
  const officerName = useOfficerName()
  const { case: c, listing, rivals } = whole
  const [genuine, setGenuine] = useState<string | null>(c.holder?.imsi ?? null)
  return (
    <Stack gap="lg" data-clone-state={c.state}>
      <Panel
        title={t('clone.title', { no: number(c.no) })}
        actions={<Text fw={600}>{t(`clone.states.${c.state}`)}</Text>}
      >
        <Stack gap="xs">
          <Group gap="md">
            <Link to="/lookup" search={{ imei: c.imei14 }} className="tamga-imei">
              {c.imei14}
            </Link>
            <ListBadge list={listing.list} />
            <Text size="sm">{listing.reason && t(`term:reason.${listing.reason}`)}</Text>
          </Group>
          <Text size="sm">
            {c.grounds.map(({ kind, figure }) => t(`clone.ground.${kind}`, { figure: number(figure) })).join('; ')}
          </Text>
          <Text size="sm">
            {c.by === null
              ? t('clone.found', { at: instant(c.openedAt) })
              : t('clone.opened-by', { by: officerName(c.by), at: instant(c.openedAt) })}
          </Text>
          {c.signatures.length > 0 && (
            <Text size="sm">{t('policy.signatures', { names: c.signatures.map(officerName).join(', ') })}</Text>
          )}
          {c.note && <Text size="sm">{c.note}</Text>}
        </Stack>
      </Panel>
      <Rivals rivals={rivals} genuine={genuine} choose={c.state === 'open' ? setGenuine : null} />
      <CloneActs whole={whole} genuine={genuine} />
    </Stack>
  )
}

interface RivalsProps {
  readonly rivals: readonly Rival[]
  readonly genuine: string | null
  /** Null: the holder is chosen already. */
  readonly choose: ((imsi: string) => void) | null
}

/** Subscribers on the same code, each a column: since when, how many days, where, with what radio. */
function Rivals({ rivals, genuine, choose }: RivalsProps) {
  const { t } = useTranslation(['registry', 'term', 'common'])
  const { shortDate, number } = useFormat()
  if (rivals.length === 0)
    return (
      <Panel title={t('clone.rivals')}>
        <EmptyState sentence={t('clone.no-rivals')} />
      </Panel>
    )
  const rows: readonly (readonly [string, (rival: Rival) => string])[] = [
    ['operator', ({ operator }) => t(`term:source.${operator}`)],
    ['msisdn', ({ msisdn }) => msisdn || t('common:nothing')],
    ['first', ({ firstDay }) => shortDate(firstDay)],
    ['last', ({ lastDay }) => shortDate(lastDay)],
    ['days', ({ days }) => number(days)],
    ['overlaps', (rival) => number(rivals.filter((other) => other !== rival && overlaps(rival, other)).length)],
    ['regions', ({ regions }) => regions.join(', ') || t('common:nothing')],
    ['radio', ({ rats }) => rats.join(', ') || t('common:nothing')],
  ]
  return (
    <Panel title={t('clone.rivals')} flush>
      <Table aria-label={t('clone.rivals')} withColumnBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('clone.rival.imsi')}</Table.Th>
            {rivals.map((rival) => (
              <Table.Th key={rival.imsi} className="tamga-imei" data-rival={rival.imsi}>
                {rival.imsi}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([name, say]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{t(`clone.rival.${name}`)}</Table.Th>
              {rivals.map((rival) => (
                <Table.Td key={rival.imsi}>{say(rival)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th scope="row">{t('clone.rival.genuine')}</Table.Th>
            {rivals.map(({ imsi }) => (
              <Table.Td key={imsi}>
                <Radio
                  label={t('clone.is-genuine')}
                  checked={genuine === imsi}
                  disabled={choose === null}
                  onChange={() => choose?.(imsi)}
                  data-holder={imsi}
                />
              </Table.Td>
            ))}
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

/** What the officer may do about the case. */
function CloneActs({ whole, genuine }: { readonly whole: Whole; readonly genuine: string | null }) {
  const { t } = useTranslation('registry')
  const officer = useOfficer()
  const mayDecide = useMay('clone-propose')
  const decide = useActing('decide-clone-case')
  const sign = useActing('sign-clone-case')
  const [asking, setAsking] = useState<'clone' | 'dismissed' | 'resolved' | 'send-back' | null>(null)
  const { case: c } = whole
  if (!officer) return null
  const waiting = { id: c.case, waits: c.state === 'awaiting-signature', by: c.by ?? '', signatures: c.signatures }
  const done = ({ state }: { readonly state: string }): void => {
    setAsking(null)
    notifyDone(t('clone.now', { state: t(`clone.states.${state}`) }))
  }
  const answers = { onSuccess: done, onError: notifyProblem }
  const send = (note: string): void => {
    if (asking === 'send-back') sign.mutate({ case: c.case, agrees: false, note }, answers)
    else if (asking)
      decide.mutate({ case: c.case, verdict: asking, imsi: asking === 'clone' ? genuine : null, note }, answers)
  }
  return (
    <Group>
      {mayDecide && c.state === 'open' && (
        <>
          <Button onClick={() => setAsking('clone')} disabled={genuine === null} data-testid="clone-decide">
            {t('clone.verdict.clone')}
          </Button>
          <Button variant="default" onClick={() => setAsking('dismissed')}>
            {t('clone.verdict.dismissed')}
          </Button>
          {genuine === null && <Text size="sm">{t('clone.needs-holder')}</Text>}
        </>
      )}
      {mayDecide && c.state === 'clone' && (
        <Button variant="default" onClick={() => setAsking('resolved')}>
          {t('clone.verdict.resolved')}
        </Button>
      )}
      {nextSignatures(waiting, officer, CLONE_ACTS).ok && (
        <Button
          onClick={() => sign.mutate({ case: c.case, agrees: true, note: '' }, answers)}
          loading={sign.isPending}
          data-testid="clone-sign"
        >
          {t('run.sign')}
        </Button>
      )}
      {waiting.waits && mayDrop(waiting, officer, CLONE_ACTS).ok && (
        <Button variant="default" onClick={() => setAsking('send-back')}>
          {t('clone.send-back')}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={t(asking === 'send-back' ? 'clone.send-back' : `clone.verdict.${asking}`)}
          busy={decide.isPending || sign.isPending}
          close={() => setAsking(null)}
          send={send}
        />
      )}
    </Group>
  )
}
