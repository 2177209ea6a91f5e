import pg from 'pg'

/** Integers beyond 32 bits that the registry stores stay far below 2^53. */
const exactNumber = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`not an exact number: ${text}`)
  return value
}
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, exactNumber)
types.setTypeParser(pg.types.builtins.DATE, (text) => text)
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString())

/** Runs one statement with bound parameters. */
export interface Sql {
  all<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]>
  /** First row or null. */
  one<R extends object>(text: string, values?: readonly unknown[]): Promise<R | null>
  /** Number of rows touched. */
  run(text: string, values?: readonly unknown[]): Promise<number>
}

/** Runs a statement that each connection plans only once, for what is asked thousands of times a second. */
export interface Prepared {
  /** A name belongs to one text for good. */
  prepared<R extends object>(name: string, text: string, values: readonly unknown[]): Promise<R[]>
}

export interface DatabaseOptions {
  readonly max?: number
  /** Only reads, and gives up after two seconds. */
  readonly replica?: boolean
}

/** A pool of connections; a killed connection is replaced, and never takes the process with it. */
export class Database implements Sql, Prepared {
  readonly #pool: pg.Pool

  constructor(url: string, onError: (e: Error) => void, { max = 12, replica = false }: DatabaseOptions = {}) {
    // the primary is waited for; a replica has a deputy, so a silent one is given up soon
    const limits = replica
      ? { connectionTimeoutMillis: 1_000, query_timeout: 2_000, options: '-c default_transaction_read_only=on' }
      : { connectionTimeoutMillis: 10_000, verify: mustLead }
    this.#pool = new pg.Pool({ connectionString: url, max, types, keepAlive: true, ...limits })
    this.#pool.on('error', onError)
    // the pool hears nothing of clients that are checked out: an unheard error event would end the process
    this.#pool.on('connect', (client) => client.on('error', onError))
  }

  all<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]> {
    return this.withClient((client) => all<R>(client, text, values))
  }
  async one<R extends object>(text: string, values?: readonly unknown[]): Promise<R | null> {
    return (await this.all<R>(text, values))[0] ?? null
  }
  run(text: string, values?: readonly unknown[]): Promise<number> {
    return this.withClient((client) => run(client, text, values))
  }

  prepared<R extends object>(name: string, text: string, values: readonly unknown[]): Promise<R[]> {
    return this.withClient(async (client) => (await client.query<R>({ name, text, values: [...values] })).rows)
  }

  /** Lends a connection for the time of `use`; one that failed is not used again. */
  async withClient<T>(use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    let broken: Error | undefined
    try {
      return await use(client)
    } catch (e) {
      broken = connectionLost(e) ? (e as Error) : undefined
      throw e
    } finally {
      client.release(broken)
    }
  }

  /** Connections there are, those nobody uses, and requests that wait for one. */
  get connections(): { total: number; idle: number; waiting: number } {
    const { totalCount, idleCount, waitingCount } = this.#pool
    return { total: totalCount, idle: idleCount, waiting: waitingCount }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}

/** While a failover goes on, a name or a proxy may still lead to a server that is a standby by now: it would read what is old. */
function mustLead(client: pg.PoolClient, done: (e?: Error) => void): void {
  client.query<{ transaction_read_only: string }>('SHOW transaction_read_only').then(
    ({ rows }) =>
      rows[0]?.transaction_read_only === 'off' ? done() : done(new Error('Connection terminated: a standby answered')),
    (e: Error) => done(e),
  )
}

type Queryable = Pick<pg.PoolClient, 'query'>

/** Statements on one connection. */
export const sqlOn = (client: pg.PoolClient): Sql => ({
  all: (text, values) => all(client, text, values),
  one: async <R extends object>(text: string, values?: readonly unknown[]) =>
    (await all<R>(client, text, values))[0] ?? null,
  run: (text, values) => run(client, text, values),
})

async function all<R extends object>(on: Queryable, text: string, values: readonly unknown[] = []): Promise<R[]> {
  return (await on.query<R>(text, [...values])).rows
}

async function run(on: Queryable, text: string, values: readonly unknown[] = []): Promise<number> {
  return (await on.query(text, [...values])).rowCount ?? 0
}

/** SQLSTATE of a database error, '' for others. */
export const sqlState = (e: unknown): string => (e instanceof pg.DatabaseError ? (e.code ?? '') : '')

/**
 * The connection is gone or leads to a server that does not lead any more: class 08, 57P01-57P03 (shut down, crashed, starting), 25006
 * (it has become a standby), or the socket closed.
 */
export const connectionLost = (e: unknown): boolean => {
  const state = sqlState(e)
  if (state) return state.startsWith('08') || state.startsWith('57P') || state === '25006'
  const { code, message } = e as NodeJS.ErrnoException
  return (
    ['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ETIMEDOUT'].includes(code ?? '') ||
    /Connection terminated|not queryable|connection error|timeout exceeded when trying to connect/.test(message ?? '')
  )
}
