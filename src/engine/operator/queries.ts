import type { IssuedFile } from '../../contract/engine/operatorList.ts'
import type { Imei14, Operator } from '../../domain/fact.ts'
import { type OperatorTemplate, STANDARD_TEMPLATE } from '../../domain/operatorFile.ts'
import type { Reader } from '../db/handle.ts'

const FILE = `SELECT f.no, f.id AS file, f.operator, f.list, f.kind, f.base, f.seq, f.rows, f.blocked, f.unblocked, f.changed, f.name,
    f.sha256, f.by, f.at, (SELECT json_object('applied', r.applied, 'refused', r.refused, 'missing', r.missing, 'strange', r.strange,
      'at', r.at) FROM receipt r WHERE r.file = f.no ORDER BY r.no DESC LIMIT 1) AS receipt
  FROM operator_file f`
type FileRow = Omit<IssuedFile, 'receipt'> & { readonly receipt: string | null }

const fileOf = (row: FileRow): IssuedFile => ({
  ...row,
  receipt: row.receipt === null ? null : (JSON.parse(row.receipt) as IssuedFile['receipt']),
})

export const LATEST_FILES = `${FILE} WHERE ?1 IS NULL OR f.operator = ?1 ORDER BY f.no DESC LIMIT ?2`
export const FILE_NAMED = `${FILE} WHERE f.name = ? ORDER BY f.no DESC LIMIT 1`
export const RECEIPT_IMEIS = `SELECT imei14, code FROM receipt_imei WHERE receipt = (SELECT max(no) FROM receipt WHERE file = ?)
  AND state = ? AND imei14 > ? ORDER BY imei14 LIMIT ?`

/** Files made for operators, the latest first. */
export const issuedFiles = (cache: Reader, operator: Operator | null, limit: number): IssuedFile[] =>
  cache.query<FileRow>(LATEST_FILES).all(operator, limit).map(fileOf)

/** The latest file of that name (without ending); the same list made twice has the same name. */
export function fileNamed(cache: Reader, name: string): IssuedFile | null {
  const row = cache.query<FileRow>(FILE_NAMED).get(name)
  return row ? fileOf(row) : null
}

/** IMEIs of the latest receipt of a file, by state. */
export const receiptImeis = (
  cache: Reader,
  file: number,
  state: string,
  after: Imei14,
  limit: number,
): [Imei14, string][] => cache.rows<[Imei14, string]>(RECEIPT_IMEIS).all(file, state, after, limit)

/** Templates that operators have of their own. */
export function ownTemplate(cache: Reader, operator: Operator): { template: OperatorTemplate; own: boolean } {
  const doc = cache.value<string>('SELECT doc FROM operator_template WHERE operator = ?', operator)
  return {
    template: doc === undefined ? STANDARD_TEMPLATE : (JSON.parse(doc) as OperatorTemplate),
    own: doc !== undefined,
  }
}

export interface StoredViolation {
  readonly imei14: Imei14
  readonly operator: Operator
  readonly since: string
  readonly firstDay: string
  readonly lastDay: string
  readonly days: number
}

const VIOLATION = `SELECT imei14, operator, blocked_since AS since, first_day AS firstDay, last_day AS lastDay, days FROM violation`
export const ALL_VIOLATIONS = `${VIOLATION} INDEXED BY violation_days ORDER BY days DESC, imei14 LIMIT ?`
export const VIOLATIONS_OF_OPERATOR = `${VIOLATION} INDEXED BY violation_operator WHERE operator = ? ORDER BY days DESC, imei14 LIMIT ?`

/** Blocked IMEIs that were seen, those with most days first. */
export const violations = (cache: Reader, operator: Operator | null, limit: number): StoredViolation[] =>
  operator === null
    ? cache.query<StoredViolation>(ALL_VIOLATIONS).all(limit)
    : cache.query<StoredViolation>(VIOLATIONS_OF_OPERATOR).all(operator, limit)

export const countViolations = (cache: Reader, operator: Operator | null): number =>
  operator === null
    ? (cache.value<number>('SELECT count(*) FROM violation') ?? 0)
    : (cache.value<number>('SELECT count(*) FROM violation WHERE operator = ?', operator) ?? 0)
