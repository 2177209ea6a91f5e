import { perform } from '../../../src/contract/call.ts'
import { ENGINE_CALLS } from '../../../src/contract/engine.ts'
import { openDesk } from '../../../src/engine/openDesk.ts'
import { at } from './importing.ts'

/** A desk that stages a file; its parent kills it on the way. */
const [home = '', keyHex = '', file = '', kind = 'customs'] = process.argv.slice(2)
const log = { info: () => undefined, error: (text: string, error: unknown) => console.error(text, error) }
const opened = await openDesk({ home, keyHex, registry: null, now: at, live: false, log })
const call = (name: string, input: unknown) =>
  perform(ENGINE_CALLS, opened.handlers, name, input, (error) => {
    console.error(error)
    return 'stage'
  })
await call('sign-in', { officer: 'importer' })
opened.grant('file', file)
const answer = await call('stage-batch', { job: 'long', token: 'file', kind })
process.send?.(answer)
