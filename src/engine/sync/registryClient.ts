import { z } from 'zod'
import type { GridFilter } from '../../contract/gridFilter.ts'
import { draftsText, type SharedDraft, zSharedDrafts } from '../../contract/registry/appealActs.ts'
import {
  type AppealGroups,
  type AppealNow,
  type AppealVersions,
  zAppealGroups,
  zAppealNow,
  zAppealVersions,
} from '../../contract/registry/appealDigest.ts'
import { zHolders } from '../../contract/registry/clones.ts'
import { zDesks } from '../../contract/registry/desks.ts'
import {
  type DigestPart,
  type DigestRanges,
  type FactRows,
  type ListingRows,
  zDigestRanges,
  zFactRows,
  zListingRows,
} from '../../contract/registry/digestRanges.ts'
import { type FiguresAsk, figuresQuery, type ListFigures, zListFigures } from '../../contract/registry/listFigures.ts'
import { type ListingPage, listingQuery, zListingPage } from '../../contract/registry/listings.ts'
import { zNoticeRows } from '../../contract/registry/notices.ts'
import { type AuditProof, zAuditProof } from '../../contract/registry/proof.ts'
import { type ReportProofAnswer, zReportProofAnswer } from '../../contract/registry/reportProof.ts'
import {
  type Ability,
  type AuditEntry,
  type Command,
  type CommandAnswer,
  type Digest,
  type Feed,
  type Hello,
  requestText,
  sessionText,
  zAuditEntry,
  zCheckpoint,
  zCommandAnswer,
  zDigest,
  zFeed,
  zOfficers,
  zSignedIn,
} from '../../contract/registry.ts'
import { type Simulated, type SimulationAsk, zSimulated } from '../../contract/simulation.ts'
import type { Instant } from '../../domain/fact.ts'
import type { Officer } from '../../domain/officer.ts'
import { FEED_PAGE } from './feedPage.ts'
import { helloOf } from './hello.ts'
import { checkAnswer, type HttpRequest, jsonOf, otherVersion, send } from './http.ts'
import type { Identity } from './identity.ts'

/** A commit of millions of rows takes the registry a while. */
const COMMAND_TIMEOUT_MS = 300_000

/** The registry's requests (contract/registry.ts) as this desk makes them. All throw ProblemError. */
export class RegistryClient {
  readonly registry: string
  readonly #identity: Identity
  readonly #now: () => Instant
  readonly #stop: AbortSignal
  constructor(registry: string, identity: Identity, now: () => Instant, stop: AbortSignal) {
    this.registry = registry.endsWith('/') ? registry : `${registry}/`
    this.#identity = identity
    this.#now = now
    this.#stop = stop
  }

  /** Throws `registry-not-tamga` when something else answers. */
  hello(): Promise<Hello> {
    return helloOf(this.registry, () => this.raw({ method: 'GET', path: '/v1/hello', timeoutMs: 10_000 }))
  }

  /** Throws `registry-version` of a registry that does not know how to do this. */
  async mustBeAble(to: Ability): Promise<void> {
    const { can, version } = await this.hello()
    if (!can.includes(to)) throw otherVersion(version)
  }

  async enrol(name: string, code?: string): Promise<void> {
    const { desk, publicKey } = this.#identity
    await this.#json(json('/v1/desks', { desk, publicKey, name, code }), z.unknown())
  }

