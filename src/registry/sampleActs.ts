import { createHash } from 'node:crypto'
import { type CommandBody, type CommandKind, type CommandResult, EVENTS } from '../contract/registry.ts'
import { addDays } from '../domain/businessDate.ts'
import type { Imei14, Instant, IsoDate, Operator } from '../domain/fact.ts'
import type { Officer } from '../domain/officer.ts'
import { type FileRow, fileCells, fileColumns, operatorFileName, STANDARD_TEMPLATE } from '../domain/operatorFile.ts'
import type { SampleObservation } from '../sample/shape.ts'
import type { Signer } from './auth/signingKey.ts'
import type { BlobStore } from './blob/blobStore.ts'
import { Act, type Handler } from './commands/act.ts'
import { HANDLERS } from './commands/handlers.ts'
import { tellObserved } from './commands/observe.ts'
import { uuid7 } from './commands/uuid7.ts'
import { currentPolicy } from './db/directory/queries.ts'
import { batchesBringing } from './db/listing/queries.ts'
import { readHead, record } from './db/log/queries.ts'
import { noticesAfter } from './db/notice/queries.ts'
import { storedEntries } from './db/operator/listRows.ts'
import { addObserved, holdersOf, startObserving } from './db/sighting/queries.ts'
import type { Tx } from './db/transaction.ts'

/** Where the sample's acts are carried out. */
export interface SampleScene {
  readonly tx: Tx
  readonly blobs: BlobStore
  readonly signer: Signer
  readonly officers: readonly Officer[]
  readonly desk: string
  readonly today: IsoDate
}

/**
 * What officers did with the small sample the day before: suspected clones looked into, holders warned, files sent to operators and
 * answered, a block run declined and another one under way, a change of the policy proposed. By the handlers of the real commands, so
 * every rule holds; nothing here moves a listing.
 */
export async function addSampleActs(scene: SampleScene, observations: readonly SampleObservation[]): Promise<void> {
  const acts = new SampleActs(scene)
  const cases = await acts.observe(observations)
  await decideClones(acts, scene, cases)
  await warnHolders(acts, scene)
  await sendFiles(acts, scene.tx)
  await proposeRuns(acts, scene)
  await proposePolicy(acts, scene)
}

/** Acts one after the other in the evening before the sample's day. */
class SampleActs {
  readonly #scene: SampleScene
  #minute = 0
  constructor(scene: SampleScene) {
    this.#scene = scene
  }

  /** The next moment of that evening; in Kazakhstan the office closes. */
  next(): Instant {
    const minute = String(this.#minute++).padStart(2, '0')
    return `${addDays(this.#scene.today, -1)}T13:${minute}:00.000Z`
  }

  /** Carries out a command for an officer, as if a desk had sent it. */
  async does<K extends CommandKind>(by: string, kind: K, body: CommandBody<K>): Promise<CommandResult<K>> {
    const { act, end } = this.#act(by, kind)
    const outcome = await (HANDLERS[kind] as Handler<K>)(act, body)
    if (!outcome.ok) throw new Error(`the sample has an act that is refused: ${kind}, ${outcome.problem.code}`)
    await end()
    return outcome.value
  }

  /** Adds raw observations to the operators' last lists; answers the clone cases they opened. */
  async observe(observations: readonly SampleObservation[]): Promise<{ id: string; imei14: Imei14 }[]> {
    const { tx } = this.#scene
    const cases: { id: string; imei14: Imei14 }[] = []
    for (const [operator, rows] of Map.groupBy(observations, (o) => o.operator)) {
      const { act, end } = this.#act('importer', 'commit-batch')
      const no = (await batchesBringing(tx, ['seen'], operator)).at(-1)
      if (no === undefined) throw new Error(`the sample has no list of ${operator}`)
      await startObserving(tx)
      await addObserved(tx, rows)
      await tellObserved(act, { no, operator }, await currentPolicy(tx))
      for (const { type, doc } of act.events) {
        if (type !== 'clone-suspected') continue
        const found = EVENTS['clone-suspected'].parse(doc)
        cases.push({ id: found.case, imei14: found.imei14 })
      }
      act.about(operator)
      await end()
    }
    return cases
  }

  #act(by: string, kind: CommandKind): { act: Act; end: () => Promise<void> } {
    const { tx, blobs, officers, desk, signer } = this.#scene
    const officer = officers.find(({ id }) => id === by)
    if (!officer) throw new Error(`the sample names an unknown officer: ${by}`)
    const now = this.next()
    const act = new Act(tx, blobs, { command: uuid7(now), officer, desk, now }, signer)
    const end = async (): Promise<void> => {
      const audit = { officer: by, desk, act: kind, subject: act.subject }
      await act.number(await record(tx, now, act.events, [audit]))
      await act.finish()
    }
    return { act, end }
  }
}

