import type { Lang } from '../../contract/value.ts'
import type { Arguments, OptionTable } from './arguments.ts'
import type { EngineClient, Opening } from './engineClient.ts'
import type { KeyFiles } from './home.ts'
import type { Words } from './words.ts'

/** What a command works with. */
export interface CommandContext {
  readonly args: Arguments
  readonly lang: Lang
  readonly words: Words
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal
  readonly engine: EngineClient
}

/** What a command works with that opens no desk. */
export interface LoneContext {
  readonly args: Arguments
  readonly words: Words
  readonly home: string
  readonly keys: KeyFiles
}

/** A command's answer: the JSON value, and the same for people. */
export interface CommandAnswer {
  readonly json: unknown
  readonly text: string
}

/** One command of the command line. */
export interface Command {
  readonly options: OptionTable
  /** Checks the words before anything is opened; throws `usage`. */
  readonly check: (args: Arguments) => void
  /** Defaults to pulling first and then working on the cache. */
  readonly opening?: Partial<Opening>
  readonly run: (context: CommandContext) => Promise<CommandAnswer>
  /** In place of `run` for what is done to a home that no engine has open. */
  readonly alone?: (context: LoneContext) => Promise<CommandAnswer>
}
