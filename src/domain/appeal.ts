import type { Instant, IsoDate, SourceBody } from './fact.ts'

export const ROUTES = [
  'accompanied',
  'post',
  'courier',
  'second-imei',
  'board-replaced',
  'marketplace',
  'gift',
  'second-hand',
] as const
export type Route = (typeof ROUTES)[number]

export const APPEAL_STATES = [
  'received',
  'claimed',
  'asked',
  'preliminary',
  'awaiting-signature',
  'approved',
  'rejected',
  'referred',
  'withdrawn',
] as const
export type AppealState = (typeof APPEAL_STATES)[number]

/** States in which the matter is settled at this desk. */
export const CLOSED_STATES: readonly AppealState[] = ['approved', 'rejected', 'referred', 'withdrawn']
export const isOpen = (state: AppealState): boolean => !CLOSED_STATES.includes(state)

/** Applicant key: IIN, or passport number and country. */
export type ApplicantKey =
  | { readonly kind: 'iin'; readonly iin: string }
  | { readonly kind: 'passport'; readonly number: string; readonly country: string }

/** The key as one text, as border crossings name a person: the IIN, or `COUNTRY:NUMBER` of the passport. */
export const personOf = (key: ApplicantKey): string =>
  key.kind === 'iin' ? key.iin : `${key.country}:${key.number.replaceAll(/\s/g, '')}`.toUpperCase()

export interface Applicant {
  readonly key: ApplicantKey
  readonly name: string
  /** Language of the notices beside Kazakh. */
  readonly language: 'kk' | 'ru' | 'en'
}

/** Everything the owner claims. Absent = not claimed. */
export interface Claim {
  /** As entered, 15 digits each. */
  readonly imeis: readonly string[]
  readonly brand?: string | undefined
  readonly model?: string | undefined
  readonly exit?: IsoDate | undefined
  readonly purchase?: IsoDate | undefined
  readonly entry?: IsoDate | undefined
  readonly priceTenge?: number | undefined
  readonly seller?: string | undefined
  readonly receiptNo?: string | undefined
  /** Border-crossing certificate. */
  readonly crossingNo?: string | undefined
  /** Customs declaration (ДТ), passenger or express. */
  readonly declarationNo?: string | undefined
  readonly trackingNo?: string | undefined
  readonly note?: string | undefined
}

export interface EvidenceFile {
  readonly file: string
  readonly sha256: string
  readonly bytes: number
  readonly type: string
  /** What the applicant says it shows. */
  readonly shows: EvidenceKind
  /** How the picture looks (`lookText` of evidence/pictureHash.ts); absent for what is no picture. */
  readonly look?: string | undefined
}
export const EVIDENCE_KINDS = ['receipt', 'stamp', 'declaration', 'imei-photo', 'certificate', 'other'] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

/** Fields an officer judges, in the order of the claim pane. */
export const CLAIM_FIELDS = [
  'imei1',
  'imei2',
  'imei3',
  'imei4',
  'model',
  'owner',
  'exit',
  'purchase',
  'entry',
  'firstSeen',
  'declaration',
  'tracking',
  'receipt',
] as const
export type ClaimField = (typeof CLAIM_FIELDS)[number]

/** What the officer says of a field. */
export const FIELD_VERDICTS = ['match', 'contradict', 'unclear'] as const
export type FieldVerdict = (typeof FIELD_VERDICTS)[number]
export type FieldVerdicts = Readonly<Partial<Record<ClaimField, FieldVerdict>>>

/** What the machine says of a field; `none`: no fact to compare with. */
export type ComparisonResult = FieldVerdict | 'none'

