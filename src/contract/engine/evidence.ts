import { z } from 'zod'
import { EVIDENCE_TYPES } from '../../domain/evidence/evidenceType.ts'
import { FINDING_KINDS } from '../../domain/evidence/paperText.ts'
import { zClaimField, zSha256 } from '../value.ts'

const share = z.number().min(0).max(1)
const zBox = z.object({ x: share, y: share, width: share, height: share })

/** What the desk made out on a file by itself: suggestions, never facts. */
export const zEvidenceReading = z.object({
  /** By its content; null: no kind of evidence. */
  type: z.enum(EVIDENCE_TYPES).nullable(),
  pages: z.number().int(),
  /** Pages that were read; a long document is read only at its beginning. */
  pagesRead: z.number().int(),
  findings: z.array(
    z.object({
      kind: z.enum(FINDING_KINDS),
      value: z.string(),
      text: z.string(),
      page: z.number().int(),
      box: zBox,
      by: z.enum(['barcode', 'mrz', 'text']),
      sure: share,
    }),
  ),
  /** Where the claimed values stand, or another value in their place. */
  fields: z.array(
    z.object({
      field: zClaimField,
      shows: z.enum(['claimed', 'other']),
      value: z.string(),
      page: z.number().int(),
      box: zBox,
      by: z.enum(['barcode', 'mrz', 'text']),
    }),
  ),
  /** Where the photograph was taken, when the file says so. */
  takenAt: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
})
export type EvidenceReading = z.infer<typeof zEvidenceReading>

/** What a file says of itself beside what it shows; read without the machine's help. */
export const zEvidenceNotes = z.object({
  /** A picture inside a PDF that is too large to be drawn; null: nothing of the file is left out. */
  leftOut: z.object({ width: z.number().int(), height: z.number().int() }).nullable(),
  /** What its name says it is, where its content is something else. */
  namedAs: z.enum(EVIDENCE_TYPES).nullable(),
  /** Where the photograph was taken, when the file says so. */
  takenAt: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
})

/** Another appeal with a picture that looks the same. */
export const zLookAlike = z.object({
  sha256: zSha256,
  appeal: z.string(),
  other: zSha256,
  /** Of nine parts of the picture, how many look alike. */
  tiles: z.number().int(),
  same: z.boolean(),
  /** One of several papers that look alike, none much more than the others: printed from one form. */
  form: z.boolean(),
})

const ofFile = z.object({ id: z.string(), sha256: zSha256 })

export const EVIDENCE_CALLS = {
  /** Makes the reader of papers ready, which takes seconds; answers when it is. */
  'ready-reader': { input: z.object({}), output: z.object({}) },
  /** Reads a file once and remembers what was made out. `behind`: the appeal on screen, when this one only comes next. */
  'evidence-reading': {
    input: ofFile.extend({ behind: z.string().nullable().default(null) }),
    output: zEvidenceReading,
  },
  /** What a camera wrote into a file, and whether its name agrees with its content. */
  'evidence-notes': { input: ofFile, output: zEvidenceNotes },
  /** A page as a picture every window can draw, at most so many pixels long; `region` in shares of the whole page. */
  'evidence-picture': {
    input: ofFile.extend({
      page: z.number().int().nonnegative().default(0),
      longest: z.number().int().min(16).max(6000),
      region: zBox.nullable().default(null),
    }),
    output: z.object({
      type: z.string(),
      width: z.number().int(),
      height: z.number().int(),
      /** Size of the whole page in its own pixels. */
      full: z.object({ width: z.number().int(), height: z.number().int() }),
      /** Of the file. */
      pages: z.number().int(),
      bytes: z.instanceof(Uint8Array<ArrayBuffer>),
    }),
  },
  /** Pictures of other appeals that look like this appeal's; exact copies are in the appeal's `reuse`. */
  'evidence-lookalikes': { input: z.object({ id: z.string() }), output: z.array(zLookAlike) },
  /** Groups of appeals that share files, numbers or IMEIs, the largest first; for the supervisor. Pictures that only look alike join nobody. */
  'evidence-clusters': {
    input: z.object({ limit: z.number().int().min(1).max(200).default(50) }),
    output: z.array(
      z.object({
        appeals: z.array(z.string()),
        applicants: z.number().int(),
        /** What joins them, with how often. */
        shared: z.array(z.object({ what: z.string(), value: z.string(), appeals: z.number().int() })),
      }),
    ),
  },
} as const
