import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Channel, type Client, connect } from '../../src/contract/call.ts'
import { ENGINE_CALLS, type EngineContract } from '../../src/contract/engine.ts'
import type { FromEngine, ToEngine } from '../../src/contract/host.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { fileAppeal } from './appealOf.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.stop())

/** The engine in a process of its own, as a window's host starts it. */
class EngineProcess {
  readonly #child: ChildProcess
  readonly client: Client<EngineContract>
  readonly exited: Promise<void>

  private constructor(child: ChildProcess) {
    this.#child = child
    this.exited = new Promise((resolve) => child.once('exit', () => resolve()))
    const closed = { code: 'engine-restarted', details: {} } as const
    this.client = connect(ENGINE_CALLS, this.#channel(), closed, () => undefined)
  }

  static async start(home: string): Promise<EngineProcess> {
    const child = fork(join(import.meta.dirname, '../../src/engine/index.ts'), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    const engine = new EngineProcess(child)
    engine.#tell({ t: 'start', home, keyHex: 'd4'.repeat(32), registry: registry.url, language: 'en', live: true })
    expect(await engine.#next((m) => m.t === 'ready' || m.t === 'failed')).toEqual({ t: 'ready' })
    engine.#tell({ t: 'open', window: 1 })
    return engine
  }

  kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    return this.exited
  }

  async stop(): Promise<void> {
    this.#tell({ t: 'stop' })
    await this.#next((m) => m.t === 'stopped')
    await this.exited
  }

  #tell(message: ToEngine): void {
    this.#child.send(message)
  }

  #next(is: (m: FromEngine) => boolean): Promise<FromEngine> {
    return new Promise((resolve) => {
      const take = (m: FromEngine): void => {
        if (!is(m)) return
        this.#child.off('message', take)
        resolve(m)
      }
      this.#child.on('message', take)
    })
  }

  #channel(): Channel {
    return {
      send: (message) => this.#tell({ t: 'relay', window: 1, message }),
      onMessage: (take) =>
        this.#child.on('message', (m: FromEngine) => {
          if (m.t === 'relay') take(m.message)
        }),
      onClose: (take) => this.#child.once('exit', take),
    }
  }
}

test('an engine that is killed fails the calls that wait, and comes back with the officer and his draft', async () => {
  const home = mkdtempSync(join(tmpdir(), 'tamga-desk-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const { id } = await fileAppeal(await TestDesk.enrolled(registry), imei(1))

  const first = await EngineProcess.start(home)
  await first.client.call('sign-in', { officer: 'reviewer' })
  await first.client.call('sync', {})
  const claimed = await first.client.call('claim-appeal', { id })
  expect(claimed).toMatchObject({ state: 'claimed', pending: false })
  const draft = { fields: { imei1: 'match' as const }, verdict: null, reasons: [], note: 'half a thou' }
  await first.client.call('save-draft', { id, draft })
  const waiting = first.client.call('verify', {})
  const failed = expect(waiting).rejects.toMatchObject({ problem: { code: 'engine-restarted' } })
  await first.kill()
  await failed

  const second = await EngineProcess.start(home)
  expect((await second.client.call('status', {})).officer?.id).toBe('reviewer')
  const appeal = await second.client.call('appeal', { id })
  expect(appeal.draft).toEqual(draft)
  expect(appeal.lease?.officer).toBe('reviewer')
  await second.stop()
})

test('a decision ordered just before the engine is killed goes out once', async () => {
  const home = mkdtempSync(join(tmpdir(), 'tamga-desk-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const { id } = await fileAppeal(await TestDesk.enrolled(registry), imei(2))
  const first = await EngineProcess.start(home)
  await first.client.call('sign-in', { officer: 'reviewer' })
  await first.client.call('sync', {})
  await first.client.call('claim-appeal', { id })
  const order = { id, verdict: 'ask' as const, fields: {}, reasons: ['R01' as const], note: 'once' }
  expect(await first.client.call('decide-appeal', { ...order, holdSeconds: 60 })).toMatchObject({ pending: true })
  await first.kill()

  const second = await EngineProcess.start(home)
  await expect.poll(async () => (await second.client.call('appeal', { id })).state, { timeout: 30_000 }).toBe('asked')
  const { timeline } = await second.client.call('appeal', { id })
  expect(timeline.filter((t) => t.note === 'once')).toHaveLength(1)
  await second.stop()
})
