import type { Log } from './sync/desk.ts'

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
        error instanceof Error ? { error: error.name, stack: error.stack ?? '' } : { error: String(error) },
      ),
  }
}
