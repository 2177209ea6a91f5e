import { RecordedFeed } from './recordedFeed.ts'

const FIRST = 86_000_000_000_000
const ROWS = 70_000

/** A feed with work for a second or so: a large list in parts, small ones, and an undo of a large one. The same bytes every time. */
export function stolenAndUndone(): RecordedFeed {
  const feed = new RecordedFeed()
  const many = (shift: number) => Array.from({ length: ROWS }, (_, i) => ({ imei14: FIRST + i * 3 + shift }))
  feed.commit({ kind: 'stolen', source: 'police', rows: many(0), rowsAPart: 25_000 })
  for (let i = 0; i < 5; i++) feed.commit({ kind: 'customs', source: 'customs', rows: [{ imei14: FIRST + i }] })
  const wrong = feed.commit({ kind: 'counterfeit', source: 'srfs', rows: many(1), rowsAPart: 25_000 })
  feed.undo(wrong)
  feed.commit({ kind: 'gsma', source: 'gsma', rows: [{ imei14: FIRST + 2 }] })
  return feed
}
