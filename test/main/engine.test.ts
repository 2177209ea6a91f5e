import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { NODE24 } from '../../scripts/checkout.mjs'
import { type Client, connect } from '../../src/contract/call.ts'
import type { EngineStart } from '../../src/contract/host.ts'
import { problem } from '../../src/domain/problem.ts'
import { EngineHost, type EngineState } from '../../src/main/engine/engineHost.ts'
import type { EngineProcess } from '../../src/main/engine/engineProcess.ts'
import { launchForkedEngine } from '../../src/main/engine/forkedEngine.ts'
import { Grants } from '../../src/main/grants.ts'

const ENTRY = new URL('./fixture/echoEngine.ts', import.meta.url).pathname
const START: EngineStart = {
  t: 'start',
  home: '/sample',
  keyHex: '0'.repeat(64),
  registry: null,
  language: 'kk',
  live: false,
}
const CALLS = {
  echo: { input: z.unknown(), output: z.unknown() },
  die: { input: z.unknown(), output: z.unknown() },
  hang: { input: z.unknown(), output: z.unknown() },
  granted: { input: z.unknown(), output: z.unknown() },
} as const

const log = { write: () => {} }
const hosts: EngineHost[] = []
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop()
})

function startHost(start = START, grants = new Grants()): { host: EngineHost; launched: EngineProcess[] } {
  const launched: EngineProcess[] = []
  const launch = (): EngineProcess => {
    const engine = launchForkedEngine(ENTRY, NODE24)
    launched.push(engine)
    return engine
  }
  const host = new EngineHost(launch, start, grants, log)
  hosts.push(host)
  host.start()
  return { host, launched }
}

/** Waits until the host is in a state. */
const until = (host: EngineHost, state: EngineState['state']): Promise<void> =>
  new Promise((reached) => {
    if (host.state.state === state) return reached()
    host.onState((now) => {
      if (now.state === state) reached()
    })
  })

/** A window's end of a channel to the engine. */
function openWindow(host: EngineHost, window: number): { client: Client<typeof CALLS>; port: MessagePort } {
  const { port1, port2 } = new MessageChannel()
  const asElectronGivesIt = {
    postMessage: (message: unknown) => port1.postMessage(message),
    on: (event: string, take: (event: { data: unknown }) => void) =>
      event === 'close' ? port1.on('close', take as never) : port1.on('message', (data) => take({ data })),
    start: () => port1.start(),
    close: () => port1.close(),
  }
  host.openWindow(window, asElectronGivesIt as never)
  const client = connect(
    CALLS,
    {
      send: (message) => port2.postMessage(message),
      onMessage: (take) => port2.on('message', take),
      onClose: (take) => port2.on('close', take),
    },
    problem('engine-restarted'),
    () => {},
  )
  return { client, port: port2 }
}

describe('the engine under a Node of its own', () => {
  test('answers the calls of a window', async () => {
    const { host } = startHost()
    await until(host, 'ready')
    const { client } = openWindow(host, 1)
    expect(await client.call('echo', { imei: '490154203237518', bytes: new Uint8Array([1, 2]) })).toEqual({
      imei: '490154203237518',
      bytes: new Uint8Array([1, 2]),
    })
  })

  test('keeps the calls of two windows apart', async () => {
    const { host } = startHost()
    await until(host, 'ready')
    const first = openWindow(host, 1).client
    const second = openWindow(host, 2).client
    const answers = await Promise.all([first.call('echo', 'a'), second.call('echo', 'b'), first.call('echo', 'c')])
    expect(answers).toEqual(['a', 'b', 'c'])
  })

  test('is started again after a crash; the calls that were open fail with engine-restarted', async () => {
    const { host, launched } = startHost()
    await until(host, 'ready')
    const { client } = openWindow(host, 1)
    const open = client.call('hang', {})
    await expect(Promise.all([client.call('die', {}), open])).rejects.toMatchObject({
      problem: { code: 'engine-restarted' },
    })
    await expect(open).rejects.toMatchObject({ problem: { code: 'engine-restarted' } })
    await until(host, 'ready')
    expect(launched.length).toBe(2)
    expect(await openWindow(host, 2).client.call('echo', 'again')).toBe('again')
  })

  test('learns the paths behind tokens, also those given before it was started again', async () => {
    const grants = new Grants()
    const before = grants.grant('/sample/customs.xlsx')
    const { host } = startHost(START, grants)
    await until(host, 'ready')
    const { client } = openWindow(host, 1)
    const after = grants.grant('/sample/rejects.xlsx')
    expect(await client.call('granted', {})).toEqual({
      [before]: '/sample/customs.xlsx',
      [after]: '/sample/rejects.xlsx',
    })
    await client.call('die', {}).catch(() => {})
    await until(host, 'ready')
    expect(await openWindow(host, 2).client.call('granted', {})).toEqual({
      [before]: '/sample/customs.xlsx',
      [after]: '/sample/rejects.xlsx',
    })
  })

  test('that cannot open its home tells the problem and is not tried again and again', async () => {
    const { host, launched } = startHost({ ...START, home: '/refused' })
    await until(host, 'failed')
    expect(host.state).toEqual({ state: 'failed', problem: { code: 'home-in-use', details: { home: '/refused' } } })
    expect(launched.length).toBe(1)
  })

  test('ends when it is told to stop', async () => {
    const { host, launched } = startHost()
    await until(host, 'ready')
    const ended = new Promise<number | null>((end) => launched[0]?.onExit(end))
    await host.stop()
    expect(await ended).toBe(0)
  })
})
