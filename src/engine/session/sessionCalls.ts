import type { Handlers } from '../../contract/call.ts'
import type { SESSION_CALLS } from '../../contract/engine/session.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { ProblemError } from '../../domain/problem.ts'
import { cursorOf } from '../db/mirror.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { commandsShown, dismissRefused, outboxCounts } from '../sync/outbox.ts'
import { toSign } from '../sync/toSign.ts'
import { officersOf, signIn } from './officers.ts'
import { changeSettings, settingsOf } from './settings.ts'
import { sign } from './sign.ts'
import { auditPage, verify } from './verify.ts'

type SessionCalls = Pick<Handlers<EngineContract>, keyof typeof SESSION_CALLS | 'sign'>

/** Status, officers, settings, outbox, jobs, verification, second signatures. */
export const sessionCalls = (desk: DeskCore): SessionCalls => ({
  status: async () => {
    await probe(desk)
    return desk.status()
  },
  officers: () => officersOf(desk),
  'sign-in': ({ officer }) => signIn(desk, officer),
  'sign-out': () => {
    desk.signIn(null)
    return {}
  },
  sync: () => sync(desk),
  'to-sign': () => {
    const officer = desk.session.officerOrNull()
    return officer ? toSign(desk, officer) : []
  },
  outbox: () =>
    commandsShown(desk.home.desk.read).map((row) => ({
      id: row.id,
      kind: row.kind,
      subject: row.subject,
      officer: row.officer,
      at: row.at,
      state: row.state,
      problem: row.problem === null ? null : JSON.parse(row.problem),
    })),
  'dismiss-refused': ({ id }) => {
    desk.home.desk.write((tx) => dismissRefused(tx, id))
    desk.changed('outbox', 'status')
    return {}
  },
  settings: () => settingsOf(desk.home.desk.read),
  'change-settings': (changes) => {
    const settings = changeSettings(desk.home.desk, changes)
    desk.changed('settings')
    return settings
  },
  jobs: () => desk.jobs.list(),
  'cancel-job': ({ id }) => {
    desk.jobs.cancel(id)
    return {}
  },
  'pause-job': ({ id }) => {
    desk.jobs.pause(id)
    return {}
  },
  'resume-job': ({ id }) => {
    desk.jobs.resume(id)
    return {}
  },
  verify: () => verify(desk),
  audit: ({ before, limit }) => auditPage(desk, before, limit),
  sign: (input) => sign(desk, input),
})

/** A desk that does not follow by itself looks once whether its registry answers, so that "online" is true when it is said. */
async function probe(desk: DeskCore): Promise<void> {
  if (desk.live || desk.link.state !== 'connecting') return
  try {
    await desk.link.connect()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
  }
}

/** Unreachable is an answer (`online` false); a registry that refuses this desk or a feed that stopped is a problem. */
async function sync(desk: DeskCore) {
  let result = { pushed: 0, pulled: 0 }
  try {
    result = await desk.sync()
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'registry-unreachable') throw error
  }
  const { seq } = cursorOf(desk.home.cache.read)
  return { ...result, seq, ...outboxCounts(desk.home.desk.read), online: desk.link.state === 'online' }
}
