import { z } from 'zod'
import {
  zAppealState,
  zImei14,
  zInstant,
  zIsoDate,
  zLang,
  zList,
  zListing,
  zListingReason,
  zSeq,
  zSha256,
} from '../value.ts'
import { zExplained, zLookup } from './listing.ts'

const count = z.number().int().nonnegative()

/** How many of a pasted list are on which list; `unusable`: no IMEI can be so. */
export const zListCounts = z.object({ white: count, grey: count, black: count, none: count, unusable: count })
export const zShownOfList = z.enum(['all', 'white', 'grey', 'black', 'none', 'unusable'])
export type ShownOfList = z.infer<typeof zShownOfList>

/** A document of a customs list that names a declaration or a BIN. */
export const zDeclared = z.object({
  batch: z.string(),
  /** The registry's numbers of the batch and of the document in it. */
  no: count,
  doc: count,
  declaration: z.string().nullable(),
  line: z.string().nullable(),
  date: zIsoDate,
  bin: z.string().nullable(),
  importer: z.string().nullable(),
  brand: z.string().nullable(),
  model: z.string().nullable(),
  quantity: count.nullable(),
  /** Withdrawn or replaced: its facts count no more. */
  ended: z.boolean(),
})
export type Declared = z.infer<typeof zDeclared>

const zAppealFound = z.object({ id: z.string(), state: zAppealState, receivedAt: zInstant, imeis: z.array(z.string()) })

/** The answer to whatever was put into the box. */
export const zFound = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('imei'), imei: z.string() }),
  z.object({
    kind: z.literal('list'),
    /** Names the list in `list-page` and `list-export`, while the engine runs. */
    list: z.string(),
    total: count,
    counts: zListCounts,
    asOf: z.object({ seq: zSeq, at: zInstant.nullable() }),
  }),
  z.object({
    kind: z.literal('declaration'),
    number: z.string(),
    line: z.string().nullable(),
    lines: z.array(zDeclared),
    /** More documents name it than are shown. */
    more: z.boolean(),
    appeals: z.array(zAppealFound),
  }),
  z.object({
    kind: z.literal('identity'),
    digits: z.string(),
    is: z.enum(['iin', 'bin']).nullable(),
    /** Why no such number can be; null for a sound one. */
    fault: z.string().nullable(),
    declared: z.array(zDeclared),
    more: z.boolean(),
    appeals: z.array(zAppealFound),
  }),
  z.object({ kind: z.literal('appeal'), id: z.string(), known: z.boolean() }),
])
export type Found = z.infer<typeof zFound>

/** What can happen about an IMEI. */
const LIFE = [
  'reported',
  'released',
  'undone',
  'replaced',
  'appeal',
  'run',
  'policy',
  'notice',
  'receipt',
  'violation',
  'clone',
] as const
/** One step in the life of an IMEI; `listing`: what it moved to, null where it stayed. Steps of appeals and runs have no number (0). */
export const zLifeStep = z.object({
  at: zInstant,
  seq: zSeq,
  what: z.enum(LIFE),
  /** Batch, appeal, block run or version of the policy it was. */
  ref: z.string(),
  /** Kind of fact, step of the appeal, part of the run. */
  code: z.string(),
  officer: z.string().nullable(),
  listing: zListing.nullable(),
})
export type LifeStep = z.infer<typeof zLifeStep>

/** What proves that an act stands in the registry's audit log: RFC 6962 inclusion of its entry in the checkpoint. */
export const zProofLine = z.object({
  /** Batch, appeal or run that the entry is about. */
  subject: z.string(),
  act: z.string(),
  no: count,
  seq: zSeq,
  at: zInstant,
  officer: z.string(),
  hash: zSha256,
  /** Recomputed on this desk from the entry, its predecessor and the path up to the root. */
  holds: z.boolean(),
})
export type ProofLine = z.infer<typeof zProofLine>

export const LOOKUP_CALLS = {
  /** Whatever was typed or pasted, up to 100,000 IMEIs, told by its content. */
  find: { input: z.object({ text: z.string().max(8_000_000), job: z.string().optional() }), output: zFound },
  /** Rows of a pasted list in the order asked; `after`: place of the last row shown, null for the first page. */
  'list-page': {
    input: z.object({
      list: z.string(),
      show: zShownOfList,
      after: count.nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
    output: z.object({ rows: z.array(zLookup.extend({ place: count })) }),
  },
  /** The rows shown as a file for people: text that a spreadsheet would run as a formula is neutralised. */
  'list-export': {
    input: z.object({
      list: z.string(),
      show: zShownOfList,
      format: z.enum(['csv', 'xlsx']),
      language: zLang,
      /** Token of the target file. */
      target: z.string(),
      job: z.string().optional(),
    }),
    output: z.object({ file: z.string(), rows: count, sha256: zSha256 }),
  },
  /** IMEIs of a document, 14 digits ascending; those of a large batch are the registry's to say. */
  'document-imeis': {
    input: z.object({ no: count, doc: count, after: zImei14.nullable(), limit: z.number().int().min(1).max(1000) }),
    output: z.object({
      rows: z.array(z.object({ imei14: zImei14, list: zList, reason: zListingReason.nullable() })),
      next: zImei14.nullable(),
    }),
  },
  /** Everything the mirror knows of an IMEI: why it is on its list, and its life in order. */
  dossier: {
    input: z.object({ imei: z.string(), at: zIsoDate.optional() }),
    output: z.object({ explained: zExplained, life: z.array(zLifeStep) }),
  },
  /** The dossier for print, with what proves it against the registry's audit log. */
  'dossier-pdf': {
    input: z.object({
      imei: z.string(),
      at: zIsoDate.optional(),
      language: zLang,
      target: z.string(),
      job: z.string().optional(),
    }),
    output: z.object({
      file: z.string(),
      sha256: zSha256,
      fingerprint: zSha256,
      seq: zSeq,
      /** When the desk last heard from the registry; what came later is not in the paper, which says so where the registry was not reached. */
      lastSync: zInstant.nullable(),
      policy: z.number().int(),
      /** Null: the registry was not reached, and the paper says so. */
      checkpoint: z.object({ entries: count, root: zSha256, at: zInstant }).nullable(),
      proofs: z.array(zProofLine),
    }),
  },
} as const
