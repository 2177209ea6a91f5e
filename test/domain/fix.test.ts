import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fixedCells, rowFix } from '../../src/domain/fix/applySteps.ts'
import { CELL_RULE } from '../../src/domain/fix/cellRules.ts'
import { clusters, spellingKey } from '../../src/domain/fix/clusters.ts'
import type { FixRow, FixStep } from '../../src/domain/fix/fixStep.ts'
import { identityCheckDigit } from '../../src/domain/identity.ts'
import { imei15Text } from '../../src/domain/imei.ts'

const rowOf = (cells: readonly string[], number = 2): FixRow => ({ number, cell: (column) => cells[column] ?? '' })
const COLUMNS = { imei1: 0, bin: 1, brand: 2, date: 3 } as const
const fixed = (steps: readonly FixStep[], cells: readonly string[], number = 2): string[] => {
  const changed = fixedCells(
    steps.map((s) => rowFix(s, COLUMNS)),
    rowOf(cells, number),
  )
  return cells.map((text, column) => changed.get(column) ?? text)
}

describe('a rule for cells', () => {
  test.each([
    ['strip', 'imei1', ' 860123\u00a0450000016\u200b', '860123450000016'],
    ['strip', 'imei1', "'86-012345-000001-6", '860123450000016'],
    ['strip', 'imei1', 'IMEI1: 860123450000016', '860123450000016'],
    ['strip', 'imei1', '860123450000016 / 860123450000024', '860123450000016 / 860123450000024'],
    ['strip', 'brand', '  Xiaomi \u200b Redmi ', 'Xiaomi Redmi'],
    ['strip', 'quantity', '1.5', '1.5'],
    ['pad-zero', 'bin', '90010130008', '90010130008'],
    ['pad-zero', 'imei1', '86012345000001', '86012345000001'],
    ['lookalikes', 'brand', 'Хiaomi', 'Xiaomi'],
    ['lookalikes', 'brand', 'Самсунг', 'Самсунг'],
    ['lookalikes', 'brand', 'Apple', 'Apple'],
    ['complete-year', 'date', '03.11.25', '03.11.2025'],
    ['complete-year', 'date', '3/1/98', '3/1/1998'],
    ['complete-year', 'date', '03.11.2025', '03.11.2025'],
    ['complete-year', 'date', '10.11.12.13', '10.11.12.13'],
  ] as const)('%s of %s turns «%s» into «%s»', (rule, field, text, wanted) => {
    expect(CELL_RULE[rule](text, field)).toBe(wanted)
  })

  test('gives a lost zero back only where the check digit proves it', () => {
    const whole = imei15Text(1_234_567_000_001)
    expect(whole.startsWith('01')).toBe(true)
    expect(CELL_RULE['pad-zero'](whole.slice(1), 'imei1')).toBe(whole)
    const wrong = whole.slice(1, 14) + ((Number(whole[14]) + 1) % 10)
    expect(CELL_RULE['pad-zero'](wrong, 'imei1')).toBe(wrong)
    const eleven = '00010150001'
    const bin = `${eleven}${identityCheckDigit(eleven)}`
    expect(CELL_RULE['pad-zero'](bin.replace(/^0+/, ''), 'bin')).toBe(bin)
  })

  test('replaces letters in an IMEI only where the check digit proves it', () => {
    const imei = imei15Text(86_012_345_000_001)
    expect(CELL_RULE.lookalikes(imei.replace('0', 'О').replace('1', 'l'), 'imei1')).toBe(imei)
    const broken = imei.slice(0, 14) + ((Number(imei[14]) + 1) % 10)
    expect(CELL_RULE.lookalikes(broken.replace('0', 'O'), 'imei1')).toBe(broken.replace('0', 'O'))
  })

  test('separates IMEIs that were run together, and nothing else', () => {
    const [a, b] = [imei15Text(86_012_345_000_001), imei15Text(86_012_345_500_001)]
    expect(CELL_RULE.split(`${a}${b}`, 'imei1')).toBe(`${a}, ${b}`)
    expect(CELL_RULE.split(`слот1=${a}, слот2=${b}`, 'imei1')).toBe(`${a}, ${b}`)
    expect(CELL_RULE.split(`${a} / ${b}`, 'imei1')).toBe(`${a} / ${b}`)
    expect(CELL_RULE.split('1'.repeat(30), 'imei1')).toBe('1'.repeat(30))
  })

  test.each(['strip', 'pad-zero', 'split', 'lookalikes', 'complete-year'] as const)(
    '%s has nothing more to say about what it has corrected',
    (rule) => {
      const texts = fc.oneof(
        fc.string(),
        fc.stringMatching(/^[0-9 OОoIl./-]{8,32}$/),
        fc.stringMatching(/^\d{1,2}[./-]\d{1,2}[./-]\d{2}$/),
        fc.constantFrom('Хiaomi', 'ΧiаоМi 12', "'860123450000016", 'IMEI IMEI 86'),
      )
      fc.assert(
        fc.property(texts, fc.constantFrom('imei1', 'bin', 'brand', 'date', 'tac'), (text, field) => {
          const once = CELL_RULE[rule](text, field)
          expect(CELL_RULE[rule](once, field)).toBe(once)
        }),
        { numRuns: 400 },
      )
    },
  )
})

