import { afterAll, describe, expect, it } from 'vitest'
import { findPassport } from '../../../src/engine/evidence/machine/passportLines.ts'
import { ReadingThread } from '../../../src/engine/evidence/machine/readingThread.ts'
import { drawSpecimen, SPECIMENS } from '../../../src/sample/evidence/specimens.ts'

/** Lines as a reader of text gives them. */
const linesOf = (zone: readonly string[]) =>
  zone.map((text, i) => ({
    words: [{ text, sure: 1, box: { x: 0, y: 0.7 + i * 0.08, width: 1, height: 0.05 } }],
  }))
const specimens = SPECIMENS.map((s) => [s.form, s] as const)

describe("the zone of ICAO's specimens", () => {
  it.each(specimens)('%s says number, country and holder', (_, { zone, passport, person }) => {
    expect(findPassport(linesOf(zone), 0)).toMatchObject([
      { kind: 'passport', value: passport, by: 'mrz' },
      { kind: 'person', value: person },
    ])
  })

  it.each(specimens)('%s with any misread figure of its number is no passport', (_, { zone, passport }) => {
    const number = passport.slice(4)
    for (const at of [...number].keys()) {
      const digit = number[at] ?? ''
      if (!/\d/.test(digit)) continue
      const wrong = number.slice(0, at) + String((Number(digit) + 1) % 10) + number.slice(at + 1)
      expect(findPassport(linesOf(zone.map((line) => line.replace(number, wrong))), 0)).toEqual([])
    }
  })

  it.each(specimens)('%s is read with fillers taken for guillemets and letters set apart', (_, { zone, passport }) => {
    const read = zone.map((line) => line.replaceAll('<<', '«').replace(/^(.{5})/, '$1 '))
    expect(findPassport(linesOf(read), 0)[0]).toMatchObject({ value: passport })
  })
})

it('reads a letter seen twice by the check digits, and finds no passport where no way fits', () => {
  const doubled = [
    'I<UTO0OD231458907<<<<<<<<<<<<<<<',
    '7408122F1204159UT0<<<<<<<<<<<6',
    'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
  ]
  expect(findPassport(linesOf(doubled), 0)[0]).toMatchObject({ value: 'UTO:D23145890' })
  const never = doubled.map((line) => line.replace('7408122', '7408123'))
  expect(findPassport(linesOf(never), 0)).toEqual([])
  const prose = ['Receipt 860123040000012 of 14.09.2026', 'sold at 860123 860123 860123 for 100000']
  expect(findPassport(linesOf(prose), 0)).toEqual([])
})

const thread = new ReadingThread()
afterAll(() => thread.close())

it.each(specimens.filter(([form]) => form.startsWith('TD')))('%s is read from its page', async (_, specimen) => {
  const bytes = new Uint8Array(await drawSpecimen(specimen))
  const { findings } = await thread.ask<'read'>({ do: 'read', bytes })
  expect(findings).toContainEqual(expect.objectContaining({ kind: 'passport', value: specimen.passport, by: 'mrz' }))
})
