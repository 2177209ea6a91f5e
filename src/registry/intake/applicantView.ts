import type {
  AppealState,
  ClaimField,
  EvidenceFile,
  LetterMark,
  ReasonCode,
  Route,
  TimelineEntry,
} from '../../domain/appeal.ts'
import type { Instant, IsoDate, SourceBody } from '../../domain/fact.ts'

/** One step of an appeal as the applicant sees it: no officer, no note of theirs. */
export interface ApplicantStep {
  readonly at: Instant
  readonly what: TimelineEntry['what']
  readonly reasons: readonly ReasonCode[]
  readonly note: string
  readonly item: ClaimField | null
  readonly body: SourceBody | null
  readonly until: IsoDate | null
  readonly letter: LetterMark | null
}

/** What the applicant may know of his appeal. */
export interface ApplicantView {
  readonly id: string
  readonly state: AppealState
  readonly route: Route
  readonly receivedAt: Instant
  readonly dueAt: IsoDate
  readonly hearingAt: IsoDate | null
  readonly imeis: readonly string[]
  readonly steps: readonly ApplicantStep[]
  readonly can: { readonly answer: boolean; readonly withdraw: boolean; readonly complain: boolean }
}

export type ApplicantAct =
  | { readonly do: 'answer'; readonly note: string; readonly evidence: readonly EvidenceFile[] }
  | { readonly do: 'withdraw'; readonly note: string }
  | { readonly do: 'complain'; readonly note: string }
