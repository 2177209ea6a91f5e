import { type Appeal, ROUTES } from '../src/domain/appeal.ts'
import { addDays } from '../src/domain/businessDate.ts'
import { DEFAULT_POLICY } from '../src/domain/defaultPolicy.ts'
import type { Operator } from '../src/domain/fact.ts'
import type { SqlValue, Writer } from '../src/engine/db/handle.ts'
import { type Home, openHome } from '../src/engine/db/home.ts'
import { putLists, type Said } from '../src/engine/db/listWriter.ts'

export const KEY = 'ab'.repeat(32)
export const AT = '2025-10-31T06:00:00.000Z'
const TACS = 2_000
const OPERATORS: readonly Operator[] = ['kcell', 'beeline', 'tele2']

export const openBenchHome = (folder: string): Home => openHome(folder, KEY, [])

/** Listings over ten months and some thousand models: every eighth black, the rest grey; and appeals of the same time. */
export function fillHome(home: Home, listings: number, appeals: number): void {
  home.cache.write((tx) => {
    for (const [no, kind] of [
      [1, 'stolen'],
      [2, 'operator'],
    ] as const)
      addBatch(tx, no, kind)
    for (let tac = 0; tac < TACS; tac++)
      tx.run(
        'INSERT INTO tac(tac, batch, brand, model, data) VALUES (?, 3, ?, ?, ?)',
        35_000_000 + tac,
        `Brand ${tac % 60}`,
        `Model ${tac}`,
        '{}',
      )
    addBatch(tx, 3, 'tac')
    putLists(tx, listed(listings))
    tx.insertSorted('appeal_figure', FIGURE, figures(appeals))
    for (const seq of [1, 2, 3]) tx.run('INSERT INTO moment(seq, at) VALUES (?, ?)', seq, AT)
    tx.run('INSERT INTO policy(version, from_seq, doc) VALUES (1, 1, ?)', JSON.stringify(DEFAULT_POLICY))
    tx.run('UPDATE cursor SET seq = 3, head = 3, at = ? WHERE id = 1', AT)
  })
}

function addBatch(tx: Writer, no: number, kind: string): void {
  tx.run(
    `INSERT INTO batch(no, id, kind, source, full, letter, file, content, counts, effect, rows, segments, by, desk, command,
       signed_by, state, seq, at, added_seq)
     VALUES (?, ?, ?, 'srfs', 0, '', '', '', '{}', '{}', 0, '[]', '', '', '', '[]', 'committed', ?, ?, ?)`,
    no,
    String(no),
    kind,
    no,
    AT,
    no,
  )
}

function* listed(count: number): Generator<Said & { imei14: number }> {
  for (let i = 0; i < count; i++) {
    const imei14 = (35_000_000 + Math.floor((i * TACS) / count)) * 1_000_000 + (i % 1_000_000)
    const since = addDays('2025-01-01', i % 300)
    const operator = OPERATORS[i % OPERATORS.length] ?? null
    const said = { since, operator, region: null }
    if (i % 8 === 0) {
      const reason = i % 16 === 0 ? 'stolen' : 'counterfeit'
      yield { imei14, list: 'black', reason, deadline: null, importer: null, ...said }
    } else {
      const deadline = addDays(since, 30)
      yield { imei14, list: 'grey', reason: 'not-confirmed', deadline, importer: '040540000017', ...said }
    }
  }
}

const FIGURE = [
  'id',
  'received_seq',
  'received_day',
  'route',
  'state',
  'due',
  'decided_day',
  'officer',
  'reason',
  'days',
  'reversed',
  'steps',
]
const STATES: readonly Appeal['state'][] = ['approved', 'rejected', 'received', 'approved']

function* figures(count: number): Generator<readonly SqlValue[]> {
  for (let i = 0; i < count; i++) {
    const day = addDays('2025-01-01', i % 300)
    const state = STATES[i % STATES.length] ?? 'received'
    const isDecided = state !== 'received'
    const decided = isDecided ? addDays(day, i % 25) : null
    const steps = [
      [1, day, 'received', 'received', null, null, addDays(day, 21)],
      ...(decided ? [[2, decided, state, state, 'reviewer', null, addDays(day, 21)]] : []),
    ]
    yield [
      `A-2025-${String(i).padStart(6, '0')}`,
      1,
      day,
      ROUTES[i % ROUTES.length] ?? 'post',
      state,
      addDays(day, 21),
      decided,
      isDecided ? `reviewer${i % 40}` : null,
      state === 'rejected' ? 'R05' : null,
      isDecided ? i % 25 : null,
      0,
      JSON.stringify(steps),
    ]
  }
}
