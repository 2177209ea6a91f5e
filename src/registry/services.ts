import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { ABILITIES } from '../contract/registry.ts'
import { PROTOCOL } from '../contract/version.ts'
import { businessDate } from '../domain/businessDate.ts'
import type { Instant } from '../domain/fact.ts'
import { imei14Text } from '../domain/imei.ts'
import { trouble } from '../domain/problem.ts'
import { AuditProofs } from './audit/proofs.ts'
import { checkRequest, enrolDesk, signIn } from './auth/desks.ts'
import type { Signer } from './auth/signingKey.ts'
import type { BlobStore } from './blob/blobStore.ts'
import { execute, type Workshop } from './commands/execute.ts'
import { HANDLERS } from './commands/handlers.ts'
import { PolicyStarter } from './commands/policyStarter.ts'
import { SightingKeeper } from './commands/sightingKeeper.ts'
import { letterByCode } from './db/appeal/secrets.ts'
import { caseById } from './db/clone/queries.ts'
import { desks } from './db/desk/queries.ts'
import { currentPolicy, officers } from './db/directory/queries.ts'
import { publishedKeys } from './db/key/queries.ts'
import { auditAfter, auditRoot, readHead } from './db/log/queries.ts'
import { issueById, noticesAfter } from './db/notice/queries.ts'
import { accessOf } from './db/operator/queries.ts'
import type { Database } from './db/pool.ts'
import { beat, forgetProcesses, livingProcesses } from './db/process/queries.ts'
import type { Reads } from './db/reads.ts'
import { settings } from './db/setting/queries.ts'
import { holdersOf } from './db/sighting/queries.ts'
import { appealGroupsAt, appealNow, appealVersionsAt } from './digest/appeals.ts'
import { digest, digestRanges, factRows, listingRows } from './digest/digest.ts'
import { exchangeDrafts } from './draft/exchangeDrafts.ts'
import { DurableHead } from './feed/durableHead.ts'
import { feed } from './feed/feed.ts'
import { HeadWatch } from './feed/headWatch.ts'
import { metricsText } from './http/metricsText.ts'
import type { Services } from './http/services.ts'
import { applicantActs, followAppeal } from './intake/applicant.ts'
import { checkPortal } from './intake/portals.ts'
import { receiveAppeal } from './intake/receiveAppeal.ts'
import { listingPage } from './listing/listingPage.ts'
import { pullList, pullTag } from './operator/pullList.ts'
import { checkImei } from './public/checkImei.ts'
import { ChecksTogether } from './public/checksTogether.ts'
import { checkReportProof } from './reports/checkProof.ts'
import { listFigures } from './reports/listFigures.ts'
import { simulate } from './simulate/simulate.ts'
import type { SnapshotJob } from './snapshot/snapshotJob.ts'

/** How often a process says that it lives. */
const BEAT_MS = 20_000

