import { ProblemError } from '../domain/problem.ts'
import { sqlState } from './db/pool.ts'

/** Digits of a device, a person or a subscriber; numbers of our own are shorter, UUIDs have dashes. */
const LONG_NUMBER = /\d{9,}/g

/**
 * What the log says of an error: its kind, code and where it happened. PostgreSQL names the values a statement failed on in message and
 * details, and those may be a person's: they stay out, as long numbers do everywhere.
 */
export function errorFields(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { type: typeof error }
  const state = sqlState(error)
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const { code } = error as NodeJS.ErrnoException
  return {
    type: error.name,
    ...(error instanceof ProblemError ? { problem: error.problem.code } : {}),
    ...(state ? { sqlState: state } : { message: error.message.replaceAll(LONG_NUMBER, '#') }),
    ...(code && !state ? { code: String(code) } : {}),
    at: frames.slice(0, 8).join('\n'),
  }
}
