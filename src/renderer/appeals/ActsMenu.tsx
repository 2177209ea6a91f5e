import { Button, Menu } from '@mantine/core'
import {
  IconArrowBackUp,
  IconCalendarPlus,
  IconChevronDown,
  IconGavel,
  IconMailForward,
  IconUserShare,
  IconUsersGroup,
  IconX,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { isOpen } from '../../domain/appeal.ts'
import { may, type Officer } from '../../domain/officer.ts'
import type { ReviewMode } from './reviewMode.ts'

/** What can be done with an appeal beside deciding it; each asks for its words in `ActDialog`. */
export const APPEAL_ACTS = [
  'prolong',
  'hand-over',
  'assign',
  'withdraw',
  'revoke',
  'revoke-approval',
  'complain',
  'letter',
] as const
export type AppealAct = (typeof APPEAL_ACTS)[number]

const ICONS = {
  prolong: IconCalendarPlus,
  'hand-over': IconUserShare,
  assign: IconUsersGroup,
  withdraw: IconX,
  revoke: IconArrowBackUp,
  'revoke-approval': IconArrowBackUp,
  complain: IconGavel,
  letter: IconMailForward,
}

/** The acts that are possible now, for this officer. */
export function possibleActs(appeal: AppealWhole, officer: Officer, mode: ReviewMode): readonly AppealAct[] {
  const decides = may(officer, 'decide').ok
  const last = appeal.timeline.findLast((e) => DECIDED.includes(e.what))
  const can: Readonly<Record<AppealAct, boolean>> = {
    prolong: mode === 'decide' && appeal.lease !== null && appeal.dueAt < appeal.terms.longest,
    'hand-over': mode === 'decide' && appeal.lease !== null,
    assign: may(officer, 'supervise').ok && isOpen(appeal.state) && appeal.state !== 'awaiting-signature',
    withdraw: decides && isOpen(appeal.state),
    revoke: decides && REVOCABLE.includes(appeal.state) && last?.officer === officer.id,
    'revoke-approval': appeal.state === 'approved' && !appeal.revocation && (decides || may(officer, 'sign').ok),
    complain: decides && (appeal.state === 'rejected' || appeal.state === 'referred') && !appeal.complaint,
    letter: appeal.timeline.some((e) => e.letter !== undefined),
  }
  return APPEAL_ACTS.filter((act) => can[act])
}
const DECIDED: readonly string[] = ['asked', 'preliminary', 'rejected', 'referred', 'approved']
const REVOCABLE: readonly string[] = ['asked', 'preliminary', 'rejected', 'referred']

interface Props {
  readonly acts: readonly AppealAct[]
  readonly choose: (act: AppealAct) => void
}

export function ActsMenu({ acts, choose }: Props) {
  const { t } = useTranslation('appeals')
  if (acts.length === 0) return null
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" size="xs" rightSection={<IconChevronDown size={15} aria-hidden />} data-testid="acts">
          {t('act.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map((act) => {
          const Icon = ICONS[act]
          return (
            <Menu.Item key={act} leftSection={<Icon size={15} aria-hidden />} onClick={() => choose(act)}>
              {t(`act.${act}.title`)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
