import type { z } from 'zod'
import type { GridFilter } from '../../contract/gridFilter.ts'
import type { DraftExchange, SharedDraft } from '../../contract/registry/appealActs.ts'
import type { AppealGroups, AppealNow, AppealVersions } from '../../contract/registry/appealDigest.ts'
import type { zDesk } from '../../contract/registry/desks.ts'
import type { DigestPart, DigestRanges, FactRows, ListingRows } from '../../contract/registry/digestRanges.ts'
import type { FiguresAsk, ListFigures } from '../../contract/registry/listFigures.ts'
import type { ListingPage } from '../../contract/registry/listings.ts'
import type { AuditProof } from '../../contract/registry/proof.ts'
import type { ReportProofAnswer } from '../../contract/registry/reportProof.ts'
import type { AuditEntry, Command, CommandAnswer, Digest, Feed, Hello, Intake } from '../../contract/registry.ts'
import type { Simulated, SimulationAsk } from '../../contract/simulation.ts'
import type { Instant, Operator } from '../../domain/fact.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Signer } from '../auth/signingKey.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import type { StoredLetter } from '../db/appeal/secrets.ts'
import type { PublishedKey } from '../db/key/queries.ts'
import type { NoticeRow } from '../db/notice/queries.ts'
import type { Holder } from '../db/sighting/queries.ts'
import type { FeedRequest } from '../feed/feed.ts'
import type { Access } from '../intake/applicant.ts'
import type { ApplicantAct, ApplicantView } from '../intake/applicantView.ts'
import type { Pull, Pulled } from '../operator/pullList.ts'
import type { CheckedImei } from '../public/checkImei.ts'

/** What the routes call; put together where the registry starts. */
export interface Services {
  now(): Instant
  hello(): Promise<Hello>
  enrol(desk: { desk: string; publicKey: string; name: string; code?: string | undefined }): Promise<void>
  signIn(request: { desk: string; officer: string; at: Instant; signature: string }): Promise<Officer>
  officers(): Promise<Officer[]>
  /** Enrolled and revoked desks. */
  desks(): Promise<z.infer<typeof zDesk>[]>
  /** @throws ProblemError `desk-unknown`, `desk-revoked`, `signature-wrong` */
  checkDesk(request: { desk: string; at: Instant; signature: string; text: string }): Promise<void>
  /** Whether reads must name their desk (no sample data here). */
  signedReads(): Promise<boolean>
  feed(request: FeedRequest): Promise<Feed>
  /** Calls `take` with the head now and at every move; answers how to stop. */
  live(take: (head: { epoch: string; head: number }) => void): () => void
  command(command: Command): Promise<CommandAnswer>
  readonly blobs: BlobStore
  /** Of the live facts and listings at `atSeq`; null: now. */
  digest(atSeq: number | null): Promise<Digest>
  digestRanges(part: DigestPart, atSeq: number, of: { from: number; to: number; width: number }): Promise<DigestRanges>
  factRows(atSeq: number, from: number, to: number): Promise<FactRows>
  listingRows(atSeq: number, from: number, to: number): Promise<ListingRows>
  appealGroups(atSeq: number): Promise<AppealGroups>
  appealVersions(atSeq: number, group: string): Promise<AppealVersions>
  appealNow(id: string): Promise<AppealNow>
  audit(after: number, limit: number): Promise<AuditEntry[]>
  checkpoint(): Promise<{ entries: number; root: string; at: Instant }>
  /** A page of a list by any filter, in order of IMEI. */
  listings(filter: GridFilter, after: string | null, limit: number): Promise<ListingPage>
  /** How many IMEIs stood on the lists as of an event. @throws ProblemError `epoch-changed`, `digest-between` */
  listFigures(ask: FiguresAsk): Promise<ListFigures>
  /** What another policy would move. @throws ProblemError `policy-unusable`, `cancelled` */
  simulate(ask: SimulationAsk, signal: AbortSignal): Promise<Simulated>
  /** What proves that acts about these batches, appeals and runs stand in the audit log. */
  proofs(subjects: readonly string[]): Promise<AuditProof>
  intake(appeal: Intake): Promise<{ id: string; secret: string }>
  /** What an applicant may know and do with his number and secret. @throws ProblemError `appeal-secret-wrong` */
  follow(access: Access): Promise<ApplicantView>
  applicantActs(access: Access, act: ApplicantAct): Promise<ApplicantView>
  /** An officer's drafts, to and from his desks. */
  exchangeDrafts(ask: DraftExchange): Promise<SharedDraft[]>
  /** @throws ProblemError `portal-unknown` */
  checkPortal(authorization: string | undefined): Promise<void>
  /** The letter of that number, when the code is its own. */
  letter(no: string, code: string): Promise<StoredLetter | null>
  /** Hash of an operator's token; null: he has no access. */
  operatorAccess(operator: Operator): Promise<string | null>
  pullTag(pull: Pull): Promise<{ tag: string }>
  pullList(pull: Pull): Promise<Pulled>
  /** Warnings of an issue with their numbers. @throws ProblemError `notice-unknown` */
  notices(issue: string, after: number, limit: number): Promise<(Omit<NoticeRow, 'imei14'> & { imei14: string })[]>
  /** Everybody who used the IMEI of a clone case. @throws ProblemError `clone-unknown` */
  rivals(caseId: string): Promise<Holder[]>
  /** The registry's own key. */
  readonly signer: Signer
  /** Public keys the registry signed with, earlier ones too. */
  keys(): Promise<PublishedKey[]>
  /** @throws ProblemError `imei-unusable` */
  /** As of `minSeq` or later. */
  checkImei(imei: string, minSeq: number): Promise<CheckedImei>
  /** Whether a desk of this registry signed the proof of a report. */
  reportProof(text: string): Promise<ReportProofAnswer>
  /** Rejects while the database does not answer. */
  ready(): Promise<void>
  /** Prometheus text. */
  metrics(): Promise<string>
}
