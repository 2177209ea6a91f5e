import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PolicyProposal } from '../../contract/engine/policyActs.ts'
import { POLICY_ACTS } from '../../domain/policyProposal.ts'
import { mayDrop, nextSignatures } from '../../domain/twoSignatures.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useOfficerName } from '../app/officerNames.ts'
import { useActing, useReading } from '../app/queries.ts'
import { useOfficer } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { PolicyDifference } from './PolicyDifference.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import type { Policy } from './SimulatePolicy.tsx'

/** Versions on their way: what each changes, who signed, and what the officer may do about it. */
export function PolicyProposals({ inForce }: { readonly inForce: Policy }) {
  const { t } = useTranslation('registry')
  const proposals = useReading('policy-proposals', {})
  return (
    <Loaded query={proposals} lines={1}>
      {(found) => {
        const waiting = found.filter(({ state }) => state !== 'in-force')
        return waiting.length === 0 ? null : (
          <Panel title={t('policy.proposals')}>
            <Stack gap="lg">
              {waiting.map((proposal) => (
                <Proposal key={proposal.proposal} proposal={proposal} inForce={inForce} />
              ))}
            </Stack>
          </Panel>
        )
      }}
    </Loaded>
  )
}

function Proposal({ proposal, inForce }: { readonly proposal: PolicyProposal; readonly inForce: Policy }) {
  const { t } = useTranslation(['registry', 'term', 'common'])
  const { number, shortDate, instant } = useFormat()
  const officerName = useOfficerName()
  const officer = useOfficer()
  const sign = useActing('sign-policy')
  const [declining, setDeclining] = useState(false)
  const waiting = { ...proposal, id: proposal.proposal, waits: proposal.state === 'awaiting-signature' }
  const isOwn = officer?.id === proposal.by
  const end = t(isOwn ? 'run.withdraw' : 'run.decline')
  const answer = (agrees: boolean, note = ''): void =>
    sign.mutate(
      { proposal: proposal.proposal, agrees, note },
      {
        onSuccess: ({ state }) => {
          setDeclining(false)
          notifyDone(t('policy.now', { state: t(`term:policyState.${state}`) }))
        },
        onError: notifyProblem,
      },
    )
  return (
    <Stack gap={6} data-proposal={proposal.state}>
      <Text fw={600}>
        {t('policy.proposal', { version: number(proposal.version), date: shortDate(proposal.validFrom) })}
        {` · ${t(`term:policyState.${proposal.state}`)}`}
      </Text>
      <Text size="sm">
        {t('policy.proposed-by', { by: officerName(proposal.by), at: instant(proposal.at) })}{' '}
        {t('policy.signatures', { names: proposal.signatures.map(officerName).join(', ') || t('common:nothing') })}
      </Text>
      {proposal.note && <Text size="sm">{proposal.note}</Text>}
      <PolicyDifference earlier={inForce} later={proposal.policy} />
      <Text size="xs" c="dimmed" className="tamga-imei">
        {proposal.sha256}
      </Text>
      {officer && waiting.waits && (
        <Group>
          {nextSignatures(waiting, officer, POLICY_ACTS).ok && (
            <Button onClick={() => answer(true)} loading={sign.isPending} data-testid="policy-sign">
              {t('run.sign')}
            </Button>
          )}
          {mayDrop(waiting, officer, POLICY_ACTS).ok && (
            <Button variant="default" onClick={() => setDeclining(true)} disabled={sign.isPending}>
              {end}
            </Button>
          )}
        </Group>
      )}
      {declining && (
        <ReasonDialog
          title={end}
          busy={sign.isPending}
          close={() => setDeclining(false)}
          send={(note) => answer(false, note)}
        />
      )}
    </Stack>
  )
}
