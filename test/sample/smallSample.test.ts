import { describe, expect, it } from 'vitest'
import { zIntake } from '../../src/contract/registry.ts'
import { zAppeal, zBatchKind, zSource } from '../../src/contract/value.ts'
import { isOpen, ROUTES } from '../../src/domain/appeal.ts'
import { businessDate } from '../../src/domain/businessDate.ts'
import { isIdentity } from '../../src/domain/identity.ts'
import { hasRightCheckDigit, imei15Text } from '../../src/domain/imei.ts'
import { isOverdue, LISTING_REASONS } from '../../src/domain/listing.ts'
import { smallSample } from '../../src/sample/smallSample.ts'
import { SampleRegistry } from './sampleRegistry.ts'

const TODAY = '2026-11-23'
const sample = smallSample({ seed: 1, today: TODAY })
const registry = new SampleRegistry(sample)
const batches = sample.history.flatMap((e) => (e.type === 'batch' ? [e.batch] : []))
const appeals = registry.appeals

describe('the small sample', () => {
  it('is the same for the same seed and day, and another for another seed', () => {
    expect(smallSample({ seed: 1, today: TODAY })).toEqual(sample)
    expect(smallSample({ seed: 2, today: TODAY })).not.toEqual(sample)
  })

  it('knows the same devices on every day: only its dates move', () => {
    const other = new SampleRegistry(smallSample({ seed: 1, today: '2026-03-26' }))
    expect([...other.facts.keys()].sort()).toEqual([...registry.facts.keys()].sort())
    for (const imei14 of registry.facts.keys())
      expect(other.listing(imei14).reason, String(imei14)).toBe(registry.listing(imei14).reason)
  })

  it('has some thousand listings, with every reason there is', () => {
    const reasons = new Map<string, number>()
    for (const imei14 of registry.facts.keys()) {
      const { reason } = registry.listing(imei14)
      reasons.set(reason ?? 'none', (reasons.get(reason ?? 'none') ?? 0) + 1)
    }
    expect([...reasons.keys()].sort()).toEqual([...LISTING_REASONS, 'none'].sort())
    expect(registry.facts.size).toBeGreaterThan(4000)
    expect(reasons.get('not-verified-in-time')).toBeGreaterThan(300)
  })

  it('has grey listings past their deadline, of both reasons', () => {
    const overdue = [...registry.facts.keys()].map((i) => registry.listing(i)).filter((l) => isOverdue(l, TODAY))
    expect(new Set(overdue.map((l) => l.reason))).toEqual(new Set(['not-confirmed', 'second-imei-pending']))
    expect(overdue.length).toBeGreaterThan(100)
  })

  it('has only IMEIs that begin with 86, written with a right check digit', () => {
    for (const imei14 of registry.facts.keys()) expect(imei15Text(imei14)).toMatch(/^86\d{13}$/)
    for (const { appeal } of appeals)
      for (const imei of appeal.claim.imeis) {
        expect(imei).toMatch(/^86/)
        expect(hasRightCheckDigit(imei), imei).toBe(true)
      }
  })

  it('gives batches as the contract names them, sorted, each IMEI once, siblings in rings', () => {
    for (const batch of batches) {
      expect(zBatchKind.safeParse(batch.kind).success).toBe(true)
      expect(zSource.safeParse(batch.source).success).toBe(true)
      const next = new Map(batch.facts.map((f) => [f.imei14, f.next]))
      expect(next.size).toBe(batch.facts.length)
      batch.facts.forEach((fact, i) => {
        if (i > 0) expect(fact.imei14).toBeGreaterThan(batch.facts[i - 1]?.imei14 ?? 0)
        expect(batch.docs[fact.doc]).toBeDefined()
        if (fact.next !== 0) expect(next.get(next.get(fact.next) ?? 0)).toBe(next.get(fact.imei14))
      })
    }
  })

  it('lies in the past, in order, and reports nothing before it happened', () => {
    let before = ''
    for (const { at } of sample.history) {
      expect(at >= before).toBe(true)
      expect(businessDate(at) < TODAY).toBe(true)
      before = at
    }
    for (const batch of batches) for (const doc of batch.docs) expect(doc.date <= businessDate(batch.at)).toBe(true)
    for (const batch of batches) for (const c of batch.crossings) expect(c.date <= businessDate(batch.at)).toBe(true)
  })

  it('is signed by a second officer where a batch makes or ends black', () => {
    for (const batch of batches)
      if (['stolen', 'gsma', 'counterfeit', 'clone', 'illegal-import', 'blockrun'].includes(batch.kind)) {
        expect(batch.signedBy).not.toEqual([])
        expect(batch.signedBy).not.toContain(batch.by)
      }
  })

  it('says of all its people that they are made up', () => {
    for (const officer of sample.officers) expect(officer.name).toMatch(/\((үлгі|образец)\)$/)
    const made =
      /Үлгі|Мысал|Сынақ|Ойдан|Болжам|Тәжірибе|Ертегі|Ертегиев|Жорамал|Образц|Пример|Вымыс|Шаблон|Проб|Эталон|Сказк|Модел|NAMUNA|ULGUL|ORNEK|MUSTER|YANGBEN|OBRAZ|SPECIMEN/
    for (const { appeal } of appeals) expect(appeal.applicant.name).toMatch(made)
  })
})

