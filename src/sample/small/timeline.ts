import type { Appeal, TimelineEntry } from '../../domain/appeal.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { addWorkingDays, isWorkingDay, KZ_CALENDAR } from '../../domain/calendar.ts'
import { DEFAULT_POLICY } from '../../domain/defaultPolicy.ts'
import type { PlannedAppeal } from './plan.ts'
import type { SmallWorld } from './smallWorld.ts'

const POLICY = DEFAULT_POLICY.appeal

/** A refusal needs time for its hearing; one that is only preliminary waits for it still. */
const REVIEWED_DAYS_AGO: Partial<Record<PlannedAppeal['state'], (received: number) => number>> = {
  rejected: (received) => received - 2,
  preliminary: () => 2,
}

/** What has happened to the appeal so far: time line, version, term, hearing. */
export function lifeOf(
  world: SmallWorld,
  planned: PlannedAppeal,
  minute: number,
): Pick<Appeal, 'state' | 'version' | 'receivedAt' | 'dueAt' | 'hearingAt' | 'lease' | 'proposal' | 'timeline'> {
  const receivedAt = world.at(planned.ago, minute)
  const timeline: TimelineEntry[] = [{ at: receivedAt, what: 'received' }]
  let hearingAt: string | null = null
  const step = (daysAgo: number, minutes: number, entry: Omit<TimelineEntry, 'at'>): void => {
    timeline.push({ at: world.at(Math.min(daysAgo, planned.ago), minutes), ...entry })
  }
  const { reasons } = planned
  const note = NOTE[planned.state] ?? ''
  const reviewed = workingDay(world, Math.max(1, REVIEWED_DAYS_AGO[planned.state]?.(planned.ago) ?? planned.ago - 8))
  if (planned.state === 'withdrawn') step(reviewed, 300, { what: 'withdrawn', note })
  else if (planned.state !== 'received') {
    step(reviewed, 300, { what: 'claimed', officer: 'reviewer2' })
    if (planned.state === 'rejected' || planned.state === 'preliminary') {
      step(reviewed, 310, { what: 'preliminary', officer: 'reviewer2', reasons, note })
      hearingAt = addWorkingDays(world.daysAgo(reviewed), POLICY.hearingNoticeWorkingDays, KZ_CALENDAR)
    } else step(reviewed, 310, { what: planned.state as 'approved', officer: 'reviewer2', reasons, note })
    if (planned.state === 'rejected' && hearingAt !== null)
      timeline.push({ at: `${hearingAt}T05:10:00Z`, what: 'rejected', officer: 'reviewer2', reasons, note })
  }
  return {
    state: planned.state,
    version: timeline.length,
    receivedAt,
    dueAt: addWorkingDays(businessDate(receivedAt), POLICY.workingDays, KZ_CALENDAR),
    hearingAt,
    lease: null,
    proposal: null,
    timeline,
  }
}

/** That many days ago or, when it was a day off, the working day before. */
function workingDay(world: SmallWorld, daysAgo: number): number {
  let days = daysAgo
  while (!isWorkingDay(world.daysAgo(days), KZ_CALENDAR)) days++
  return days
}

const NOTE: Partial<Record<PlannedAppeal['state'], string>> = {
  approved: 'Документы подтверждают законный ввоз. / Құжаттар заңды әкелуді растайды.',
  rejected: 'Представленные сведения не подтверждаются. / Ұсынылған мәліметтер расталмады.',
  asked: 'Просим дополнить документы. / Құжаттарды толықтыруыңызды сұраймыз.',
  preliminary: 'Предварительное решение, приглашаем на слушание. / Алдын ала шешім, тыңдауға шақырамыз.',
  referred: 'Передано органу, внёсшему код в список. / Кодты тізімге енгізген органға берілді.',
  withdrawn: 'Отозвано заявителем. / Өтініш иесі қайтарып алды.',
}
