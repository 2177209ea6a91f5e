import type { Logger } from 'pino'
import { PROTOCOL } from '../contract/version.ts'
import type { Instant } from '../domain/fact.ts'
import { AuditProofs } from './audit/proofs.ts'
import { checkRequest, enrolDesk, signIn } from './auth/desks.ts'
import type { Signer } from './auth/signingKey.ts'
import type { BlobStore } from './blob/blobStore.ts'
import { execute, type Workshop } from './commands/execute.ts'
import { HANDLERS } from './commands/handlers.ts'
import { PolicyStarter } from './commands/policyStarter.ts'
import { desks } from './db/desk/queries.ts'
import { currentPolicy, officers } from './db/directory/queries.ts'
import { publishedKeys } from './db/key/queries.ts'
import { auditAfter, auditRoot, readHead } from './db/log/queries.ts'
import type { Database } from './db/pool.ts'
import { settings } from './db/setting/queries.ts'
import { digest } from './digest/digest.ts'
import { feed } from './feed/feed.ts'
import { HeadWatch } from './feed/headWatch.ts'
import type { Services } from './http/services.ts'
import { receiveAppeal } from './intake/receiveAppeal.ts'
import { checkImei } from './public/checkImei.ts'
import type { SnapshotJob } from './snapshot/snapshotJob.ts'

/** Puts the registry's parts together for its routes; `stop` ends what listens. */
export function registryServices(
  db: Database,
  blobs: BlobStore,
  signer: Signer,
  now: () => Instant,
  log: Logger,
  version: string,
  snapshots: Pick<SnapshotJob, 'newest'>,
): Services & { stop(): void } {
  const heads = new HeadWatch(
    () => readHead(db),
    (e) => log.warn({ err: e }, 'head not readable'),
  )
  const auditProofs = new AuditProofs(db, signer, now)
  const shop: Workshop = { db, blobs, now, moved: () => heads.poke() }
  const policies = new PolicyStarter(shop, (e) => log.error({ err: e }, 'a policy could not begin'))
  return {
    now,
    blobs,
    stop: () => {
      policies.stop()
      heads.stop()
    },
    hello: async () => {
      const head = await readHead(db)
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
      }
    },
    desks: () => desks(db),
    enrol: (desk) => enrolDesk(db, desk, now()),
    signIn: (request) => signIn(db, request, now()),
    officers: () => officers(db),
    checkDesk: (request) => checkRequest(db, request, now()),
    signedReads: async () => !(await readHead(db)).sample,
    feed: (epoch, after, limit) => feed(db, epoch, after, limit),
    live: (take) => heads.listen(take),
    command: async (command) => {
      await policies.look()
      return execute(shop, HANDLERS, command)
    },
    audit: (after, limit) => auditAfter(db, after, limit),
    checkpoint: async () => ({ ...(await auditRoot(db)), at: now() }),
    proofs: (subjects) => auditProofs.about(subjects),
    digest: (atSeq) => digest(db, atSeq),
    intake: async (appeal) => {
      const received = await receiveAppeal(db, blobs, appeal, now())
      heads.poke()
      return received
    },
    signer,
    keys: () => publishedKeys(db),
    checkImei: (imei) => checkImei(db, imei, now()),
    ready: async () => {
      await readHead(db)
    },
    metrics: async () => {
      const { head } = await readHead(db)
      return `# TYPE tamga_head_seq gauge\ntamga_head_seq ${head}\n`
    },
  }
}
