import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ImportKind } from '../../src/domain/batch.ts'
import { parseCheckSetting } from '../../src/domain/checks/checkSetting.ts'
import type { KnownFact, Recollection, ReportedImei } from '../../src/domain/checks/historyRule.ts'
import {
  type CheckCode,
  FILE_RULES,
  HISTORY_RULES,
  levelOf,
  levelsFor,
  limitOf,
  ROW_RULES,
} from '../../src/domain/checks/ruleBook.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { isSameBrand, isSameModel } from '../../src/domain/deviceName.ts'
import type { FactKind } from '../../src/domain/fact.ts'
import { listingOf } from '../../src/domain/policy.ts'

const RULES = [...ROW_RULES, ...FILE_RULES]

describe('the book of rules', () => {
  it('has every rule once, in a file named after its code', () => {
    const fileOf = (code: string): string => `${code.replace(/-(\w)/g, (_, c: string) => c.toUpperCase())}.ts`
    const files = readdirSync(new URL('../../src/domain/checks/rules/', import.meta.url))
    expect(RULES.map((r) => fileOf(r.code)).sort()).toEqual([...files].sort())
  })

  it('says the level of the kind of list, then what the rule itself says', () => {
    expect(levelOf('customs', 'imei-check-digit')).toBe('error')
    expect(levelOf('stolen', 'imei-check-digit')).toBe('warning')
    expect(levelOf('operator', 'imei-check-digit')).toBe('off')
  })

  it('lets the policy set level and limit, for all kinds of list or for one', () => {
    const checks = {
      levels: { 'tac-unknown': 'off', 'customs/tac-unknown': 'error' },
      limits: { 'guard-size/share': 0.5 },
    } as const
    expect(levelOf('customs', 'tac-unknown', checks)).toBe('error')
    expect(levelsFor('stolen', checks)('tac-unknown')).toBe('off')
    expect(limitOf('guard-size', 'share', checks)).toBe(0.5)
    expect(limitOf('guard-size', 'share')).toBe(0.75)
  })

  it.each([
    ['checks.levels.tac-unknown', 'off', 'off'],
    ['checks.levels.customs/tac-brand', 'error', 'error'],
    ['checks.limits.seen-before-declared/days', '14', 14],
    ['checks.limits.guard-out-of-region/share', '0.2', 0.2],
    ['checks.limits.guard-out-of-region/share', '2', undefined],
    ['checks.limits.seen-before-declared/days', '1.5', undefined],
    ['checks.limits.tac-unknown/share', '1', undefined],
    ['checks.levels.no-such-rule', 'off', undefined],
    ['checks.levels.nowhere/tac-unknown', 'off', undefined],
    ['checks.levels.tac-unknown', 'loud', undefined],
    // a repetition is a repetition; and what is about no single row rejects none
    ['checks.levels.duplicate', 'off', undefined],
    ['checks.levels.quantity-mismatch', 'error', undefined],
  ])('takes the setting %s=%s as %s', (key, value, taken) => {
    expect(parseCheckSetting(key, value)).toBe(taken)
  })
})

const A = 86012345000001
const B = 86012345000002
const C = 86012345000003

interface Told {
  kind?: FactKind
  op?: 'add' | 'remove'
  date?: string
  next?: number
  source?: KnownFact['source']
  declaration?: string
}

/** What the rules of history say of a row about IMEI A, given facts known before. */
function history(
  told: readonly Told[],
  row: Partial<ReportedImei> & { declaration?: string; device?: number[]; devices?: Record<number, number[]> } = {},
): Partial<Record<CheckCode, object>> {
  const facts = told.map((t, i): KnownFact & { declaration: string } => ({
    kind: t.kind ?? 'customs-declared',
    op: t.op ?? 'add',
    source: t.source ?? 'customs',
    date: t.date ?? '2025-10-01',
    batch: `batch-${i}`,
    seq: i + 1,
    no: i + 1,
    doc: i,
    next: t.next ?? 0,
    declaration: t.declaration ?? 'D1',
  }))
  const { declaration = 'D1', device = [A], devices = {}, ...reported } = row
  const recall: Recollection = {
    dataOf: (f) => ({ declaration: (f as unknown as { declaration: string }).declaration }),
    reported: () => ({ declaration }),
    device: () => device,
    deviceOf: (f) => devices[f.no] ?? [A, f.next],
  }
  const kind: ImportKind = reported.kind ?? 'customs'
  const full: ReportedImei = { imei14: A, kind, source: 'customs', op: 'add', date: '2025-11-01', ...reported }
  const known = { facts, listing: listingOf(facts, DEFAULT_POLICY) }
  const found: Partial<Record<CheckCode, object>> = {}
  for (const rule of HISTORY_RULES) {
    if (levelOf(kind, rule.code) === 'off') continue
    const details = rule.find(full, known, recall, (name) => limitOf(rule.code, name))
    if (details !== null) found[rule.code] = details
  }
  return found
}

