import { z } from 'zod'
import { zInstant, zSeq, zSha256, zUuid } from '../value.ts'

/**
 * A snapshot is what a new desk boots from instead of the whole feed: the state after event `seq`, in immutable segments named by their
 * SHA-256 (docs/formats/snapshot.md). Facts and listings are cut by ranges of IMEI, so that they go into an empty mirror in the order of
 * its key; documents and events are cut in the order in which they came. Events carry everything else: replayed in order they give
 * the same mirror as the feed would have given.
 */
export const SNAPSHOT_PARTS = ['fact', 'doc', 'tac', 'crossing', 'listing', 'event'] as const
export type SnapshotPart = (typeof SNAPSHOT_PARTS)[number]

/** Versions of the snapshot's format that are read; 2 has folded appeals among its events. A desk that does not know one reads the feed. */
export const SNAPSHOT_FORMATS: readonly number[] = [1, 2]
export const SNAPSHOT_FORMAT = { plain: 1, folded: 2 } as const

/** A segment holds rows of one part, at most so many, and unpacks to at most so many bytes. */
export const SNAPSHOT_LIMITS = { rows: 1_000_000, bytes: 128 * 1024 * 1024, segments: 4_000 } as const

const size = z.number().int().nonnegative()

export const zSnapshotSegment = z.object({
  part: z.enum(SNAPSHOT_PARTS),
  sha256: zSha256,
  rows: size.max(SNAPSHOT_LIMITS.rows),
  bytes: size,
  /** Bytes after decompression: what unpacks to more is damaged. */
  unpacked: size.max(SNAPSHOT_LIMITS.bytes),
  /** First and last place, both included: IMEIs of `fact` and `listing`, else the event's number and the row's number within. */
  from: z.tuple([z.number().int(), z.number().int()]),
  to: z.tuple([z.number().int(), z.number().int()]),
  /** Facts: some are of batches whose IMEIs are kept by batch. */
  small: z.boolean().default(true),
})
export type SnapshotSegment = z.infer<typeof zSnapshotSegment>

/** The manifest, itself a blob (JSON) named by its SHA-256. */
export const zSnapshotManifest = z.object({
  format: z.number().int(),
  installation: zUuid,
  epoch: zUuid,
  seq: zSeq,
  /** The registry's time of event `seq`. */
  at: zInstant,
  /** In the order of SNAPSHOT_PARTS, within a part in the order of their rows. */
  segments: z.array(zSnapshotSegment).max(SNAPSHOT_LIMITS.segments),
  /** Batches of more rows than KEYS_KEPT_UP_TO. */
  large: z.array(z.number().int()),
  /** Appeals that were closed by this event stand in it folded; 0: none. */
  folded: zSeq.default(0),
})
export type SnapshotManifest = z.infer<typeof zSnapshotManifest>

/** What `hello` says of the newest snapshot. */
export const zSnapshotRef = z.object({
  format: z.number().int(),
  seq: zSeq,
  manifest: zSha256,
  /** Of the manifest. */
  bytes: size,
  /** Of all segments. */
  rows: size,
})
export type SnapshotRef = z.infer<typeof zSnapshotRef>

/** A batch of at most so many rows keeps its IMEIs by batch in the mirror; those of a larger one are found by reading through all facts. */
export const KEYS_KEPT_UP_TO = 50_000

/** Every table is numbered from 1 without gaps, so that a desk copies stretches and goes on where it stopped. */
export const SNAPSHOT_SCHEMA = `
CREATE TABLE fact(n INTEGER PRIMARY KEY, imei14 INTEGER NOT NULL, batch INTEGER NOT NULL, doc INTEGER NOT NULL, next INTEGER NOT NULL) STRICT;
CREATE TABLE doc(n INTEGER PRIMARY KEY, batch INTEGER NOT NULL, no INTEGER NOT NULL, op TEXT NOT NULL CHECK (op IN ('add','remove')), date TEXT NOT NULL, network TEXT, data TEXT NOT NULL) STRICT;
CREATE TABLE tac(n INTEGER PRIMARY KEY, tac INTEGER NOT NULL, batch INTEGER NOT NULL, brand TEXT NOT NULL, model TEXT NOT NULL, data TEXT NOT NULL) STRICT;
CREATE TABLE crossing(n INTEGER PRIMARY KEY, batch INTEGER NOT NULL, no INTEGER NOT NULL, person TEXT NOT NULL, date TEXT NOT NULL, direction TEXT NOT NULL CHECK (direction IN ('entry','exit')), document TEXT NOT NULL, point TEXT NOT NULL) STRICT;
CREATE TABLE listing(n INTEGER PRIMARY KEY, imei14 INTEGER NOT NULL, list TEXT NOT NULL CHECK (list IN ('grey','black')), reason TEXT NOT NULL, since TEXT NOT NULL, deadline TEXT) STRICT;
CREATE TABLE event(n INTEGER PRIMARY KEY, seq INTEGER NOT NULL, type TEXT NOT NULL, at TEXT NOT NULL, doc TEXT NOT NULL) STRICT;
`
