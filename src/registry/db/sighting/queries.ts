import type { Use } from '../../../domain/cloneCase.ts'
import type { Imei14, IsoDate, Operator } from '../../../domain/fact.ts'
import type { Observation } from '../../segment/readObservations.ts'
import { copyIn } from '../copyIn.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

const COLUMNS = ['imei14', 'day', 'imsi', 'msisdn', 'rat', 'network', 'region'] as const

/** Empties the work table of this transaction: observations on their way in. */
export async function startObserving(tx: Tx): Promise<void> {
  await tx.run(
    `CREATE TEMPORARY TABLE IF NOT EXISTS observed (imei14 bigint NOT NULL, day date NOT NULL, imsi text NOT NULL, msisdn text NOT NULL,
       rat text NOT NULL, network text NOT NULL, region text NOT NULL) ON COMMIT DROP`,
  )
  await tx.run('TRUNCATE observed')
}

export const addObserved = (tx: Tx, rows: readonly Observation[]): Promise<void> =>
  copyIn(
    tx,
    'observed',
    COLUMNS,
    (function* () {
      for (const row of rows) yield COLUMNS.map((name) => row[name])
    })(),
  )

/**
 * Takes the observed rows over: of an IMEI one for each subscriber and day, the one that says most where a file has several. What an earlier
 * file said of the same day stays beside it under its own batch, so that either can be taken back; who counts, counts days and
 * subscribers, never rows.
 */
export const keepObserved = (tx: Tx, operator: Operator, batch: number): Promise<number> =>
  tx.run(
    `INSERT INTO sighting (imei14, operator, day, imsi, msisdn, rat, network, region, batch)
     SELECT DISTINCT ON (imei14, day, imsi) imei14, $1, day, imsi, msisdn, rat, network, region, $2::bigint FROM observed
     ORDER BY imei14, day, imsi, msisdn DESC, region DESC, rat DESC, network`,
    [operator, batch],
  )

export const ANY_UNKNOWN = `SELECT 1 FROM observed o WHERE o.day >= $2 AND NOT EXISTS (
     SELECT 1 FROM sighting s WHERE s.imei14 = o.imei14 AND s.day = o.day AND s.imsi = o.imsi AND s.operator = $1) LIMIT 1`

/** Whether an observed row, of a day that is still kept, says what the operator has not said yet: this IMEI with this subscriber on that day. */
export const bringsUnknown = async (tx: Tx, operator: Operator, keptFrom: IsoDate): Promise<boolean> =>
  (await tx.one(ANY_UNKNOWN, [operator, keptFrom])) !== null

/** Observations go with the batch that brought them. */
export const forgetSightings = (tx: Tx, batch: number): Promise<number> =>
  tx.run('DELETE FROM sighting WHERE batch = $1', [batch])

/** Observations older than a day end. */
export const forgetBefore = (db: Sql, day: IsoDate): Promise<number> =>
  db.run('DELETE FROM sighting WHERE day < $1', [day])

export interface Violation {
  readonly imei14: Imei14
  readonly since: IsoDate
  readonly firstDay: IsoDate
  readonly lastDay: IsoDate
  readonly days: number
}

export const VIOLATIONS_OF_OBSERVED = `SELECT s.imei14, l.since, min(s.day) AS "firstDay", max(s.day) AS "lastDay", count(DISTINCT s.day)::int AS days
     FROM (SELECT DISTINCT imei14 FROM observed) o
     JOIN listing l ON l.imei14 = o.imei14 AND l.list = 'black'
     JOIN sighting s ON s.imei14 = o.imei14 AND s.operator = $1 AND s.day > l.since + $2::int
     WHERE NOT EXISTS (SELECT 1 FROM exception e WHERE e.imei14 = s.imei14 AND e.imsi = s.imsi)
     GROUP BY s.imei14, l.since ORDER BY s.imei14`

