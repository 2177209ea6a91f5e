import { KEYS_KEPT_UP_TO } from '../../contract/registry/snapshot.ts'
import type { Feed, SegmentRef } from '../../contract/registry.ts'
import type { Instant, Seq } from '../../domain/fact.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { cursorOf } from '../db/mirror.ts'
import type { CacheStore } from '../db/store.ts'
import { applyEvent, type KnownEvent, knownEvent } from './applyEvent.ts'
import type { BlobSource } from './boot.ts'
import { STRIDES, type Topic } from './desk.ts'
import { FEED_PAGE } from './feedPage.ts'
import { otherVersion } from './http.ts'
import { copySegment, isCopied } from './segmentRows.ts'

/** What pulling needs of the registry; tests give a recorded one. */
export interface FeedSource extends BlobSource {
  feed(epoch: string, after: Seq): Promise<Feed>
}

export interface Pulling {
  readonly cache: CacheStore
  readonly source: FeedSource
  readonly now: () => Instant
  readonly changed: (topics: readonly Topic[]) => void
  readonly progress: (seq: Seq, head: Seq) => void
  /** Rows of a large list on their way into the mirror. */
  readonly copied: (batch: string, rows: number, total: number) => void
  /** Rows of a list that go into the mirror at once; absent: as many as are fast. */
  readonly stride?: number
}

/**
 * Events that one transaction applies while a desk catches up: of many events about the same appeals each page of the mirror is then
 * encrypted and written once. Lookups come between two of them; only a desk that is far behind lets them wait for longer.
 */
const stretchOf = (behind: number): number => (behind > 20_000 ? 8 : 4) * FEED_PAGE

/** Some pages of the feed in a row; `more`: the last one was full. */
interface Stretch extends Feed {
  readonly more: boolean
}

/** Pulls and applies the feed up to its head; answers how many events. Throws ProblemError; what was applied stays applied. */
export async function pull(p: Pulling, epoch: string): Promise<number> {
  let pulled = 0
  let ahead: { readonly after: Seq; readonly stretch: Promise<Stretch> } | null = null
  for (;;) {
    const { seq } = cursorOf(p.cache.read)
    const stretch: Stretch = await (ahead?.after === seq ? ahead.stretch : stretchAfter(p, epoch, seq))
    const last = stretch.events.at(-1)?.seq
    ahead = null
    // while this stretch is applied the next one is on its way
    if (stretch.more && last !== undefined) ahead = { after: last, stretch: unheard(stretchAfter(p, epoch, last)) }
    pulled += await applyStretch(p, stretch, seq)
    p.progress(cursorOf(p.cache.read).seq, stretch.head)
    // a full page may end in the middle of an act: its other events are there already
    if (stretch.events.length === 0 || (!stretch.more && cursorOf(p.cache.read).seq >= stretch.head)) return pulled
  }
}

async function stretchAfter(p: Pulling, epoch: string, after: Seq): Promise<Stretch> {
  let page = await pageAfter(p, epoch, after)
  const events = [...page.events]
  const most = stretchOf(page.head - after)
  while (page.events.length === FEED_PAGE && events.length < most) {
    try {
      page = await pageAfter(p, epoch, events.at(-1)?.seq ?? after)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      // what is there is applied first; asked again, the registry says the same or is well
      break
    }
    for (const event of page.events) events.push(event)
  }
  return { epoch, head: page.head, events, more: page.events.length === FEED_PAGE }
}

async function pageAfter(p: Pulling, epoch: string, after: Seq): Promise<Feed> {
  const page = await p.source.feed(epoch, after)
  if (page.epoch !== epoch) throw trouble('epoch-changed', { epoch: page.epoch })
  return page
}

/** A failure is heard when its turn comes, or not at all. */
function unheard<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}

/** Applies events in order, small ones in one transaction; rows of a batch come in before the transaction it begins. */
async function applyStretch(p: Pulling, feed: Feed, after: Seq): Promise<number> {
  let stretch: KnownEvent[] = []
  let applied = 0
  const flush = (): void => {
    applied += stretch.length
    commit(p, stretch, feed.head)
    stretch = []
  }
  try {
    for (const [i, raw] of feed.events.entries()) {
      if (raw.seq !== after + 1 + i) throw otherVersion(`feed ${raw.seq}`)
      const event = knownEvent(raw)
      if (event.type === 'batch-committed') {
        flush()
        await bringSegments(p, event)
      }
      stretch.push(event)
    }
  } finally {
    // what came before an event that stops the feed is in order and counts
    flush()
  }
  return applied
}

type Committed = Extract<KnownEvent, { type: 'batch-committed' }>

async function bringSegments(p: Pulling, event: Committed): Promise<void> {
  const { no, head, segments } = event.doc
  const total = segments.reduce((n, s) => n + s.rows, 0)
  let before = 0
  for (const ref of segments) {
    if (!isCopied(p.cache.read, { no, ref })) await bringSegment(p, event, ref, { before, total })
    before += ref.rows
    p.copied(head.id, before, total)
  }
}

async function bringSegment(
  p: Pulling,
  event: Committed,
  ref: SegmentRef,
  { before, total }: { before: number; total: number },
): Promise<void> {
  const { no, head } = event.doc
  const bytes = await p.source.blob(ref.sha256, ref.bytes)
  const of = {
    no,
    batch: head.id,
    kind: head.kind,
    ref,
    keepKeys: total <= KEYS_KEPT_UP_TO,
    stride: p.stride ?? STRIDES.transaction,
  }
  await copySegment(p.cache, bytes, of, (rows) => p.copied(head.id, before + rows, total))
  p.source.used(ref.sha256)
}

/** One transaction: the events' effects and the cursor behind them. */
function commit(p: Pulling, events: readonly KnownEvent[], head: Seq): void {
  const topics = new Set<Topic>()
  p.cache.write((tx) => {
    for (const event of events) for (const topic of applyEvent(tx, event)) topics.add(topic)
    const last = events.at(-1)
    if (last) tx.run('UPDATE cursor SET seq = ?, at = ? WHERE id = 1', last.seq, last.at)
    tx.run('UPDATE cursor SET head = ?, synced_at = ? WHERE id = 1', head, p.now())
  })
  if (topics.size > 0) p.changed([...topics, 'status'])
}
