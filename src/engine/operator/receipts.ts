import type { z } from 'zod'
import type { OPERATOR_CALLS } from '../../contract/engine/operatorList.ts'
import { NAMED_IN_RECEIPT } from '../../contract/registry/operatorFiles.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { may } from '../../domain/officer.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { type Reconciled, reconcile } from '../../domain/receipt.ts'
import type { Desk } from '../sync/desk.ts'
import type { RunningJob } from '../sync/jobs.ts'
import { changesBetween, listAt, type WhichList } from '../sync/listRows.ts'
import { listsAtCursor } from '../sync/listsAtCursor.ts'
import { readReceipt } from '../sync/readReceipt.ts'
import { uuid7 } from '../sync/uuid7.ts'
import { fileNamed } from './queries.ts'

type Done = z.input<(typeof OPERATOR_CALLS)['receipt']['output']>

/**
 * Reads an operator's receipt and holds it against the entries of the file it is about, computed again from the facts of its sequence
 * number; the outcome goes to the registry. Refused: `receipt-unknown-file`, `receipt-other-operator`, `receipt-unreadable`.
 */
export async function takeReceipt(desk: Desk, path: string, job: RunningJob): Promise<Done> {
  const role = may(desk.session.officer(), 'receipt')
  if (!role.ok) throw new ProblemError(role.problem)
  const read = await readReceipt(path, job.signal)
  const file = fileNamed(desk.home.cache.read, read.file)
  if (!file) throw trouble('receipt-unknown-file', { file: read.file })
  const { operator, list, seq } = file
  if (operator !== read.operator)
    throw trouble('receipt-other-operator', { operator: read.operator, file: read.file, owner: operator })
  await listsAtCursor(desk.home.cache, job.signal)
  const cache = desk.home.cache.openReader()
  let found: Reconciled
  try {
    found = reconcile(imeisSent(cache, { operator, list }, file.base, seq), read.lines, read.restApplied)
  } finally {
    cache.close()
  }
  const counts = { applied: found.applied, refused: found.refused.length, missing: found.missing.length }
  const receipt = uuid7(desk.now())
  const body = {
    ...{ receipt, file: file.file, operator, ...counts, strange: found.strange.length },
    refusedImeis: found.refused.slice(0, NAMED_IN_RECEIPT),
    missingImeis: found.missing.slice(0, NAMED_IN_RECEIPT),
    strangeImeis: found.strange.slice(0, NAMED_IN_RECEIPT),
  }
  const command = desk.home.desk.write((tx) =>
    desk.commands.enqueue(tx, { kind: 'record-receipt', subject: receipt, body }),
  )
  const settled = await desk.commands.settle(command)
  desk.changed('operator')
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  const state = settled.state === 'done' ? 'recorded' : 'queued'
  return { operator, file: file.name, list, seq, ...counts, strange: found.strange.length, state }
}

function* imeisSent(
  cache: Parameters<typeof listAt>[0],
  which: WhichList,
  base: number | null,
  seq: number,
): Generator<Imei14> {
  for (const { imei14 } of base === null ? listAt(cache, which, seq) : changesBetween(cache, which, base, seq))
    yield imei14
}
