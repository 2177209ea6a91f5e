/**
 * Expected trouble. Every code has a message and a remedy in three languages in
 * `resources/locales/<lang>/problem.json`; a test holds the two lists equal. A bug is not a problem: it throws an Error.
 */
export const PROBLEM_CODES = [
  // who and what may be done
  'usage',
  'not-available',
  'not-signed-in',
  'unknown-officer',
  'role-forbids',
  'own-act',
  'already-signed',
  'nothing-to-sign',
  // desk and engine
  'home-in-use',
  'home-key-missing',
  'home-key-wrong',
  'passphrase-needed',
  'passphrase-weak',
  'passphrase-wrong',
  'schema-newer',
  'home-not-empty',
  'backup-damaged',
  'engine-restarted',
  'cancelled',
  'disk-full',
  'disk-read-only',
  'file-missing',
  'file-unreadable',
  'target-not-writable',
  'bad-message',
  'internal',
  // registry and sync
  'registry-unreachable',
  'registry-refused',
  'registry-version',
  'port-taken',
  'database-out-of-reach',
  'database-missing',
  'desk-unknown',
  'desk-revoked',
  'signature-wrong',
  'epoch-changed',
  'registry-other',
  'registry-untrusted',
  'registry-not-tamga',
  'clock-wrong',
  'snapshot-needed',
  'digest-between',
  'enrolment-needed',
  'enrolment-code-wrong',
  'desk-missing',
  'event-unknown',
  'blob-missing',
  'blob-damaged',
  'segment-damaged',
  'command-changed',
  'read-only-offline',
  'needs-registry',
  // values
  'imei-unusable',
  'date-unusable',
  'unknown-imei',
  'too-many-imeis',
  'list-forgotten',
  'view-unusable',
  // batches
  'kind-mismatch',
  'mapping-incomplete',
  'column-unknown',
  'sheet-unknown',
  'batch-unknown',
  'batch-not-staged',
  'step-unknown',
  'too-many-edits',
  'batch-already-undone',
  'batch-not-yours',
  'guard-bad-rows',
  'guard-size',
  'guard-zeros-lost',
  'guard-out-of-region',
  'effect-changed',
  'owner-other-body',
  'reason-missing',
  // appeals
  'appeal-unknown',
  'appeal-not-claimed',
  'appeal-claimed-by-other',
  'appeal-closed',
  'appeal-changed',
  'appeal-none-waiting',
  'field-unseen',
  'field-unknown',
  'fields-contradict',
  'reason-unknown',
  'hearing-too-early',
  'term-unusable',
  'term-over',
  'decision-of-other',
  'revocation-waits',
  'nothing-approved',
  'complaint-too-late',
  'bulk-too-many',
  'appeal-duplicate',
  'tracking-used-up',
  'papers-missing',
  'applicant-unusable',
  'evidence-unusable',
  'evidence-too-large',
  'appeal-secret-wrong',
  'portal-unknown',
  'letter-unknown',
  'letter-template',
  'evidence-unknown',
  'picture-unreadable',
  'picture-too-large',
  'picture-too-slow',
  // block runs
  'blockrun-unknown',
  // policy
  'policy-unusable',
  // exports
  'operator-unknown',
  'report-unknown',
  'period-empty',
  // reading of files (the sheet room)
  'sheet-missing-file',
  'sheet-empty-file',
  'sheet-not-spreadsheet',
  'sheet-web-page',
  'sheet-broken-zip',
  'sheet-bomb',
  'sheet-encrypted',
  'sheet-wrong-password',
  'sheet-dtd',
  'sheet-crc',
  'sheet-broken-part',
  'sheet-too-wide',
  'sheet-too-large',
  'sheet-unclosed-quote',
  'sheet-changed-while-read',
  'sheet-old-lock',
  'sheet-unsupported',
  'sheet-unwritable-value',
  'too-many-requests',
  'policy-gap',
  'policy-cycle',
  'policy-order',
  'policy-unknown',
  'receipt-unknown-file',
  'receipt-other-operator',
  'receipt-unreadable',
  'clone-unknown',
  'clone-closed',
  'clone-needs-holder',
  'notice-unknown',
  'ledger-unknown',
  'policy-changed',
  'seq-unknown',
  'run-amnesty',
  'operator-token-wrong',
] as const

export type ProblemCode = (typeof PROBLEM_CODES)[number]

/** Values a message is filled with: file, sheet, row, column, value, owner and the like. Never a secret. */
export type ProblemDetails = Readonly<Record<string, string | number>>

export interface Problem {
  readonly code: ProblemCode
  readonly details: ProblemDetails
}

export const problem = (code: ProblemCode, details: ProblemDetails = {}): Problem => ({ code, details })

/** Carries a Problem through code that has no other way to answer; caught where calls are answered. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(p: Problem, options?: ErrorOptions) {
    super(p.code, options)
    this.name = 'ProblemError'
    this.problem = p
  }
}

/** Throws the problem: `throw trouble('batch-unknown', { batch })`. */
export const trouble = (code: ProblemCode, details: ProblemDetails = {}): ProblemError =>
  new ProblemError(problem(code, details))

/** An answer that is either a value or the reason why there is none. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value })
export const refused = (code: ProblemCode, details: ProblemDetails = {}): { ok: false; problem: Problem } => ({
  ok: false,
  problem: problem(code, details),
})
