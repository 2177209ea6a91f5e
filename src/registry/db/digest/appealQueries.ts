import { appealGroupSql } from '../../../contract/registry/appealDigest.ts'
import type { AppealState } from '../../../domain/appeal.ts'
import type { Seq } from '../../../domain/fact.ts'
import type { Sql } from '../pool.ts'

/** Numbers of appeals that an event behind this one received or changed. */
export const appealsChangedAfter = async (db: Sql, seq: Seq, most: number): Promise<string[]> =>
  (
    await db.all<{ id: string }>(
      `SELECT DISTINCT doc ->> 'id' AS id FROM event WHERE seq > $1 AND type IN ('appeal-received', 'appeal-changed') LIMIT $2`,
      [seq, most],
    )
  ).map((row) => row.id)

/** Groups with the hash of their appeals but those named. */
export const appealGroups = (
  db: Sql,
  without: readonly string[],
): Promise<{ group: string; rows: number; digest: string }[]> =>
  db.all(
    `SELECT ${appealGroupSql('id')} AS group, count(*) AS rows, encode(sha256(convert_to(
       string_agg(id || E'\\t' || state || E'\\t' || version || E'\\n', '' ORDER BY id COLLATE "C"), 'UTF8')), 'hex') AS digest
     FROM appeal WHERE id <> ALL ($1) GROUP BY 1 ORDER BY 1`,
    [without],
  )

/** State and version of the appeals of a group but those named. */
export const versionsOfGroup = async (
  db: Sql,
  group: string,
  without: readonly string[],
): Promise<[id: string, state: AppealState, version: number][]> =>
  (
    await db.all<{ id: string; state: AppealState; version: number }>(
      `SELECT id, state, version FROM appeal WHERE ${appealGroupSql('id')} = $1 AND id <> ALL ($2) ORDER BY id COLLATE "C"`,
      [group, without],
    )
  ).map((row) => [row.id, row.state, row.version])
