import { perform } from '../../src/contract/call.ts'
import { ENGINE_CALLS } from '../../src/contract/engine.ts'
import { openDesk } from '../../src/engine/openDesk.ts'

/** A desk that synchronises once and ends; its parent kills it somewhere on the way. */
const [home = '', keyHex = '', registry = ''] = process.argv.slice(2)
const desk = await openDesk({
  home,
  keyHex,
  registry,
  now: () => new Date().toISOString(),
  live: false,
  log: { info: () => undefined, error: () => undefined },
})
const answer = await perform(ENGINE_CALLS, desk.handlers, 'sync', {}, (error) => {
  throw error
})
await desk.stop()
process.exit(answer.ok ? 0 : 1)
