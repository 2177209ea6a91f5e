import { type Appeal, ROUTES } from '../src/domain/appeal.ts'
import { addDays } from '../src/domain/businessDate.ts'
import { imei15Text } from '../src/domain/imei.ts'
import type { Home } from '../src/engine/db/home.ts'
import { applyReceived } from '../src/engine/sync/applyAppeal.ts'

const AT_ONCE = 5000
const OLDEST_DAYS = 22

/** Fills a desk's cache with so many made-up appeals of the three weeks before a day, three of four of them open. */
export function fillAppeals(home: Home, appeals: number, today: string): void {
  for (let from = 0; from < appeals; from += AT_ONCE)
    home.cache.write((tx) => {
      for (let n = from; n < Math.min(appeals, from + AT_ONCE); n++) applyReceived(tx, n + 1, madeAppeal(n, today))
    })
}

/** The number of the nth of them. */
export const madeNumber = (n: number): string => `A-2026-${String(n).padStart(6, '0')}`

function madeAppeal(n: number, today: string): Appeal {
  const open = n % 4 !== 0
  const day = addDays(today, ((n * 7) % OLDEST_DAYS) - OLDEST_DAYS)
  const route = ROUTES[n % ROUTES.length] ?? 'accompanied'
  const at = (hour: number): string => `${day}T${String(hour).padStart(2, '0')}:00:00Z`
  const file = (k: number) => ({
    ...{ file: `${k}.jpg`, sha256: (n * 8 + k).toString(16).padStart(64, '0'), bytes: 400_000, type: 'image/jpeg' },
    shows: 'receipt' as const,
  })
  return {
    id: madeNumber(n),
    state: open ? 'received' : 'approved',
    version: open ? 1 : 3,
    route,
    receivedAt: at(4),
    dueAt: addDays(day, 21),
    applicant: {
      key: { kind: 'iin', iin: String(900_000_000_000 + (n >> 1)) },
      name: `Үлгі Айгүл ${n}`,
      language: 'kk',
    },
    claim: {
      imeis: [imei15Text(86_000_000_000_000 + n * 11), imei15Text(86_000_000_000_000 + n * 11 + 1)],
      brand: 'Samsung',
      model: 'A55',
      exit: addDays(day, -40),
      purchase: addDays(day, -35),
      entry: addDays(day, -30),
      seller: `Shop ${n % 900}`,
      receiptNo: `R-${n}`,
      crossingNo: `N${n}`,
    },
    evidence: [file(0), file(1), file(2)],
    lease: null,
    hearingAt: null,
    proposal: null,
    timeline: open
      ? [{ at: at(4), what: 'received' }]
      : [
          { at: at(4), what: 'received' },
          { at: at(5), what: 'claimed', officer: `officer${n % 40}` },
          { at: at(6), what: 'approved', officer: `officer${n % 40}` },
        ],
  }
}
