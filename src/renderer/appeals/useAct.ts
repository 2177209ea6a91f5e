import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import type { AppealStep, ReasonCode } from '../../domain/appeal.ts'
import { notifyDone } from '../app/notify.tsx'
import { engine, queryClient, reading } from '../app/queries.ts'
import type { AppealAct } from './ActsMenu.tsx'

interface Said {
  readonly note: string
  readonly to: string | null
  readonly until: string | null
  readonly reasons: readonly ReasonCode[]
}

/** The step of the time line that an act becomes. */
const BECOMES: Readonly<Record<Exclude<AppealAct, 'letter'>, AppealStep>> = {
  prolong: 'prolonged',
  'hand-over': 'handed-over',
  assign: 'assigned',
  withdraw: 'withdrawn',
  revoke: 'revoked',
  'revoke-approval': 'revocation-proposed',
  complain: 'complained',
}

/** Carries out an act and closes its dialog; a refusal stays in it. */
export function useAct(appeal: AppealWhole, act: Exclude<AppealAct, 'letter'>, done: () => void) {
  const { t } = useTranslation(['appeals', 'term'])
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  async function start(said: Said): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      const { pending } = await perform(appeal.id, act, said)
      await queryClient.invalidateQueries({ queryKey: reading('appeal', { id: appeal.id }).queryKey })
      notifyDone(t(pending ? 'act.queued' : 'act.done', { appeal: appeal.id, act: t(`term:step.${BECOMES[act]}`) }))
      done()
    } catch (e) {
      setError(e)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, start: (said: Said) => void start(said) }
}

function perform(id: string, act: Exclude<AppealAct, 'letter'>, { note, to, until, reasons }: Said) {
  switch (act) {
    case 'prolong':
      return engine.call('prolong-appeal', { id, until: until ?? '', note })
    case 'hand-over':
      return engine.call('hand-over-appeal', { id, to: to ?? '', note })
    case 'assign':
      return engine.call('assign-appeal', { id, to, reason: note })
    case 'withdraw':
      return engine.call('withdraw-appeal', { id, note })
    case 'revoke':
      return engine.call('revoke-decision', { id, note })
    case 'revoke-approval':
      return engine.call('revoke-decision', { id, note, reasons: [...reasons] })
    case 'complain':
      return engine.call('complain-appeal', { id, text: note })
  }
}
