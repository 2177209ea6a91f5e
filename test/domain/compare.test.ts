import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ROUTES, type Route } from '../../src/domain/appeal.ts'
import { addDays } from '../../src/domain/businessDate.ts'
import { compareClaim } from '../../src/domain/compare/compareClaim.ts'
import { COMPARE_RULES, type Comparing, type ImeiFacts, type Journey } from '../../src/domain/compare/compared.ts'
import { identityCheckDigit } from '../../src/domain/identity.ts'

const known: ImeiFacts = {
  imei: '860123040000012',
  usable: true,
  listing: { list: 'grey', reason: 'not-confirmed', since: '2026-03-20', deadline: '2026-04-19' },
  owner: null,
  brand: 'Xiaomi',
  model: 'Note 14',
  firstSeen: '2026-03-20',
  declaration: null,
  declaredBy: null,
  declaredName: null,
}
const journey: Journey = { exit: '2026-03-01', entry: '2026-03-15', document: 'N1234567', by: 'applicant' }
const claim = {
  imeis: [known.imei],
  brand: 'Xiaomi',
  model: 'Note 14',
  exit: '2026-03-01',
  purchase: '2026-03-08',
  entry: '2026-03-15',
}

interface Over {
  route?: Route
  claim?: Partial<Comparing['appeal']['claim']>
  imei?: Partial<ImeiFacts>
  journeys?: readonly Journey[]
  reuse?: Comparing['reuse']
  toleranceDays?: number
  declared?: Comparing['declared']
  applicant?: Comparing['appeal']['applicant']
}
const comparing = (o: Over = {}): Comparing => ({
  appeal: {
    route: o.route ?? 'accompanied',
    applicant: o.applicant ?? { key: { kind: 'iin', iin: '900101300007' }, name: 'Sample', language: 'ru' },
    claim: { ...claim, ...o.claim },
  },
  imeis: [{ ...known, ...o.imei }],
  journeys: o.journeys ?? [journey],
  reuse: o.reuse ?? [],
  declared: o.declared ?? null,
  toleranceDays: o.toleranceDays ?? 0,
  nameDistance: 1,
})
const line = (field: string, o: Over = {}) => {
  const found = compareClaim(comparing(o)).find((l) => l.field === field)
  return found && { result: found.result, rule: found.rule, fact: found.fact }
}

describe('the rule of a personal import: exit ≤ purchase ≤ entry ≤ first seen', () => {
  test('a claim that agrees with one journey and the first sighting matches in every date', () => {
    expect(line('exit')).toMatchObject({ result: 'match', rule: 'exit-recorded' })
    expect(line('purchase')).toMatchObject({
      result: 'match',
      rule: 'purchase-in-journey',
      fact: '2026-03-01 – 2026-03-15',
    })
    expect(line('entry')).toMatchObject({ result: 'match', rule: 'entry-recorded' })
    expect(line('firstSeen')).toMatchObject({ result: 'match', rule: 'seen-after-entry', fact: '2026-03-20' })
  })

  test('a purchase before the exit is unclear, not a contradiction: ordered online, or a gift', () => {
    expect(line('purchase', { claim: { purchase: '2026-02-20' } })).toMatchObject({
      result: 'unclear',
      rule: 'purchase-before-exit',
    })
  })

  test('a purchase after the entry contradicts', () => {
    expect(line('purchase', { claim: { purchase: '2026-03-16' } })).toMatchObject({
      result: 'contradict',
      rule: 'purchase-after-entry',
    })
  })

  test('a device seen here before its owner came back contradicts', () => {
    expect(line('firstSeen', { imei: { firstSeen: '2026-03-10' } })).toMatchObject({
      result: 'contradict',
      rule: 'seen-before-entry',
    })
  })

  test('the tolerance of the policy is allowed, and not a day more', () => {
    const late = { claim: { purchase: '2026-03-17' }, toleranceDays: 2 }
    expect(line('purchase', late)).toMatchObject({ result: 'match' })
    expect(line('purchase', { ...late, toleranceDays: 1 })).toMatchObject({ result: 'contradict' })
  })

  test('one journey that fits is enough, whatever the others are', () => {
    const others: Journey[] = [
      { exit: '2025-01-01', entry: '2025-01-09', document: 'N1', by: 'applicant' },
      journey,
      { exit: '2026-05-01', entry: '2026-05-09', document: 'N1', by: 'applicant' },
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(others, { minLength: 3 }), (journeys) => {
        expect(line('entry', { journeys })).toMatchObject({ result: 'match' })
        expect(line('purchase', { journeys })).toMatchObject({ result: 'match' })
      }),
    )
  })

  test('where the border recorded nothing there is nothing to compare with', () => {
    expect(line('entry', { journeys: [] })).toMatchObject({ result: 'none', rule: 'no-journey', fact: null })
    expect(line('purchase', { journeys: [] })).toMatchObject({ result: 'match', rule: 'purchase-before-first-seen' })
    expect(line('purchase', { journeys: [], imei: { firstSeen: '2026-03-07' } })).toMatchObject({
      result: 'contradict',
      rule: 'purchase-after-first-seen',
    })
  })

  test('what is not claimed cannot agree or contradict', () => {
    const { exit: _x, purchase: _p, entry: _e, ...rest } = claim
    const c = { ...comparing(), appeal: { ...comparing().appeal, claim: rest } }
    for (const field of ['exit', 'purchase', 'entry'])
      expect(compareClaim(c).find((l) => l.field === field)).toMatchObject({ claim: null, result: 'none' })
  })

  test('dates in the right order never contradict, and a wrong one is never called a match', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2026-03-01', n))
    fc.assert(
      fc.property(day, day, day, day, (exit, purchase, entry, firstSeen) => {
        const o = {
          claim: { exit, purchase, entry },
          imei: { firstSeen },
          journeys: [{ exit, entry, document: 'N', by: 'applicant' as const }],
        }
        const inOrder = exit <= purchase && purchase <= entry && entry <= firstSeen
        const results = ['purchase', 'firstSeen'].map((f) => line(f, o)?.result)
        expect(results.every((r) => r === 'match')).toBe(inOrder)
      }),
    )
  })
})

