import { ProblemError, problem } from '../../domain/problem.ts'

/** How an option is given: alone, with one value, or with one or more values up to the next option. */
export type OptionKind = 'flag' | 'one' | 'many'
export type OptionTable = Readonly<Record<string, OptionKind>>

/** What every command understands. */
const COMMON_OPTIONS = {
  home: 'one',
  registry: 'one',
  as: 'one',
  lang: 'one',
  json: 'flag',
  'key-file': 'one',
  'passphrase-file': 'one',
  help: 'flag',
} as const satisfies OptionTable

/** The words of a command line after the command's name. */
export class Arguments {
  readonly positionals: readonly string[]
  readonly #values: ReadonlyMap<string, readonly string[]>

  constructor(positionals: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.positionals = positionals
    this.#values = values
  }

  has(option: string): boolean {
    return this.#values.has(option)
  }

  /** The option's value, the last one when it was given again. */
  value(option: string): string | undefined {
    return this.#values.get(option)?.at(-1)
  }

  values(option: string): readonly string[] {
    return this.#values.get(option) ?? []
  }

  /** The value of an option that the command cannot do without; `usage` when it is missing. */
  required(option: string): string {
    const value = this.value(option)
    if (value === undefined || value === '') throw usage(`--${option}`)
    return value
  }

  /** One of a closed set of values, or undefined when not given; `usage` for another. */
  choice<T extends string>(option: string, allowed: readonly T[]): T | undefined {
    const value = this.value(option)
    if (value === undefined) return undefined
    const found = allowed.find((a) => a === value)
    if (found === undefined) throw usage(`--${option} ${value} (${allowed.join(' | ')})`)
    return found
  }

  /** A whole number from 0, or undefined when not given. */
  count(option: string): number | undefined {
    const value = this.value(option)
    if (value === undefined) return undefined
    if (!/^\d{1,15}$/.test(value)) throw usage(`--${option} ${value}`)
    return Number(value)
  }

  /** Exactly these words; `usage` for more or fewer. */
  exactly<const N extends readonly string[]>(...names: N): { [K in keyof N]: string } {
    if (this.positionals.length !== names.length)
      throw usage(this.positionals.length < names.length ? names.join(' ') : this.positionals.join(' '))
    return [...this.positionals] as { [K in keyof N]: string }
  }
}

/** Wrong usage: exit code 2, nothing was done. */
export const usage = (what: string): ProblemError => new ProblemError(problem('usage', { what }))

/**
 * Reads a command line. `--name value`, `--name=value`; `--` ends the options. Values of a `many` option go on while they look like one
 * (`belongs`), so that other words may follow. Throws `usage`.
 */
export function readArguments(words: readonly string[], table: OptionTable): Arguments {
  const positionals: string[] = []
  const values = new Map<string, string[]>()
  const known: OptionTable = { ...COMMON_OPTIONS, ...table }
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    if (word === '--') {
      positionals.push(...words.slice(i + 1))
      break
    }
    if (!word.startsWith('--')) {
      positionals.push(word)
      continue
    }
    const equals = word.indexOf('=')
    const name = equals < 0 ? word.slice(2) : word.slice(2, equals)
    const kind = Object.hasOwn(known, name) ? known[name] : undefined
    if (kind === undefined) throw usage(`--${name}`)
    const list = values.get(name) ?? []
    values.set(name, list)
    if (kind === 'flag') {
      if (equals >= 0) throw usage(word)
      continue
    }
    const next = equals < 0 ? words[++i] : word.slice(equals + 1)
    if (next === undefined || (equals < 0 && next.startsWith('--'))) throw usage(`--${name}`)
    list.push(next)
    while (kind === 'many' && goesOn(next, words[i + 1])) list.push(words[++i] as string)
  }
  return new Arguments(positionals, values)
}

/** `field=Header` pairs and codes (R01) may be given one after the other behind one option. */
function goesOn(first: string, next: string | undefined): boolean {
  if (next === undefined || next.startsWith('--')) return false
  return first.includes('=') ? next.includes('=') : /^R\d+$/i.test(next)
}
