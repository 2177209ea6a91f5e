import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Staged } from '../../../src/contract/engine/batch.ts'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { KEY, until } from '../../sync/syncDesk.ts'
import { at, CUSTOMS_HEADER, customsRow, Importing, imei, wrongDigit } from './importing.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  registry.at(at())
})
afterAll(() => registry.stop())

const staging = (home: string): string[] => readdirSync(join(home, 'staging')).sort()

/** More rows than lie between two checkpoints, with repetitions and errors on both sides of each. */
function longFile(d: Importing, rows: number, kind: 'customs' | 'operator' = 'customs'): string {
  const lines =
    kind === 'customs'
      ? [
          CUSTOMS_HEADER.join(';'),
          ...Array.from({ length: rows }, (_, i) => {
            const change = i % 97 === 5 ? { 'IMEI 1': wrongDigit(i) } : i % 101 === 7 ? { БИН: '12' } : {}
            const serial = i % 53 === 9 ? Math.floor(i / 2) : i
            return customsRow(serial, { '№ ДТ': `50505/101026/${String(i % 9000).padStart(7, '0')}`, ...change }).join(
              ';',
            )
          }),
        ]
      : [
          'IMEI;Дата;IMSI',
          ...Array.from({ length: rows }, (_, i) => {
            const day = String((i % 20) + 1).padStart(2, '0')
            const twin = i % 61 === 8 ? i - 8 : i
            return `${imei(twin % 70_000)};${day}.10.2026;40101${String(twin).padStart(10, '0')}`
          }),
        ]
  const path = join(d.folder, `long-${kind}.csv`)
  writeFileSync(path, lines.join('\r\n'))
  return path
}

/** What an import comes to, without what differs from one to the next. */
const outcome = ({ counts, effect, guards, notices, needsSignature }: Staged) => ({
  counts,
  effect,
  guards,
  notices,
  needsSignature,
})

describe('several imports', () => {
  test('are taken in order, are seen waiting, and one that waits is dropped without a trace', async () => {
    const d = await Importing.open(registry.url)
    const first = d.stage('customs', d.grant(longFile(d, 20_000)), { job: 'first' })
    const second = d.desk.problemOf('stage-batch', {
      job: 'second',
      token: d.csv([[...CUSTOMS_HEADER]]),
      kind: 'customs',
    })
    const third = d.stage('customs', d.csv([[...CUSTOMS_HEADER], customsRow(9_000_001)]), { job: 'third' })
    const isRunning = (value: unknown): boolean => {
      const { id, state } = value as { readonly id: string; readonly state: string }
      return id === 'first' && state === 'running'
    }
    await until(() => d.desk.notices.some(({ name, value }) => name === 'job' && isRunning(value)))
    const queue = await d.desk.call('import-queue', {})
    expect(queue.map(({ job, state, by }) => [job, state, by])).toEqual([
      ['first', 'running', 'importer'],
      ['second', 'queued', 'importer'],
      ['third', 'queued', 'importer'],
    ])
    await d.desk.call('drop-import', { batch: queue[1]?.batch ?? '' })
    expect(await second).toBe('cancelled')
    const done = await Promise.all([first, third])
    expect(await d.desk.call('import-queue', {})).toEqual([])
    expect(staging(d.desk.home)).toEqual(done.flatMap(({ batch }) => [`${batch}.db`, `${batch}.src`]).sort())
  })

  test('halt while they are paused, go on, and cancelled while paused leave nothing', async () => {
    const d = await Importing.open(registry.url)
    const token = d.grant(longFile(d, 20_000))
    const running = d.stage('customs', token, { job: 'halted' })
    await d.desk.call('pause-job', { id: 'halted' })
    expect(await d.desk.call('import-queue', {})).toMatchObject([{ job: 'halted', state: 'paused' }])
    // another call is answered meanwhile, and the halted one has not come to its end
    await d.desk.call('inspect-file', { token })
    expect(await d.desk.call('import-queue', {})).toMatchObject([{ job: 'halted', state: 'paused' }])
    await d.desk.call('resume-job', { id: 'halted' })
    const done = await running
    expect(done.counts.rows).toBe(20_000)
    await d.desk.call('discard-batch', { batch: done.batch })

    const again = d.desk.problemOf('stage-batch', { job: 'dropped', token, kind: 'customs' })
    await d.desk.call('pause-job', { id: 'dropped' })
    await d.desk.call('cancel-job', { id: 'dropped' })
    expect(await again).toBe('cancelled')
    expect(staging(d.desk.home)).toEqual([])
    expect(await d.desk.call('import-queue', {})).toEqual([])
    expect((await d.desk.call('jobs', {})).find(({ id }) => id === 'dropped')?.state).toBe('cancelled')
  })
})