describe('the other fields', () => {
  test('a model agrees also in Cyrillic look-alikes, with or without the brand in it', () => {
    for (const c of [{ model: 'Note 14' }, { model: 'xiaomi NOTE-14' }, { brand: 'Хiаоmi', model: 'Nоте 14' }])
      expect(line('model', { claim: { ...claim, ...c } })).toMatchObject({ result: 'match', rule: 'model-agrees' })
    expect(line('model', { claim: { brand: 'Samsung', model: 'Galaxy S25' } })).toMatchObject({ result: 'contradict' })
    expect(line('model', { claim: { brand: 'Samsung', model: 'Note 14' } })).toMatchObject({ result: 'contradict' })
  })

  test('a type that is not in the table is no fake by itself', () => {
    const unknown = { imei: { brand: null, model: null } }
    expect(line('imei1', unknown)).toMatchObject({ result: 'unclear', rule: 'imei-tac-unknown' })
    expect(line('model', unknown)).toMatchObject({ result: 'none', rule: 'model-tac-unknown' })
  })

  test('a listing that only another body may lift contradicts', () => {
    expect(line('imei1', { imei: { owner: 'police' } })).toMatchObject({
      result: 'contradict',
      rule: 'imei-other-body',
    })
  })

  test('papers that serve another appeal are named with it', () => {
    const reuse = [{ what: 'receipt' as const, value: 'R1', appeal: 'A-2026-000009' }]
    expect(line('receipt', { reuse, claim: { receiptNo: 'R1' } })).toMatchObject({
      result: 'contradict',
      fact: 'A-2026-000009',
    })
    const once = [{ what: 'tracking' as const, value: 'T1', appeal: 'A-1' }]
    expect(line('tracking', { reuse: once, claim: { trackingNo: 'T1' } })).toMatchObject({ result: 'unclear' })
    const twice = [...once, { what: 'tracking' as const, value: 'T1', appeal: 'A-2' }]
    expect(line('tracking', { reuse: twice, claim: { trackingNo: 'T1' } })).toMatchObject({ result: 'contradict' })
  })

  test('a declaration agrees with or without its line number', () => {
    const imei = { declaration: '55301/140926/0012345' }
    expect(line('declaration', { imei, claim: { declarationNo: '55301/140926/0012345/2' } })).toMatchObject({
      result: 'match',
    })
    expect(line('declaration', { imei, claim: { declarationNo: '55301/140926/0012346' } })).toMatchObject({
      result: 'contradict',
    })
  })

  test('a declaration in another name contradicts only on a parcel of his own', () => {
    const imei = { declaredBy: '250340000120' }
    expect(line('owner', { imei, route: 'courier' })).toMatchObject({ result: 'contradict' })
    expect(line('owner', { imei, route: 'marketplace' })).toMatchObject({ result: 'unclear' })
    expect(line('owner', { imei: { declaredBy: '900101300007' } })).toMatchObject({
      result: 'match',
      rule: 'owner-declared',
    })
  })

  test('whatever is claimed and known, every line has a rule of the list and every mandatory field a line', () => {
    const maybeDay = fc.option(fc.constantFrom('2026-03-01', '2026-03-08', '2026-04-01'))
    const set = <T>(key: string, value: T | null) => (value === null ? {} : { [key]: value })
    fc.assert(
      fc.property(
        fc.constantFrom(...ROUTES),
        fc.tuple(maybeDay, maybeDay, maybeDay),
        fc.tuple(maybeDay, maybeDay, maybeDay),
        (route, [exit, purchase, entry], [out, back, firstSeen]) => {
          const { exit: _e, purchase: _p, entry: _n, ...rest } = claim
          const c: Comparing = {
            ...comparing({
              route,
              imei: { firstSeen },
              journeys: [{ exit: out, entry: back, document: 'N', by: 'applicant' }],
            }),
            appeal: {
              ...comparing({ route }).appeal,
              claim: { ...rest, ...set('exit', exit), ...set('purchase', purchase), ...set('entry', entry) },
            },
          }
          for (const l of compareClaim(c)) {
            expect(COMPARE_RULES).toContain(l.rule)
            if (l.fact === null) expect(['none', 'unclear', 'contradict']).toContain(l.result)
          }
        },
      ),
    )
  })
})