describe('a row held against what is known', () => {
  it('was in another batch of the same sender', () => {
    expect(history([{}])).toEqual({ 'known-in-batch': { batch: 1, date: '2025-10-01' } })
  })
  it('was taken out since, so that it may come again', () => {
    const stolen = { kind: 'stolen', source: 'police' } as const
    expect(history([stolen, { ...stolen, op: 'remove' }], { kind: 'stolen', source: 'police' })).toEqual({})
  })
  it('was declared under another declaration', () => {
    expect(history([{ declaration: 'D0' }])).toEqual({
      'declared-elsewhere': { other: 'D0', batch: 1, date: '2025-10-01' },
    })
  })
  it('was in a network before it was declared', () => {
    const seen = { kind: 'seen', source: 'kcell', date: '2025-10-31' } as const
    expect(history([seen])).toEqual({ 'seen-before-declared': { seen: '2025-10-31', declared: '2025-11-01' } })
    expect(history([{ ...seen, date: '2025-11-01' }])).toEqual({})
  })
  it('is declared though it is black, and counterfeit though it is white', () => {
    expect(history([{ kind: 'stolen', source: 'police' }])).toEqual({
      'on-other-list': { list: 'black', reason: 'stolen', since: '2025-10-01' },
    })
    expect(Object.keys(history([{}], { kind: 'counterfeit', source: 'srfs' }))).toEqual(['on-other-list'])
    expect(history([{}], { kind: 'stolen', source: 'police' })).toEqual({})
  })
  it('pairs the IMEI with another one than the registry does', () => {
    const paired = [{ next: B, declaration: 'D1' }]
    expect(history(paired, { device: [A, C] })).toMatchObject({
      'pair-contradicts': { other: '86012345000002', batch: 1 },
    })
    expect(history(paired, { device: [A, B] })).not.toHaveProperty('pair-contradicts')
    expect(history(paired, { device: [A] })).not.toHaveProperty('pair-contradicts')
    // one more IMEI of the same device is no contradiction, in either direction
    expect(history(paired, { device: [A, B, C] })).not.toHaveProperty('pair-contradicts')
    expect(history(paired, { device: [A, C], devices: { 1: [A, B, C] } })).not.toHaveProperty('pair-contradicts')
  })
  it('takes out what nobody listed, or what another body listed', () => {
    const remove = { kind: 'gsma', source: 'gsma', op: 'remove' } as const
    expect(history([], remove)).toEqual({ 'remove-unlisted': {} })
    expect(history([{ kind: 'gsma-listed', source: 'police' }], remove)).toEqual({
      'remove-other-body': { owner: 'police' },
    })
    expect(history([{ kind: 'gsma-listed', source: 'gsma' }], remove)).toEqual({})
  })
})

describe('a file as a whole', () => {
  const counts = { rows: 100, accepted: 100, rejected: 0, duplicates: 0, problems: {}, imeis: 100 }
  const found = (file: object): string[] =>
    FILE_RULES.filter(
      (r) =>
        r.find({ kind: 'customs', counts, outOfRegion: 0, before: null, ...file }, (n) => limitOf(r.code, n)) !== null,
    ).map((r) => r.code)

  it('has nothing wrong with it at the very limits', () => {
    expect(found({ counts: { ...counts, rejected: 10 }, before: 133, outOfRegion: 50 })).toEqual([])
  })
  it('has too many bad rows, or is too small for the list it replaces', () => {
    expect(found({ counts: { ...counts, rejected: 11 } })).toEqual(['guard-bad-rows'])
    expect(found({ before: 134 })).toEqual(['guard-size'])
  })
  it('has lost its leading zeros in a whole column', () => {
    const problems = { 'imei-lost-zero': 30, 'imei-zero-unclear': 21 }
    expect(found({ counts: { ...counts, problems } })).toEqual(['guard-zeros-lost'])
    expect(found({ counts: { ...counts, problems: { 'identity-lost-zero': 51 } } })).toEqual(['guard-zeros-lost'])
    expect(found({ counts: { ...counts, problems: { 'identity-lost-zero': 50 } } })).toEqual([])
  })
  it('is of another country', () => {
    expect(found({ outOfRegion: 51 })).toEqual(['guard-out-of-region'])
  })
})

describe('names of devices', () => {
  it.each([
    ['Samsung', 'SAMSUNG ELECTRONICS', true],
    ['Самсунг', 'Samsung', true],
    ['Redmi', 'Xiaomi', true],
    ['Хiaomi', 'Xiaomi', true],
    ['Apple', 'Samsung', false],
    ['LG', 'LGL', false],
  ])('%s and %s can be one brand: %s', (a, b, same) => {
    expect(isSameBrand(a, b)).toBe(same)
  })
  it.each([
    ['Redmi Note 14 8/256', 'Redmi Note 14', true],
    ['SM-A515F', 'Galaxy A51', true],
    ['Xiaomi Redmi 13C (128GB)', 'Redmi 13C', true],
    ['Redmi 9', 'Redmi 12', false],
    ['iPhone 15', 'iPhone 13', false],
  ])('%s and %s can be one model: %s', (a, b, same) => {
    expect(isSameModel(a, b, 'Xiaomi')).toBe(same)
  })
})
