import type { Instant, Operator } from '../../../domain/fact.ts'
import type { OperatorTemplate } from '../../../domain/operatorFile.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

/** Number of the next row; the writer's row must be held. */
export async function nextNo(tx: Tx, table: 'operator_file' | 'receipt'): Promise<number> {
  const row = await tx.one<{ no: number }>(`SELECT coalesce(max(no), 0) + 1 AS no FROM ${table}`)
  return row?.no ?? 1
}

export const addFile = (
  tx: Tx,
  f: { no: number; id: string; operator: Operator; doc: object; manifest: string; by: string; at: Instant },
): Promise<number> =>
  tx.run(
    'INSERT INTO operator_file (no, id, operator, doc, manifest, made_by, issued_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [f.no, f.id, f.operator, JSON.stringify(f.doc), f.manifest, f.by, f.at],
  )

export const fileById = (
  db: Sql,
  id: string,
): Promise<{ no: number; operator: Operator; doc: { name: string; rows: number } } | null> =>
  db.one('SELECT no, operator, doc FROM operator_file WHERE id = $1', [id])

export const addReceipt = (
  tx: Tx,
  r: {
    no: number
    id: string
    file: number
    applied: number
    refused: number
    missing: number
    strange: number
    by: string
    at: Instant
  },
): Promise<number> =>
  tx.run(
    `INSERT INTO receipt (no, id, file, applied, refused, missing, strange, made_by, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [r.no, r.id, r.file, r.applied, r.refused, r.missing, r.strange, r.by, r.at],
  )

export const setTemplate = (tx: Tx, operator: Operator, template: OperatorTemplate): Promise<number> =>
  tx.run(
    'INSERT INTO operator_template (operator, doc) VALUES ($1, $2) ON CONFLICT (operator) DO UPDATE SET doc = excluded.doc',
    [operator, JSON.stringify(template)],
  )

export const templateOf = async (db: Sql, operator: Operator): Promise<OperatorTemplate | null> =>
  (await db.one<{ doc: OperatorTemplate }>('SELECT doc FROM operator_template WHERE operator = $1', [operator]))?.doc ??
  null

/** Gives an operator access by the hash of his token, or takes it away. */
export const setAccess = (tx: Tx, operator: Operator, token: string | null): Promise<number> =>
  token === null
    ? tx.run('DELETE FROM operator_access WHERE operator = $1', [operator])
    : tx.run(
        'INSERT INTO operator_access (operator, token) VALUES ($1, $2) ON CONFLICT (operator) DO UPDATE SET token = excluded.token',
        [operator, token],
      )

export const accessOf = async (db: Sql, operator: Operator): Promise<string | null> =>
  (await db.one<{ token: string }>('SELECT token FROM operator_access WHERE operator = $1', [operator]))?.token ?? null