describe('whose device it is', () => {
  const foreigner = (name: string) =>
    ({ key: { kind: 'passport', number: 'AB1', country: 'UZ' }, name, language: 'ru' }) as const
  const declaredAs = (declaredName: string, declaredBy: string | null = null) => ({ declaredName, declaredBy })

  test('a foreigner is known by his name, in whichever letters the declaration has it', () => {
    const imei = declaredAs('KARIMOV SHAVKAT')
    expect(line('owner', { applicant: foreigner('Каримов Шавкат'), imei })).toMatchObject({
      result: 'match',
      rule: 'owner-name-agrees',
    })
    expect(line('owner', { applicant: foreigner('Каримов Ш.'), imei })).toMatchObject({ rule: 'owner-not-declared' })
  })

  test('the right IIN with another name is looked at again', () => {
    expect(line('owner', { imei: declaredAs('Другой Человек', '900101300007') })).toMatchObject({
      result: 'unclear',
      rule: 'owner-name-differs',
    })
  })

  test('whoever travelled with the document named is the giver of a gift, and nobody else’s owner', () => {
    const journeys = [{ ...journey, by: 'document' as const }]
    expect(line('owner', { route: 'gift', journeys })).toMatchObject({ result: 'unclear', rule: 'owner-giver-crossed' })
    expect(line('owner', { journeys })).toMatchObject({ result: 'contradict', rule: 'owner-other-crossed' })
    expect(line('entry', { route: 'gift', journeys })).toMatchObject({ result: 'match' })
  })
})

test('an IIN that cannot exist contradicts; one without a day of birth is looked at again', () => {
  const owner = (iin: string) =>
    compareClaim({
      appeal: {
        route: 'second-hand',
        applicant: { key: { kind: 'iin', iin }, name: 'A', language: 'kk' },
        claim: { imeis: [] },
      },
      ...{ imeis: [], journeys: [], reuse: [], declared: null, toleranceDays: 0, nameDistance: 1 },
    }).find((l) => l.field === 'owner')
  expect(owner('900101300008')).toMatchObject({ result: 'contradict', rule: 'owner-iin-impossible' })
  expect(owner('900101300007')).toMatchObject({ result: 'none', rule: 'owner-no-record' })
  // the thirteenth month of 1999, with the check digit that belongs to it
  expect(owner(`99133130000${identityCheckDigit('99133130000')}`)).toMatchObject({ rule: 'owner-iin-odd' })
})

test('a declaration serves as many appeals as it has devices', () => {
  const o = { route: 'courier' as const, claim: { declarationNo: '50505/101025/0001234' } }
  expect(line('declaration', { ...o, declared: { quantity: 10, used: 8 } })).toMatchObject({
    result: 'unclear',
    rule: 'declaration-quantity-left',
    fact: '2 / 10',
  })
  expect(line('declaration', { ...o, declared: { quantity: 2, used: 2 } })).toMatchObject({
    result: 'contradict',
    rule: 'declaration-used-up',
  })
})
