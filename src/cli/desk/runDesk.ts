import { problemText } from '../../contract/problemText.ts'
import { type Lang, zLang } from '../../contract/value.ts'
import type { ProblemCode } from '../../domain/problem.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { type Arguments, readArguments, usage } from './arguments.ts'
import type { Command, CommandAnswer } from './command.ts'
import { commandNamed, commandTable } from './commandTable.ts'
import { defaultHome } from './home.ts'
import { Stderr } from './stderr.ts'
import { Words } from './words.ts'

const DONE = 0
const FAILED = 1
const WRONG_USAGE = 2
const CANCELLED = 130

/**
 * Runs one command of the desk. Writes the answer to stdout (with --json one JSON value and nothing else), everything else to stderr.
 * Answers the exit code: 0 done, 1 a problem, 2 wrong usage, 130 cancelled.
 */
export async function runDesk(words: readonly string[]): Promise<number> {
  const json = words.includes('--json')
  let lang: Lang = 'en'
  const stderr = new Stderr(json)
  const signal = onInterrupt()
  try {
    const [name, ...rest] = commandAndRest(words)
    lang = languageOf(words)
    if (name === undefined || name === 'help' || words.includes('--help')) {
      await write(commandTable(new Words(lang)))
      return name === undefined && !words.includes('--help') ? WRONG_USAGE : DONE
    }
    const command = await commandNamed(name)
    const args = readArguments(rest, command.options)
    registryOf(args)
    command.check(args)
    const answer = await perform(command, args, { lang, stderr, signal })
    stderr.end()
    await write(json ? JSON.stringify(answer.json) : answer.text)
    return DONE
  } catch (error) {
    stderr.end()
    return fail(error, lang, json, stderr)
  }
}

/** The command may stand behind the common options. */
function commandAndRest(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word, i) => !word.startsWith('--') && !takesValue(words[i - 1]))
  return at < 0 ? [] : [words[at] as string, ...words.slice(0, at), ...words.slice(at + 1)]
}

const takesValue = (word: string | undefined): boolean =>
  word !== undefined && ['--home', '--registry', '--as', '--lang', '--key-file', '--passphrase-file'].includes(word)

function languageOf(words: readonly string[]): Lang {
  const at = words.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='))
  if (at < 0) return zLang.safeParse((process.env.LC_ALL ?? process.env.LANG ?? '').slice(0, 2)).data ?? 'en'
  const text = words[at] === '--lang' ? words[at + 1] : words[at]?.slice('--lang='.length)
  const lang = zLang.safeParse(text)
  if (!lang.success) throw usage(`--lang ${text ?? ''} (kk | ru | en)`)
  return lang.data
}

/** An address, `embedded`, or null: the desk works on what it has. */
function registryOf(args: Arguments): string | null {
  const text = args.value('registry') ?? (process.env.TAMGA_REGISTRY || null)
  if (text === null || text === 'embedded' || /^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text
  throw usage(`--registry ${text}`)
}

/** Ctrl+C asks the command to end without leaving anything: no half-written file, no database of an embedded registry. */
function onInterrupt(): AbortSignal {
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort())
  return interrupted.signal
}

async function perform(
  command: Command,
  args: Arguments,
  { lang, stderr, signal }: { lang: Lang; stderr: Stderr; signal: AbortSignal },
): Promise<CommandAnswer> {
  const common = {
    home: args.value('home') || process.env.TAMGA_HOME || defaultHome(),
    registry: registryOf(args),
    as: args.value('as'),
    lang,
    keys: { keyFile: args.value('key-file'), passphraseFile: args.value('passphrase-file') },
  }
  if (command.alone) return command.alone({ args, words: new Words(lang), home: common.home, keys: common.keys })
  const { openEngine } = await import('./engineClient.ts')
  const engine = await openEngine(common, stderr, { sync: true, live: false, ...command.opening })
  try {
    if (signal.aborted) throw trouble('cancelled')
    return await command.run({ args, lang, words: new Words(lang), signal, engine })
  } finally {
    await engine.close()
  }
}

const EXIT_OF: Partial<Record<ProblemCode, number>> = { usage: WRONG_USAGE, cancelled: CANCELLED }

async function fail(error: unknown, lang: Lang, json: boolean, stderr: Stderr): Promise<number> {
  const { reportBug } = await import('./reportBug.ts')
  const problem =
    error instanceof ProblemError
      ? error.problem
      : ({ code: 'internal', details: { ref: reportBug(error, stderr) } } as const)
  const { message, remedy } = problemText(problem, lang)
  const ref = typeof problem.details.ref === 'string' ? problem.details.ref : null
  if (json) {
    const { code, details } = problem
    await write(JSON.stringify({ problem: { code, message, ref, details } }))
  } else stderr.note(`${message}\n${remedy}\n[${problem.code}${ref === null ? '' : ` ${ref}`}]`)
  return EXIT_OF[problem.code] ?? FAILED
}

/** Waits until the text is out: a pipe may take it slowly. */
const write = (text: string): Promise<void> =>
  new Promise((done, failed) => process.stdout.write(`${text}\n`, (error) => (error ? failed(error) : done())))