export const VERDICTS = ['approve', 'reject', 'ask', 'refer'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Reasons of a refusal, a question or a referral; text, legal clause and remedy in `resources/locales/<lang>/reason.json`. */
export const REASON_CODES = [
  'R01',
  'R02',
  'R03',
  'R04',
  'R05',
  'R06',
  'R07',
  'R08',
  'R09',
  'R10',
  'R11',
  'R12',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

export interface Lease {
  readonly officer: string
  readonly desk: string
  readonly until: Instant
  /** Fencing token, grows with each claim of this appeal. */
  readonly token: number
}

/**
 * Steps in the life of an appeal. `withdrawn`: by the applicant; `revoked`: a decision taken back by the office, an approval by two
 * officers (`revocation-proposed` before it, or `revocation-dropped` when the second one did not agree).
 */
export const APPEAL_STEPS = [
  'received',
  'claimed',
  'returned',
  'handed-over',
  'assigned',
  'asked',
  'answered',
  'preliminary',
  'prolonged',
  'proposed',
  'signed',
  'sent-back',
  'approved',
  'rejected',
  'referred',
  'withdrawn',
  'revocation-proposed',
  'revocation-dropped',
  'revoked',
  'complained',
] as const
export type AppealStep = (typeof APPEAL_STEPS)[number]

/** Why a decision waits for a second officer. */
export const SECOND_REASONS = ['black', 'amount', 'reuse', 'sample'] as const
export type SecondReason = (typeof SECOND_REASONS)[number]

/** Number of a letter and the code by which the registry knows it as its own. */
export interface LetterMark {
  readonly no: string
  readonly code: string
}

/** One step in the life of an appeal, for the time line. */
export interface TimelineEntry {
  readonly at: Instant
  readonly what: AppealStep
  readonly officer?: string | undefined
  readonly reasons?: readonly ReasonCode[] | undefined
  /** Goes to the applicant. */
  readonly note?: string | undefined
  /** For officers only; never leaves the desks. */
  readonly internal?: string | undefined
  /** The field a question is about. */
  readonly item?: ClaimField | undefined
  /** Body an appeal was passed on to. */
  readonly body?: SourceBody | undefined
  /** Hearing of a preliminary refusal, new last day of a prolonged term or of a complaint's round. */
  readonly until?: IsoDate | undefined
  /** Day by which the applicant must have been told. */
  readonly noticeBy?: IsoDate | undefined
  readonly because?: readonly SecondReason[] | undefined
  /** Officer it was given to. */
  readonly to?: string | undefined
  readonly letter?: LetterMark | undefined
  /** What a decision that was taken back had brought about, where it was an approval. */
  readonly revokes?: 'approved' | undefined
}

/** A complaint against a decision: the appeal's new round, by officers who had no part in what it is against. */
export interface Complaint {
  readonly at: Instant
  readonly text: string
  /** State the decision had brought about. */
  readonly against: AppealState
}

/** A proposal to take an approval back; waits for the second signature. */
export interface Revocation {
  readonly by: string
  readonly at: Instant
  readonly reasons: readonly ReasonCode[]
  /** Goes to the applicant once it is signed. */
  readonly note: string
  readonly internal?: string | undefined
}

export interface Appeal {
  readonly id: string
  readonly state: AppealState
  /** Grows with each change; decisions are compare-and-set on it. */
  readonly version: number
  readonly route: Route
  readonly receivedAt: Instant
  /** Last day to decide, in working days after receipt (the day of receipt does not count). */
  readonly dueAt: IsoDate
  readonly applicant: Applicant
  readonly claim: Claim
  readonly evidence: readonly EvidenceFile[]
  readonly lease: Lease | null
  /** Earliest day of a final refusal, once a preliminary one was sent. */
  readonly hearingAt: IsoDate | null
  /** Set while a second signature is awaited. */
  readonly proposal: Decision | null
  readonly timeline: readonly TimelineEntry[]
  /** Set from a complaint on. */
  readonly complaint?: Complaint | null | undefined
  /** Officer it was handed to or assigned to; others are not given it. */
  readonly assignedTo?: string | null | undefined
  /** Set while an approval is proposed to be taken back. */
  readonly revocation?: Revocation | null | undefined
  /** Officers who may not decide it: those whose decision a complaint is against, or whose approval was taken back. */
  readonly notBy?: readonly string[] | undefined
}

export interface Decision {
  readonly verdict: Verdict
  readonly fields: FieldVerdicts
  readonly reasons: readonly ReasonCode[]
  /** Goes to the applicant. */
  readonly note: string
  /** For officers only. */
  readonly internal?: string | undefined
  /** The field a question is about. */
  readonly item?: ClaimField | undefined
  /** Body the appeal is passed on to. */
  readonly body?: SourceBody | undefined
  readonly officer: string
  readonly at: Instant
  /** Why a second officer must sign; absent before it was judged. */
  readonly because?: readonly SecondReason[] | undefined
}

const BY_ROUTE: Readonly<Record<Route, readonly ClaimField[]>> = {
  accompanied: ['model', 'owner', 'purchase', 'entry'],
  post: ['model', 'owner', 'purchase', 'tracking'],
  courier: ['model', 'owner', 'purchase', 'declaration'],
  'second-imei': ['model'],
  'board-replaced': ['model', 'owner'],
  marketplace: ['model', 'owner', 'purchase', 'receipt'],
  gift: ['model', 'owner', 'entry'],
  'second-hand': ['model', 'owner', 'purchase'],
}

/** Fields that need a verdict before an approval: every IMEI of the device and what the route rests on. */
export function mandatoryFields(route: Route, imeis: number): readonly ClaimField[] {
  return [...CLAIM_FIELDS.slice(0, Math.min(4, imeis)), ...BY_ROUTE[route]]
}