describe('an import that was interrupted', () => {
  test.each(['customs', 'operator'] as const)(
    'of %s by kill -9 goes on from its last checkpoint and ends as one that was left alone',
    async (kind) => {
      const home = mkdtempSync(join(tmpdir(), 'tamga-killed-'))
      onTestFinished(() => rmSync(home, { recursive: true, force: true }))
      const before = await Importing.open(registry.url, 'importer', home)
      const file = longFile(before, 120_000, kind)
      const whole = await before.stage(kind, before.grant(file))
      const problems = await before.desk.call('staged-problems', {
        batch: whole.batch,
        code: null,
        afterRow: 0,
        limit: 999,
      })
      await before.desk.call('discard-batch', { batch: whole.batch })
      await before.desk.stop()

      const child = fork(join(import.meta.dirname, 'stageUntilKilled.ts'), [home, KEY, file, kind], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      })
      onTestFinished(() => {
        child.kill('SIGKILL')
      })
      const ended = new Promise<string | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)))
      const folder = join(home, 'staging')
      // from the first checkpoint on the log of judged rows is beside the file; it begins before the file itself counts
      const checkpointed = (name: string) =>
        existsSync(join(folder, `${name}-judged`)) && existsSync(join(folder, `${name}-journal`))
      await until(() => {
        if (child.exitCode !== null) throw new Error('the desk ended before it was killed')
        return existsSync(folder) && readdirSync(folder).some(checkpointed)
      })
      child.kill('SIGKILL')
      expect(await ended).toBe('SIGKILL')
      rmSync(file)

      const after = await Importing.open(registry.url, 'importer', home)
      const [left] = await after.desk.call('import-queue', {})
      expect(left).toMatchObject({ state: 'interrupted', job: null, file: `long-${kind}.csv`, kind })
      const resumed = await after.desk.call('resume-import', { batch: left?.batch ?? '', job: 'resumed' })
      expect(outcome(resumed)).toEqual(outcome(whole))
      const again = { batch: resumed.batch, code: null, afterRow: 0, limit: 999 }
      expect(await after.desk.call('staged-problems', again)).toEqual(problems)
      expect(await after.desk.call('import-queue', {})).toEqual([])
      expect(staging(home)).toEqual([`${resumed.batch}.db`, `${resumed.batch}.src`])
      const accept = resumed.guards.map(({ code }) => code)
      expect(await after.desk.call('commit-batch', { batch: resumed.batch, accept })).toMatchObject({
        counts: whole.counts,
      })
    },
  )

  test('by closing the desk waits for the officer, who may drop it', async () => {
    const home = mkdtempSync(join(tmpdir(), 'tamga-closed-'))
    onTestFinished(() => rmSync(home, { recursive: true, force: true }))
    const before = await Importing.open(registry.url, 'importer', home)
    const broken = before.desk.problemOf('stage-batch', {
      job: 'long',
      token: before.grant(longFile(before, 20_000)),
      kind: 'customs',
    })
    await before.desk.call('pause-job', { id: 'long' })
    await before.desk.stop()
    expect(await broken).toBe('cancelled')

    const after = await Importing.open(registry.url, 'importer', home)
    const [left] = await after.desk.call('import-queue', {})
    expect(left?.state).toBe('interrupted')
    await after.desk.call('drop-import', { batch: left?.batch ?? '' })
    expect(staging(home)).toEqual([])
    expect(await after.desk.call('import-queue', {})).toEqual([])
  })
})
