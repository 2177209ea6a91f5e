import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { administer } from '../../src/registry/administer.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { SyncDesk, until } from './syncDesk.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  await registry.query('UPDATE counter SET sample = false')
})
afterAll(() => registry.stop())

/** What whoever runs the registry's machine types. */
async function atTheMachine<T>(work: (a: Awaited<ReturnType<typeof administer>>) => Promise<T>): Promise<T> {
  const admin = await administer({ data: registry.data, database: registry.database })
  try {
    return await work(admin)
  } finally {
    await admin.close()
  }
}

async function enrolledDesk(as: string): Promise<SyncDesk> {
  const { code } = await atTheMachine((a) => a.allowDesk('Almaty 1', 1))
  const desk = await SyncDesk.open({ registry: registry.url })
  await desk.call('enrol-desk', { code: code.toLowerCase().replaceAll('-', ' ') })
  await desk.call('sign-in', { officer: as })
  return desk
}

describe('a registry without sample data', () => {
  test('lets a desk in with the code of an admin, once', async () => {
    const stranger = await SyncDesk.open({ registry: registry.url })
    expect(await stranger.problemOf('sync', {})).toBe('enrolment-needed')
    expect(await stranger.call('status', {})).toMatchObject({ link: 'refused', problem: { code: 'enrolment-needed' } })
    expect(await stranger.problemOf('enrol-desk', { code: 'AAAAA-AAAAA-AAAAA-AAAAA' })).toBe('enrolment-code-wrong')
    expect(await stranger.problemOf('enrol-desk', { code: 'short' })).toBe('enrolment-code-wrong')

    const admin = await enrolledDesk('admin')
    const made = await admin.call('allow-desk', { name: 'Astana 7', hours: 2 })
    expect(made).toMatchObject({ name: 'Astana 7', pending: false })
    await stranger.call('enrol-desk', { code: made.code })
    expect(await stranger.call('status', {})).toMatchObject({ link: 'online', problem: null })
    expect((await admin.call('desks', {})).map((d) => d.name)).toContain('Astana 7')
    const late = await SyncDesk.open({ registry: registry.url })
    expect(await late.problemOf('enrol-desk', { code: made.code })).toBe('enrolment-code-wrong')
    // nobody reads a code from the database
    const stored = JSON.stringify(await registry.query('SELECT * FROM enrolment'))
    expect(stored).not.toContain(made.code.replaceAll('-', ''))
  })

  test('ends a desk by command: again the same answer, audited, and the desk sees it', async () => {
    const admin = await enrolledDesk('admin')
    const lost = await enrolledDesk('reviewer')
    const { desk } = await lost.call('status', {})
    const first = await admin.call('revoke-desk', { desk, reason: 'stolen laptop' })
    expect(await admin.call('revoke-desk', { desk, reason: 'again' })).toMatchObject({ revokedAt: first.revokedAt })
    expect(await lost.problemOf('sync', {})).toBe('desk-revoked')
    expect(await lost.call('status', {})).toMatchObject({ link: 'refused', problem: { code: 'desk-revoked' } })
    const acts = await registry.query<{ act: string }>("SELECT act FROM audit WHERE act = 'revoke-desk'")
    expect(acts).toHaveLength(2)
    expect(await admin.problemOf('revoke-desk', { desk: crypto.randomUUID(), reason: 'x' })).toBe('desk-missing')
  })

  test('takes these orders of an admin only', async () => {
    const reviewer = await enrolledDesk('reviewer')
    expect(await reviewer.problemOf('allow-desk', { name: 'mine', hours: 1 })).toBe('role-forbids')
    expect(await reviewer.problemOf('set-registry-settings', { feedDays: 1 })).toBe('role-forbids')
    expect(await reviewer.problemOf('set-officer', { id: 'x', name: 'X', role: 'admin' })).toBe('role-forbids')
    const admin = await enrolledDesk('admin')
    expect(await admin.problemOf('set-officer', { id: 'admin', name: 'A', role: 'reviewer' })).toBe('own-act')
    await admin.call('set-officer', { id: 'newcomer', name: 'New Officer SAMPLE', role: 'auditor' })
    await reviewer.call('sign-in', { officer: 'newcomer' })
    expect((await reviewer.call('status', {})).officer).toMatchObject({ role: 'auditor' })
  })

  test('hands its settings to every desk', async () => {
    const admin = await enrolledDesk('admin')
    const other = await enrolledDesk('auditor')
    await admin.call('set-registry-settings', { offlineHours: 5, evidenceCacheMb: 321 })
    await other.call('sync', {})
    expect(await other.call('registry-settings', {})).toMatchObject({
      offlineHours: 5,
      hours: 5,
      evidenceCacheMb: 321,
      feedDays: 90,
    })
    await admin.call('set-registry-settings', { offlineHours: null })
    await until(async () => {
      await other.call('sync', {})
      return (await other.call('registry-settings', {})).hours === 72
    })
  })

  test('that another one took the place of at the same address gets nothing from this desk', async () => {
    const desk = await enrolledDesk('importer')
    await desk.stop()
    const other = await testRegistry()
    const lost = await SyncDesk.open({ registry: other.url, home: desk.home })
    expect(await lost.problemOf('sync', {})).toBe('registry-other')
    expect(await lost.call('status', {})).toMatchObject({ link: 'refused', problem: { code: 'registry-other' } })
    expect(await other.query('SELECT * FROM desk')).toEqual([])
    await lost.stop()
    await other.stop()
    const back = await SyncDesk.open({ registry: registry.url, home: desk.home })
    expect(await back.call('sync', {})).toMatchObject({ online: true })
  })
})