describe('steps over a row', () => {
  const cell = fc.oneof(
    fc.constantFrom('', ' a ', 'Хiaomi', 'xiaomi', '03.11.25', '1234567000001', ' 860123450000016'),
    fc.string(),
  )
  const step: fc.Arbitrary<FixStep> = fc.oneof(
    fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom('strip', 'pad-zero', 'split', 'lookalikes', 'complete-year'),
      field: fc.constantFrom('imei1', 'bin', 'brand', 'date', 'rat'),
    }),
    fc.record({
      id: fc.uuid(),
      kind: fc.constant('merge' as const),
      field: fc.constant('brand' as const),
      from: fc.array(fc.constantFrom('xiaomi', 'Хiaomi', 'a')),
      to: fc.constant('Xiaomi'),
    }),
    fc.record({
      id: fc.uuid(),
      kind: fc.constant('edit' as const),
      cells: fc.array(fc.record({ row: fc.constantFrom(2, 3), column: fc.nat({ max: 3 }), text: fc.string() }), {
        maxLength: 4,
      }),
    }),
  )

  test('each builds on what those before it made', () => {
    const steps: FixStep[] = [
      { id: '1', kind: 'strip', field: 'brand' },
      { id: '2', kind: 'lookalikes', field: 'brand' },
      { id: '3', kind: 'merge', field: 'brand', from: ['Xiaomi', 'XIAOMI'], to: 'Xiaomi Corp' },
    ]
    expect(fixed(steps, ['', '', ' Хiaomi ', ''])).toEqual(['', '', 'Xiaomi Corp', ''])
  })

  test('undone in any order they were never applied', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 6 }).chain((steps) => fc.tuple(fc.constant(steps), fc.shuffledSubarray(steps))),
        fc.array(cell, { minLength: 4, maxLength: 4 }),
        ([steps, undone], cells) => {
          let left = steps
          for (const one of undone) left = left.filter((s) => s !== one)
          const never = steps.filter((s) => !undone.includes(s))
          expect(fixed(left, cells)).toEqual(fixed(never, cells))
          expect(fixed([], cells)).toEqual(cells)
        },
      ),
    )
  })

  test('done again from what was kept of them they do the same', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), fc.array(cell, { minLength: 4, maxLength: 4 }), (steps, cells) => {
        const again = JSON.parse(JSON.stringify(steps)) as FixStep[]
        expect(fixed(again, cells)).toEqual(fixed(steps, cells))
      }),
    )
  })

  test('an edit changes its row alone', () => {
    const steps: FixStep[] = [{ id: '1', kind: 'edit', cells: [{ row: 7, column: 2, text: 'Nokia' }] }]
    expect(fixed(steps, ['', '', 'Нокиа', ''], 7)[2]).toBe('Nokia')
    expect(fixed(steps, ['', '', 'Нокиа', ''], 8)[2]).toBe('Нокиа')
  })
})

describe('clusters of spellings', () => {
  const of = (...texts: [string, number][]) => clusters(texts.map(([text, rows]) => ({ text, rows })))

  test('join case, spaces, alphabets and one slip of a finger, and propose the frequent spelling', () => {
    expect(of(['Xiaomi', 900], ['XIAOMI', 80], ['Хiaomi', 12], ['Xaiomi', 2], ['Samsung', 500])).toEqual([
      {
        to: 'Xiaomi',
        spellings: [
          { text: 'Xiaomi', rows: 900 },
          { text: 'XIAOMI', rows: 80 },
          { text: 'Хiaomi', rows: 12 },
          { text: 'Xaiomi', rows: 2 },
        ],
      },
    ])
  })

  test('never join models that differ by a digit or a plus', () => {
    expect(of(['Redmi Note 13', 100], ['Redmi Note 14', 5], ['Redmi Note 13+', 5])).toEqual([])
  })

  test('know a company without its legal form and quotation marks', () => {
    expect(spellingKey('ТОО «Мобайл Сервис»')).toBe(spellingKey('Мобайл  сервис'))
  })
})
