import type { Log } from './sync/desk.ts'

/** Digits of a device, a person or a subscriber: they stay out of the log. */
const LONG_NUMBER = /\d{9,}/g

/** Log lines as JSON. Errors show their kind, code and stack; never the values they were about. */
export function engineLog(write: (line: string) => void): Log {
  const line = (level: string, text: string, fields: object): void =>
    write(JSON.stringify({ at: new Date().toISOString(), level, text, ...fields }))
  return {
    info: (text, fields = {}) => line('info', text, fields),
    error: (text, error) =>
      line(
        'error',
        text,
        error instanceof Error
          ? { error: error.name, stack: (error.stack ?? '').replaceAll(LONG_NUMBER, '#') }
          : { error: typeof error },
      ),
  }
}
