import { createHash, randomBytes } from 'node:crypto'
import type { Handlers } from '../../contract/call.ts'
import type { ADMINISTRATION_CALLS } from '../../contract/engine/administration.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { enrolmentCode, plainCode } from '../../contract/enrolmentCode.ts'
import { COMMAND_RESULTS, type CommandKind, type CommandResult } from '../../contract/registry.ts'
import { may } from '../../domain/officer.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { cursorOf } from '../db/mirror.ts'
import { registrySettingsOf } from '../db/registrySettings.ts'
import type { NewCommand } from '../sync/desk.ts'
import type { DeskCore } from '../sync/deskCore.ts'

type AdministrationCalls = Pick<Handlers<EngineContract>, keyof typeof ADMINISTRATION_CALLS>

/** Settings of the registry, its desks and officers; enrolment of this desk. */
export const administrationCalls = (desk: DeskCore): AdministrationCalls => ({
  'registry-settings': () => ({
    ...registrySettingsOf(desk.home.cache.read),
    hours: cursorOf(desk.home.cache.read).offlineHours,
  }),
  'set-registry-settings': async (change) => {
    const done = await ordered(desk, { kind: 'set-settings', subject: Object.keys(change).join(' '), body: change })
    return { settings: done ?? registrySettingsOf(desk.home.cache.read), pending: done === null }
  },
  desks: async () => {
    const own = desk.identity.desk
    return (await desk.link.required().desks()).map((d) => ({ ...d, own: d.id === own }))
  },
  'allow-desk': async ({ name, hours }) => {
    const code = enrolmentCode(randomBytes(20))
    const hash = createHash('sha256')
      .update(plainCode(code) ?? '')
      .digest('hex')
    const done = await ordered(desk, { kind: 'allow-desk', subject: name, body: { code: hash, name, hours } })
    return { code, name, until: done?.until ?? null, pending: done === null }
  },
  'revoke-desk': async ({ desk: id, reason }) => {
    const done = await ordered(desk, { kind: 'revoke-desk', subject: id, body: { desk: id, reason } })
    return { desk: id, revokedAt: done?.revokedAt ?? null, pending: done === null }
  },
  'set-officer': async (officer) => {
    const done = await ordered(desk, { kind: 'set-officer', subject: officer.id, body: officer })
    return { officer, pending: done === null }
  },
  'enrol-desk': async ({ code }) => {
    const plain = plainCode(code)
    if (plain === null) throw trouble('enrolment-code-wrong', { desk: desk.identity.desk })
    await desk.link.enrol(plain)
    await desk.sync()
    return { desk: desk.identity.desk }
  },
})

/** Gives a command of an admin; null when it waits for the registry. */
async function ordered<K extends CommandKind>(
  desk: DeskCore,
  command: Extract<NewCommand, { kind: K }>,
): Promise<CommandResult<K> | null> {
  const role = may(desk.session.officer(), 'administer')
  if (!role.ok) throw new ProblemError(role.problem)
  const id = desk.home.desk.write((tx) => desk.commands.enqueue(tx, command))
  const settled = await desk.commands.settle(id)
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  return settled.state === 'done' ? (COMMAND_RESULTS[command.kind].parse(settled.result) as CommandResult<K>) : null
}