/** One case is signed as a clone next, another was one device after all; the others wait. */
async function decideClones(
  acts: SampleActs,
  { tx }: SampleScene,
  cases: readonly { readonly id: string; readonly imei14: Imei14 }[],
): Promise<void> {
  const [clone, dismissed] = cases
  const [holder] = clone ? await holdersOf(tx, clone.imei14) : []
  if (!clone || !dismissed || !holder) throw new Error('the observations of the sample show no clones')
  await acts.does('reviewer', 'decide-clone-case', {
    case: clone.id,
    verdict: 'clone',
    holder: { imsi: holder.imsi, msisdn: holder.msisdn, operator: holder.operator },
    note: 'Первый владелец подтвердил покупку. / Бірінші иесі сатып алғанын растады. (SAMPLE)',
  })
  await acts.does('reviewer2', 'decide-clone-case', {
    case: dismissed.id,
    verdict: 'dismissed',
    holder: null,
    note: 'SIM-карты одной семьи. / Бір отбасының SIM-карталары. (SAMPLE)',
  })
}

/** Warnings of two operators; those that did not arrive are about devices that still have time, so that no block run is held by them. */
async function warnHolders(acts: SampleActs, { tx, today }: SampleScene): Promise<void> {
  for (const [operator, lost] of [
    ['kcell', 8],
    ['tele2', 3],
  ] as const) {
    const issue = uuid7(acts.next())
    const { no, rows } = await acts.does('approver', 'issue-notices', { issue, operator })
    const warned = await noticesAfter(tx, no, operator, 0, rows)
    const failed = warned.filter(({ deadline }) => deadline > today).slice(0, lost)
    const keys = (some: typeof warned): Imei14[] => some.map(({ imei14 }) => imei14)
    const delivered = keys(warned.filter((notice) => !failed.includes(notice)))
    await acts.does('approver', 'record-delivery', { issue, delivered, failed: keys(failed) })
  }
}

/** The black list for every operator and the grey one for one; two answered, one of them not with everything applied. */
async function sendFiles(acts: SampleActs, tx: Tx): Promise<void> {
  const sent = async (operator: Operator, list: 'black' | 'grey') => {
    const { head: seq } = await readHead(tx)
    const rows: FileRow[] = []
    for await (const some of storedEntries(tx, list)) rows.push(...some)
    const columns = fileColumns(STANDARD_TEMPLATE, list, 'full')
    const lines = [
      columns.map(({ header }) => header),
      ...rows.map((row) => fileCells(row, columns, STANDARD_TEMPLATE)),
    ]
    const name = operatorFileName(operator, list, null, seq)
    const sha256 = hashOf(lines.map((cells) => `${cells.join(',')}\n`).join(''))
    const counts = { rows: rows.length, blocked: rows.length, unblocked: 0, changed: 0 }
    const file = uuid7(acts.next())
    const head = { file, operator, list, kind: 'full' as const, base: null, seq, name, sha256, ...counts }
    await acts.does('approver', 'issue-operator-file', { ...head, manifest: hashOf(`${name}\n${sha256}`) })
    return { file, operator, imeis: rows.map(({ imei14 }) => imei14) }
  }
  type Sent = Awaited<ReturnType<typeof sent>>
  const answered = async ({ file, operator, imeis }: Sent, refused: number, missing: number): Promise<void> => {
    const refusedImeis = imeis.slice(0, refused).map((imei14) => ({ imei14, code: 'EIR-17' }))
    const missingImeis = imeis.slice(refused, refused + missing)
    await acts.does('approver', 'record-receipt', {
      ...{ receipt: uuid7(acts.next()), file, operator, refusedImeis, missingImeis, strangeImeis: [] },
      ...{ applied: imeis.length - refused - missing, refused, missing, strange: 0 },
    })
  }
  const kcell = await sent('kcell', 'black')
  const beeline = await sent('beeline', 'black')
  await sent('tele2', 'black')
  await sent('kcell', 'grey')
  await answered(kcell, 12, 5)
  await answered(beeline, 0, 0)
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A run that was declined, and a part of what is overdue that waits for its first signature. */
async function proposeRuns(acts: SampleActs, { today }: SampleScene): Promise<void> {
  const until = addDays(today, -2)
  const propose = async (by: string, most: number | null) => {
    const run = uuid7(acts.next())
    await acts.does(by, 'propose-blockrun', { run, until, ...(most === null ? {} : { part: { most } }) })
    return run
  }
  const whole = await propose('approver2', null)
  const declined = { run: whole, manifest: hashOf(''), agrees: false }
  const note = 'Сначала предупреждения. / Алдымен ескертулер. (SAMPLE)'
  await acts.does('approver', 'sign-blockrun', { ...declined, note })
  await propose('reviewer', 24)
}

/** Forty-five days instead of thirty, from three weeks on. */
async function proposePolicy(acts: SampleActs, { tx, today }: SampleScene): Promise<void> {
  const now = await currentPolicy(tx)
  const policy = { ...now, graceDays: 45, validFrom: addDays(today, 21), precedence: [...now.precedence] }
  const note = 'По обращению операторов. / Операторлардың өтініші бойынша. (SAMPLE)'
  await acts.does('approver2', 'propose-policy', { proposal: uuid7(acts.next()), policy, note })
}
