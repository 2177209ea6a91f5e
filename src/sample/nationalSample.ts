import type { BatchKind } from '../domain/batch.ts'
import { addDays } from '../domain/businessDate.ts'
import { DEFAULT_POLICY } from '../domain/defaultPolicy.ts'
import type { IsoDate, Operator, SourceBody } from '../domain/fact.ts'
import { bin } from './identifiers.ts'
import { NationalImeis } from './national/nationalImeis.ts'
import { SAMPLE_OFFICERS } from './officers.ts'
import { Random } from './random.ts'
import type { NationalSample, SampleDoc, StreamedBatch } from './shape.ts'

/** Published figures of October 2025 (domain.md): IMEIs on the black and the grey list. */
const NATIONAL_COUNTS = { black: 127_682, grey: 886_003 } as const

/** What a batch of the national sample is made of; its rows are the IMEIs of the named groups. */
interface Plan {
  readonly kind: BatchKind
  readonly source: SourceBody
  readonly daysAgo: number
  readonly groups: readonly string[]
  readonly docs: readonly SampleDoc[]
}

/**
 * Lists as large as the country's: 127,682 black, 886,003 grey and `white` white IMEIs, all made up. Rows are computed when asked
 * for; the same seed, day and `white` give the same rows. Memory: one byte an IMEI.
 */
export function nationalSample(options: {
  readonly seed: number
  readonly today: IsoDate
  readonly white: number
}): NationalSample {
  const counts = { ...NATIONAL_COUNTS, white: options.white }
  const imeis = new NationalImeis(options.seed, counts)
  const tac: StreamedBatch = {
    ...headOf({ kind: 'tac', source: 'gsma', daysAgo: 330, groups: [], docs: [] }, options.today),
    docs: [],
    tacs: imeis.tacTable(),
    count: 0,
    *rows() {
      // a TAC table names no IMEI
    },
  }
  const batches = plans(options.seed, options.today)
    .map(
      (plan): StreamedBatch => ({
        ...headOf(plan, options.today),
        docs: plan.docs,
        tacs: [],
        count: imeis.count(plan.groups),
        rows: () => imeis.rows(plan.groups, plan.docs.length),
      }),
    )
    .filter((batch) => batch.count > 0)
  return { officers: SAMPLE_OFFICERS, counts, batches: [tac, ...batches] }
}

function headOf(plan: Plan, today: IsoDate) {
  const black = ['stolen', 'gsma', 'counterfeit', 'illegal-import', 'blockrun'].includes(plan.kind)
  const date = addDays(today, -plan.daysAgo)
  return {
    kind: plan.kind,
    source: plan.source,
    by: plan.kind === 'blockrun' ? 'approver2' : 'importer',
    signedBy: black || plan.kind === 'customs' ? ['approver'] : [],
    at: `${date}T05:00:00Z`,
    letter: 'NATIONAL SAMPLE',
    file: `national_${plan.kind}_${plan.source}_${date}_SAMPLE.csv`,
  }
}

/** Batches in the order in which the registry took them. */
function plans(seed: number, today: IsoDate): readonly Plan[] {
  const random = new Random(seed, 'national docs')
  const days = (from: number, to: number): readonly IsoDate[] =>
    Array.from({ length: to - from + 1 }, (_, i) => addDays(today, -(from + i)))
  const seen = (from: number, to: number): readonly SampleDoc[] =>
    days(from, to).map((date) => ({ op: 'add', date, network: 'home', data: { rat: 'LTE' } }))
  const reports = (from: number, to: number, name: string): readonly SampleDoc[] =>
    days(from, to).map((date, i) => ({ op: 'add', date, network: null, data: { report: `${name}-${i}-SAMPLE` } }))
  const sightings = (daysAgo: number, from: number, to: number, age: 'old' | 'new'): readonly Plan[] =>
    (['kcell', 'beeline', 'tele2'] as const).map((source: Operator) => ({
      kind: 'operator',
      source,
      daysAgo,
      groups: [`${age}-${source}`],
      docs: seen(from, to),
    }))
  const cutOff = DEFAULT_POLICY.legacyCutOff
  return [
    {
      kind: 'legacy',
      source: 'srfs',
      daysAgo: 320,
      groups: ['legacy'],
      docs: Array.from({ length: 60 }, (_, i) => ({
        op: 'add',
        date: addDays(cutOff, -1 - i),
        network: null,
        data: { note: 'SAMPLE' },
      })),
    },
    {
      kind: 'manufacturer',
      source: 'manufacturer',
      daysAgo: 300,
      groups: ['manufacturer'],
      docs: reports(301, 340, 'FACTORY'),
    },
    {
      kind: 'customs',
      source: 'customs',
      daysAgo: 140,
      groups: ['customs'],
      docs: days(145, 344).map((date) => ({ op: 'add', date, network: null, data: declaration(random, date) })),
    },
    ...sightings(78, 80, 135, 'old'),
    { kind: 'gsma', source: 'gsma', daysAgo: 70, groups: ['gsma'], docs: reports(71, 160, 'SG18') },
    { kind: 'counterfeit', source: 'srfs', daysAgo: 65, groups: ['counterfeit'], docs: reports(66, 90, 'LAB') },
    { kind: 'illegal-import', source: 'customs', daysAgo: 60, groups: ['illegal'], docs: reports(61, 80, 'ACT') },
    { kind: 'stolen', source: 'police', daysAgo: 50, groups: ['stolen'], docs: reports(51, 200, 'ERDR') },
    {
      kind: 'blockrun',
      source: 'ministry',
      daysAgo: 46,
      groups: ['old-kcell', 'old-beeline', 'old-tele2'],
      docs: [{ op: 'add', date: addDays(today, -46), network: null, data: { run: 'RUN-0001' } }],
    },
    ...sightings(1, 2, 44, 'new'),
  ]
}

function declaration(random: Random, date: IsoDate): SampleDoc['data'] {
  return {
    declaration: `55302/${date.slice(8, 10)}${date.slice(5, 7)}${date.slice(2, 4)}/${random.digits(7)}`,
    line: '1',
    bin: bin('2012-05', random),
    importer: 'ТОО «Sample Mobile KZ»',
    brand: 'Sample',
    hs: '8517130000',
    country: 'CN',
  }
}
