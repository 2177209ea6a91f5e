// Preloaded (`--import`) into desks and registries whose kills are aimed, and into their threads: counts the moments at which something
// has just come to stay (a transaction, a file's bytes or its name, an answer of the database) and ends or stops the process at the one
// that `Aim` names. A kill at any time falls between two writes that belong together once in thousands of times; one of these does so
// whenever there are two.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import Database from 'better-sqlite3'
import type { Client, QueryResult } from 'pg'

const folder = process.env.TAMGA_MOMENTS ?? ''
const who = /[\\/]src[\\/]engine[\\/]/.test(process.argv[1] ?? '') ? 'desk' : 'registry'
const { appendFileSync, readFileSync, statSync } = fs
const counted = join(folder, `${who}.count`)
const aims = join(folder, `${who}.aims`)
const still = new Int32Array(new SharedArrayBuffer(4))

/** A process that has loaded its program and waits for its turn counts nothing: stopped there, it would never take it. */
let atWork = !isMainThread

/** Threads and processes count together: the length of a file that is only appended to. */
function moment(): void {
  if (!atWork) return
  appendFileSync(counted, '.')
  const number = statSync(counted).size
  const aim = readFileSync(aims, 'utf8')
    .split(' ')
    .find((word) => word.slice(1) === String(number))
  if (aim === undefined) return
  process.kill(process.pid, aim.startsWith('k') ? 'SIGKILL' : 'SIGSTOP')
  // nothing more is done until the signal has come
  Atomics.wait(still, 0, 0, 20)
}

type Call = (this: unknown, ...given: never[]) => unknown

/** Lets a moment follow each call of a method. */
function watch(
  owner: object,
  name: string,
  is: (self: unknown, given: readonly unknown[]) => boolean = () => true,
): void {
  const methods = owner as Record<string, Call>
  const before = methods[name] as Call
  methods[name] = function (this: unknown, ...given: never[]): unknown {
    const answer = before.apply(this, given)
    if (is(this, given)) {
      if (answer instanceof Promise) answer.then(moment, () => undefined)
      else moment()
    }
    return answer
  }
}

/** The same for a call that ends with a callback. */
function watchCallback(owner: object, name: string, is: (given: readonly unknown[]) => boolean): void {
  const methods = owner as Record<string, (...given: unknown[]) => unknown>
  const before = methods[name] as (...given: unknown[]) => unknown
  methods[name] = (...given) => {
    const then = given.at(-1)
    if (typeof then !== 'function' || !is(given)) return before.apply(owner, given)
    const told = (error: unknown, ...more: unknown[]): void => {
      if (!error) moment()
      then(error, ...more)
    }
    return before.apply(owner, [...given.slice(0, -1), told])
  }
}

/** What a statement within a transaction does comes to stay with its COMMIT only; what is read never does. */
function watchStatements({ prototype }: typeof Client): void {
  const within = new WeakSet<object>()
  const methods = prototype as unknown as Record<'query', Call>
  const before = methods.query
  methods.query = function (this: unknown, ...given: never[]): unknown {
    const client = this as object
    atWork = true
    const answer = before.apply(this, given)
    if (answer instanceof Promise)
      answer.then(
        ({ command }: QueryResult) => {
          if (command === 'BEGIN') within.add(client)
          else if (command === 'ROLLBACK' && !/ TO /.test(String(given[0]))) within.delete(client)
          else if (command === 'COMMIT' || (!within.has(client) && command !== 'SELECT' && command !== 'SHOW')) {
            within.delete(client)
            moment()
          }
        },
        () => undefined,
      )
    return answer
  }
}

if (folder !== '') {
  for (const name of ['writeSync', 'renameSync', 'rmSync', 'ftruncateSync']) watch(fs, name)
  for (const name of ['rename', 'rm']) watch(fs.promises, name)
  watchCallback(fs, 'open', ([, flags]) => flags !== 'r')
  watchCallback(fs, 'write', () => true)
  syncBuiltinESMExports()

  const isOver = (self: unknown): boolean => {
    const { memory, inTransaction } = self as Database.Database
    // while the program is loaded a schema is tried in memory
    if (!memory) atWork = true
    return !inTransaction
  }
  watch(Database.prototype, 'exec', isOver)
  const begin = Database.prototype.transaction
  Database.prototype.transaction = function (this: Database.Database, work: never): never {
    const made = begin.call(this, work) as unknown as Record<'default' | 'immediate', Call>
    const watched = { default: made.default, immediate: made.immediate }
    for (const kind of ['default', 'immediate']) watch(watched, kind, () => isOver(this))
    return Object.assign(watched.default, { immediate: watched.immediate }) as never
  } as typeof begin

  // threads of the desk start with this too, and have no use for it
  if (who === 'registry') watchStatements((await import('pg')).default.Client)
}