  /** Drafts of an officer that changed here; answers all the registry has of him. */
  exchangeDrafts(officer: string, drafts: readonly SharedDraft[]): Promise<SharedDraft[]> {
    const ask = { desk: this.#identity.desk, officer, at: this.#now(), drafts: [...drafts] }
    return this.#json(json('/v1/drafts', { ...ask, signature: this.#identity.sign(draftsText(ask)) }), zSharedDrafts)
  }

  /** All desks of the registry. */
  desks(): Promise<z.infer<typeof zDesks>> {
    return this.#json({ method: 'GET', path: '/v1/desks' }, zDesks)
  }

  async signIn(officer: string): Promise<Officer> {
    const claim = { desk: this.#identity.desk, officer, at: this.#now() }
    const body = { ...claim, signature: this.#identity.sign(sessionText(claim)) }
    return (await this.#json(json('/v1/sessions', body), zSignedIn)).officer
  }

  officers(): Promise<Officer[]> {
    return this.#json({ method: 'GET', path: '/v1/officers' }, zOfficers)
  }

  /** Events after a number; the registry knows at least `minSeq`, whichever of its databases answers. */
  feed(epoch: string, after: number, minSeq: number): Promise<Feed> {
    const path = `/v1/feed?epoch=${epoch}&after=${after}&limit=${FEED_PAGE}&min_seq=${minSeq}`
    return this.#json({ method: 'GET', path }, zFeed)
  }

  command(command: Command): Promise<CommandAnswer> {
    return this.#json({ ...json('/v1/commands', command), timeoutMs: COMMAND_TIMEOUT_MS }, zCommandAnswer)
  }

  /** Whether a desk of this registry signed the proof of a report. */
  reportProof(proof: string): Promise<ReportProofAnswer> {
    return this.#json({ method: 'GET', path: `/public/report?${new URLSearchParams({ proof })}` }, zReportProofAnswer)
  }

  digest(atSeq: number): Promise<Digest> {
    return this.#json({ method: 'GET', path: `/v1/digest?atSeq=${atSeq}`, timeoutMs: COMMAND_TIMEOUT_MS }, zDigest)
  }

  digestRanges(
    part: DigestPart,
    atSeq: number,
    of: { from: number; to: number; width: number },
  ): Promise<DigestRanges> {
    const path = `/v1/digest/ranges?part=${part}&atSeq=${atSeq}&from=${of.from}&to=${of.to}&width=${of.width}`
    return this.#json({ method: 'GET', path, timeoutMs: COMMAND_TIMEOUT_MS }, zDigestRanges)
  }

  factRows(atSeq: number, from: number, to: number): Promise<FactRows> {
    return this.#json({ method: 'GET', path: `/v1/digest/facts?atSeq=${atSeq}&from=${from}&to=${to}` }, zFactRows)
  }

  listingRows(atSeq: number, from: number, to: number): Promise<ListingRows> {
    const path = `/v1/digest/listings?atSeq=${atSeq}&from=${from}&to=${to}`
    return this.#json({ method: 'GET', path }, zListingRows)
  }

  appealGroups(atSeq: number): Promise<AppealGroups> {
    const path = `/v1/digest/appeals?atSeq=${atSeq}`
    return this.#json({ method: 'GET', path, timeoutMs: COMMAND_TIMEOUT_MS }, zAppealGroups)
  }

  appealVersions(atSeq: number, group: string): Promise<AppealVersions> {
    const path = `/v1/digest/appeals/${encodeURIComponent(group)}?atSeq=${atSeq}`
    return this.#json({ method: 'GET', path }, zAppealVersions)
  }

  appealNow(id: string): Promise<AppealNow> {
    return this.#json({ method: 'GET', path: `/v1/appeals/${encodeURIComponent(id)}` }, zAppealNow)
  }

  audit(after: number): Promise<AuditEntry[]> {
    return this.#json({ method: 'GET', path: `/v1/audit?after=${after}&limit=1000` }, z.array(zAuditEntry))
  }

  /** What proves that acts about these batches, appeals and runs stand in the audit log. */
  proofs(subjects: readonly string[]): Promise<AuditProof> {
    const query = subjects.map((subject) => `subject=${encodeURIComponent(subject)}`).join('&')
    return this.#json({ method: 'GET', path: `/v1/audit/proof?${query}` }, zAuditProof)
  }

  /** What another policy would move by the registry's facts. */
  simulation({ from, to, set }: SimulationAsk, signal: AbortSignal): Promise<Simulated> {
    const query = new URLSearchParams({ set: JSON.stringify(set) })
    if (from !== null) query.set('from', String(from))
    if (to !== null) query.set('to', String(to))
    const path = `/v1/simulation?${query.toString()}`
    return this.#json({ method: 'GET', path, timeoutMs: COMMAND_TIMEOUT_MS, signal }, zSimulated)
  }

  /** A page of the registry's lists; white by any filter. */
  listings(filter: GridFilter, after: string | null, limit: number): Promise<ListingPage> {
    return this.#json({ method: 'GET', path: `/v1/listings?${listingQuery(filter, after, limit)}` }, zListingPage)
  }

  /** How many IMEIs stood on the registry's lists as of an event. */
  listFigures(ask: FiguresAsk): Promise<ListFigures> {
    return this.#json({ method: 'GET', path: `/v1/figures?${figuresQuery(ask)}` }, zListFigures)
  }

  /** Warnings of an issue with their numbers, those after an IMEI. */
  notices(issue: string, after: number, limit: number): Promise<z.infer<typeof zNoticeRows>> {
    const path = `/v1/notices/${issue}?after=${after}&limit=${limit}`
    return this.#json({ method: 'GET', path }, zNoticeRows)
  }

  /** Everybody who used the IMEI of a clone case, from the raw observations. */
  rivals(id: string): Promise<z.infer<typeof zHolders>> {
    return this.#json({ method: 'GET', path: `/v1/clones/${id}` }, zHolders)
  }

  checkpoint(): Promise<z.infer<typeof zCheckpoint>> {
    return this.#json({ method: 'GET', path: '/v1/audit/checkpoint' }, zCheckpoint)
  }

  /** An answer as it comes, refusals included; for blobs and the live stream. */
  raw(request: HttpRequest): Promise<Response> {
    const signal = request.signal ? AbortSignal.any([request.signal, this.#stop]) : this.#stop
    return send(this.registry, { ...request, signal, headers: { ...request.headers, ...this.#authorization(request) } })
  }

  async #json<S extends z.ZodType>(request: HttpRequest, schema: S): Promise<z.output<S>> {
    return jsonOf(this.registry, await checkAnswer(this.registry, await this.raw(request)), schema)
  }

  #authorization({ method, path }: HttpRequest): Record<string, string> {
    if (method === 'POST' || path === '/v1/hello') return {}
    const claim = { method, path, desk: this.#identity.desk, at: this.#now() }
    return { authorization: `Desk ${claim.desk};${claim.at};${this.#identity.sign(requestText(claim))}` }
  }
}

const json = (path: string, body: unknown): HttpRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