describe('the sixty appeals', () => {
  it('take every route, at least fifty of them still open', () => {
    expect(appeals).toHaveLength(60)
    expect(new Set(appeals.map((a) => a.appeal.route))).toEqual(new Set(ROUTES))
    expect(appeals.filter((a) => isOpen(a.appeal.state)).length).toBeGreaterThanOrEqual(50)
    expect(new Set(appeals.map((a) => a.appeal.id)).size).toBe(60)
  })

  it('fit the contract', () => {
    for (const { appeal } of appeals) {
      expect(zAppeal.safeParse({ ...appeal, evidence: [] }).error).toBeUndefined()
      expect(zIntake.safeParse({ ...appeal, evidence: [] }).error).toBeUndefined()
      expect(appeal.version).toBe(appeal.timeline.length)
    }
  })

  it('come from residents with a valid IIN and from guests with a passport', () => {
    const keys = appeals.map((a) => a.appeal.applicant.key)
    for (const key of keys) if (key.kind === 'iin') expect(isIdentity(key.iin), key.iin).toBe(true)
    expect(keys.filter((k) => k.kind === 'passport').length).toBeGreaterThanOrEqual(5)
  })

  it('include exactly six open ones about IMEIs black as not-verified-in-time, whose every comparison agrees', () => {
    const six = appeals.filter(
      (a) =>
        isOpen(a.appeal.state) &&
        a.appeal.claim.imeis.some((i) => registry.listing(Number(i.slice(0, 14))).reason === 'not-verified-in-time'),
    )
    expect(six).toHaveLength(6)
    for (const appeal of six) {
      expect(appeal.appeal.state).toBe('received')
      for (const line of registry.compare(appeal)) {
        const wanted = line.field === 'receipt' ? 'none' : 'match'
        expect(line.result, `${appeal.appeal.id} ${line.field}: ${line.rule}`).toBe(wanted)
      }
    }
  })

  it('agree where the story is clean and contradict where it is not', () => {
    for (const appeal of appeals) {
      const results = registry.compare(appeal).map((line) => line.result)
      if (appeal.story.startsWith('clean')) expect(results, appeal.appeal.id).not.toContain('contradict')
      if (SHOWN_BY_FACTS.includes(appeal.story) && appeal.appeal.route !== 'gift')
        expect(results, `${appeal.appeal.id} ${appeal.story}`).toContain('contradict')
    }
  })

  it('share receipts where a fixer filed them, file and all', () => {
    const reused = appeals.filter((a) => a.story === 'receipt-reused')
    expect(reused.length).toBeGreaterThanOrEqual(3)
    const [first, ...others] = reused.map((a) => a.papers.find((p) => p.shows === 'receipt'))
    for (const other of others) expect(other).toEqual(first)
    expect(new Set(reused.map((a) => a.appeal.applicant.name)).size).toBe(reused.length)
  })
})

/** Stories whose contradiction the registry's own facts show; the rest shows in the papers. */
const SHOWN_BY_FACTS = [
  'border-date',
  'seen-before-entry',
  'wrong-model',
  'receipt-reused',
  'tracking-overused',
  'stolen',
  'gsma-listed',
  'counterfeit',
]