/** Blocked IMEIs of the observed ones that an operator let in after his days to block; genuine holders of exceptions are none. */
export const violationsOfObserved = (tx: Tx, operator: Operator, daysToBlock: number): Promise<Violation[]> =>
  tx.all<Violation>(VIOLATIONS_OF_OBSERVED, [operator, daysToBlock])

/** One IMEI on one day with more subscribers than one device has, or in two regions with two subscribers. */
export interface Suspicion {
  readonly imei14: Imei14
  readonly day: IsoDate
  readonly subscribers: number
  readonly regions: number
}

export const SUSPICIONS_OF_OBSERVED = `SELECT imei14, day, subscribers, regions FROM (
       SELECT s.imei14, s.day, count(DISTINCT s.imsi)::int AS subscribers,
         count(DISTINCT s.region) FILTER (WHERE s.region <> '')::int AS regions
       FROM (SELECT DISTINCT imei14, day FROM observed) o JOIN sighting s ON s.imei14 = o.imei14 AND s.day = o.day AND s.imsi <> ''
       GROUP BY s.imei14, s.day) d
     WHERE subscribers >= $1 OR (regions >= 2 AND subscribers >= 2)
     ORDER BY imei14, subscribers DESC, day`

/** Suspicions among the observed IMEIs, of each the day with most subscribers first. Roaming and M2M count as any other. */
export const suspicionsOfObserved = (tx: Tx, subscribersADay: number): Promise<Suspicion[]> =>
  tx.all<Suspicion>(SUSPICIONS_OF_OBSERVED, [subscribersADay])

export const USES_ON = `SELECT DISTINCT s.imei14, s.day, s.imsi, s.region FROM unnest($1::bigint[], $2::date[]) AS w(imei14, day)
     JOIN sighting s ON s.imei14 = w.imei14 AND s.day = w.day AND s.imsi <> '' AND s.region <> ''`

/** Who used IMEIs in which regions on the days named. */
export const usesOn = (
  tx: Tx,
  wanted: readonly Pick<Suspicion, 'imei14' | 'day'>[],
): Promise<(Use & Pick<Suspicion, 'imei14' | 'day'>)[]> =>
  tx.all(USES_ON, [wanted.map((w) => w.imei14), wanted.map((w) => w.day)])

/** What radio technology observed IMEIs used, beside what the TAC table says of their models. */
export const radiosOfObserved = (tx: Tx): Promise<{ imei14: Imei14; day: IsoDate; rat: string; model: string }[]> =>
  tx.all(
    `SELECT DISTINCT ON (o.imei14, o.rat) o.imei14, o.day, o.rat, t.data AS model FROM observed o
     JOIN tac t ON t.tac = o.imei14 / 1000000 AND t.data <> '{}' JOIN batch b ON b.no = t.batch AND b.state = 'committed'
     WHERE o.rat <> '' ORDER BY o.imei14, o.rat, o.day`,
  )

/** A subscriber who used an IMEI, as operators saw him. */
export interface Holder {
  readonly imsi: string
  readonly msisdn: string
  readonly operator: Operator
  readonly firstDay: IsoDate
  readonly lastDay: IsoDate
  readonly days: number
  readonly rats: string[]
  readonly regions: string[]
}

export const HOLDERS_OF = `SELECT imsi, max(msisdn) AS msisdn, operator, min(day) AS "firstDay", max(day) AS "lastDay", count(DISTINCT day)::int AS days,
       coalesce(array_agg(DISTINCT rat) FILTER (WHERE rat <> ''), '{}') AS rats,
       coalesce(array_agg(DISTINCT region) FILTER (WHERE region <> ''), '{}') AS regions
     FROM sighting WHERE imei14 = $1 AND imsi <> '' GROUP BY imsi, operator ORDER BY min(day), imsi`

/** Everybody who used an IMEI, the longest user first. */
export const holdersOf = (db: Sql, imei14: Imei14): Promise<Holder[]> => db.all<Holder>(HOLDERS_OF, [imei14])
