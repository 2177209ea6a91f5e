import { KEYS_KEPT_UP_TO } from '../../contract/registry/snapshot.ts'
import type { Feed, SegmentRef } from '../../contract/registry.ts'
import type { Instant, Seq } from '../../domain/fact.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { cursorOf } from '../db/mirror.ts'
import type { CacheStore } from '../db/store.ts'
import { AppealWriter } from './appealWriter.ts'
import { applyEvent, type KnownEvent, knownEvent, noteMoments } from './applyEvent.ts'
import type { BlobSource } from './boot.ts'
import { STRIDES, type Topic } from './desk.ts'
import { FEED_PAGE } from './feedPage.ts'
import { otherVersion } from './http.ts'
import { Pace } from './pace.ts'
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
 * After so many events their pages go home in a turn of their own: at the end of a transaction, where SQLite does it by itself, other calls
 * would wait for both.
 */
const HOME_AFTER = 40_000

/** Some pages of the feed in a row, read up to what stops it. */
interface Stretch {
  readonly head: Seq
  readonly events: readonly KnownEvent[]
  /** Why the feed cannot be read on behind these events. */
  readonly stopped: ProblemError | null
  /** The last page was full. */
  readonly more: boolean
}

/** Pulls and applies the feed up to its head; answers how many events. Throws ProblemError; what was applied stays applied. */
export async function pull(p: Pulling, epoch: string): Promise<number> {
  const pace = new Pace()
  let pulled = 0
  let abroad = 0
  let ahead: { readonly after: Seq; readonly stretch: Promise<Stretch> } | null = null
  for (;;) {
    const { seq } = cursorOf(p.cache.read)
    const stretch: Stretch = await (ahead?.after === seq ? ahead.stretch : stretchAfter(p, epoch, seq, pace))
    const last = stretch.events.at(-1)?.seq
    ahead = null
    // while this stretch is applied the next one is on its way
    if (stretch.more && last !== undefined && stretch.stopped === null)
      ahead = { after: last, stretch: unheard(stretchAfter(p, epoch, last, pace)) }
    const applied = await applyStretch(p, stretch, pace)
    if (stretch.stopped) throw stretch.stopped
    pulled += applied
    abroad += applied
    p.progress(cursorOf(p.cache.read).seq, stretch.head)
    if (stretch.more && abroad >= HOME_AFTER) {
      await new Promise((resolve) => setImmediate(resolve))
      p.cache.bringHome()
      abroad = 0
    }
    // a full page may end in the middle of an act: its other events are there already
    if (stretch.events.length === 0 || (!stretch.more && cursorOf(p.cache.read).seq >= stretch.head)) return pulled
  }
}

async function stretchAfter(p: Pulling, epoch: string, after: Seq, pace: Pace): Promise<Stretch> {
  const events: KnownEvent[] = []
  for (let head = after; ; ) {
    let page: Feed
    try {
      page = await pageAfter(p, epoch, after + events.length)
    } catch (error) {
      // what is there is applied first; asked again, the registry says the same or is well
      if (events.length > 0 && error instanceof ProblemError) return { head, events, stopped: null, more: true }
      throw error
    }
    head = page.head
    const stopped = readPage(page, after, events)
    const more = page.events.length === FEED_PAGE
    if (stopped || !more || events.length >= pace.events) return { head, events, stopped, more }
  }
}

/** Reads a page behind the events before it, up to one that stops the feed; answers what stops it. */
function readPage(page: Feed, after: Seq, events: KnownEvent[]): ProblemError | null {
  for (const raw of page.events) {
    try {
      if (raw.seq !== after + 1 + events.length) throw otherVersion(`feed ${raw.seq}`)
      events.push(knownEvent(raw))
    } catch (error) {
      if (error instanceof ProblemError) return error
      throw error
    }
  }
  return null
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
async function applyStretch(p: Pulling, { events, head }: Stretch, pace: Pace): Promise<number> {
  let applied = 0
  const upTo = (end: number): void => {
    const begun = performance.now()
    commit(p, events.slice(applied, end), head)
    pace.took(end - applied, performance.now() - begun)
    applied = end
  }
  for (const [i, event] of events.entries()) {
    if (event.type !== 'batch-committed') continue
    upTo(i)
    await bringSegments(p, event)
  }
  upTo(events.length)
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
    noteMoments(tx, events)
    const appeals = new AppealWriter(tx)
    for (const event of events) for (const topic of applyEvent(tx, appeals, event)) topics.add(topic)
    appeals.finish()
    const last = events.at(-1)
    if (last) tx.run('UPDATE cursor SET seq = ?, at = ? WHERE id = 1', last.seq, last.at)
    tx.run('UPDATE cursor SET head = ?, synced_at = ? WHERE id = 1', head, p.now())
  })
  if (topics.size > 0) p.changed([...topics, 'status'])
}