/** Puts the registry's parts together for its routes; `stop` ends what listens. */
export function registryServices(
  db: Database,
  reads: Reads,
  blobs: BlobStore,
  signer: Signer,
  now: () => Instant,
  log: Logger,
  version: string,
  snapshots: Pick<SnapshotJob, 'newest'>,
): Services & { stop(): Promise<void> } {
  const me = randomUUID()
  const durable = new DurableHead(
    () => readHead(db),
    () => beat(db, me, version),
  )
  const heads = new HeadWatch(
    () => durable.read(),
    (e) => log.warn({ err: e }, 'head not readable'),
  )
  const living = setInterval(() => {
    beat(db, me, version).catch((e) => log.warn({ err: e }, 'database not reachable'))
  }, BEAT_MS).unref()
  const checks = new ChecksTogether()
  const auditProofs = new AuditProofs(db, signer, now)
  const moved = (seq?: number): void => {
    if (seq !== undefined) durable.own(seq)
    heads.poke()
  }
  const shop: Workshop = { signer, db, blobs, now, moved, settled: () => durable.settled() }
  const sightings = new SightingKeeper(db, now, (e) => log.error({ err: e }, 'old observations could not be forgotten'))
  const policies = new PolicyStarter(shop, (e) => log.error({ err: e }, 'a policy could not begin'))
  /** The epoch this process knows, asked for only while it knows none that reaches `seq`. */
  const epochAt = async (seq: number): Promise<{ epoch: string; seq: number }> => {
    const { known } = durable
    const { epoch } = known && known.head >= seq ? known : await durable.read()
    return { epoch, seq }
  }
  return {
    now,
    blobs,
    stop: async () => {
      clearInterval(living)
      policies.stop()
      sightings.stop()
      heads.stop()
      // a database that is away at the end forgets this process by itself
      await forgetProcesses(db, me).catch((e) => log.warn({ err: e }, 'not signed off'))
    },
    hello: async () => {
      const head = await durable.read()
      const [policy, set, snapshot] = await Promise.all([currentPolicy(db), settings(db), snapshots.newest(head.epoch)])
      return {
        protocol: { min: PROTOCOL, max: PROTOCOL },
        epoch: head.epoch,
        head: head.head,
        version,
        sample: head.sample,
        offlineHours: set.offlineHours ?? policy.offlineHours,
        time: now(),
        installation: head.installation,
        oldest: head.oldest,
        snapshot,
        settings: set,
        can: [...ABILITIES],
      }
    },
    desks: () => desks(db),
    enrol: (desk) => enrolDesk(db, desk, now()),
    signIn: (request) => signIn(db, request, now()),
    officers: () => officers(db),
    checkDesk: (request) => checkRequest(db, request, now()),
    signedReads: async () => !(await readHead(db)).sample,
    feed: (request) => feed(durable, reads, request),
    live: (take) => heads.listen(take),
    command: async (command) => {
      await policies.look()
      return execute(shop, HANDLERS, command)
    },
    audit: (after, limit) => auditAfter(db, after, limit),
    checkpoint: async () => ({ ...(await auditRoot(db)), at: now() }),
    listings: (filter, after, limit) => listingPage(db, filter, after === null ? -1 : Number(after), limit),
    listFigures: (ask) => listFigures(db, ask),
    simulate: (ask, signal) => simulate(db, { ...ask, today: businessDate(now()) }, signal),
    proofs: (subjects) => auditProofs.about(subjects),
    digest: async (atSeq) =>
      atSeq === null ? digest(db, atSeq) : reads.at(await epochAt(atSeq), (from) => digest(from, atSeq)),
    digestRanges: async (part, atSeq, of) =>
      reads.at(await epochAt(atSeq), (source) => digestRanges(source, part, atSeq, of)),
    factRows: async (atSeq, from, to) => reads.at(await epochAt(atSeq), (source) => factRows(source, atSeq, from, to)),
    listingRows: async (atSeq, from, to) =>
      reads.at(await epochAt(atSeq), (source) => listingRows(source, atSeq, from, to)),
    appealGroups: async (atSeq) => reads.at(await epochAt(atSeq), (source) => appealGroupsAt(source, atSeq)),
    appealVersions: async (atSeq, group) =>
      reads.at(await epochAt(atSeq), (source) => appealVersionsAt(source, atSeq, group)),
    appealNow: (id) => appealNow(db, id),
    intake: async (appeal) => {
      const received = await receiveAppeal(db, blobs, appeal, now())
      moved()
      return received
    },
    follow: (access) => followAppeal(db, access),
    applicantActs: async (access, act) => {
      const view = await applicantActs(db, blobs, access, act, now())
      moved()
      return view
    },
    exchangeDrafts: (ask) => exchangeDrafts(db, ask, now()),
    checkPortal: async (authorization) => checkPortal(blobs.folder, authorization, (await readHead(db)).sample),
    letter: (no, code) => letterByCode(db, no, code),
    operatorAccess: (operator) => accessOf(db, operator),
    pullTag: (pull) => pullTag(db, pull),
    pullList: (pull) => pullList(db, signer, pull),
    notices: async (id, after, limit) => {
      const issue = await issueById(db, id)
      if (!issue) throw trouble('notice-unknown', { issue: id })
      const rows = await noticesAfter(db, issue.no, issue.operator, after, limit)
      return rows.map((row) => ({ ...row, imei14: imei14Text(row.imei14) }))
    },
    rivals: async (id) => {
      const found = await caseById(db, id)
      if (!found) throw trouble('clone-unknown', { case: id })
      return holdersOf(db, found.imei14)
    },
    signer,
    keys: () => publishedKeys(db),
    reportProof: (text) => checkReportProof(db, text),
    checkImei: async (imei, minSeq) => reads.at(await epochAt(minSeq), (from) => checkImei(checks, from, imei, now())),
    ready: async () => {
      await readHead(db)
    },
    metrics: async () => {
      // a database that is away is a figure too
      const head = await readHead(db).catch(() => null)
      const processes = head ? await livingProcesses(db) : null
      const { connections } = db
      return metricsText({ version, head, connections, listening: heads.listeners, reads: reads.counts, processes })
    },
  }
}
