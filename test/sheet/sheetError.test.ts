import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SHEET_CODES, SheetError, withDetails } from '../../src/sheet/sheetError.ts'

describe('problems of reading and writing spreadsheets', () => {
  it.each(['kk', 'ru', 'en'])('each has a message and a remedy in %s', (language) => {
    const path = new URL(`../../resources/locales/${language}/problem.json`, import.meta.url)
    const texts = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { message?: string; remedy?: string }>
    const silent = SHEET_CODES.filter((code) => !texts[code]?.message || !texts[code]?.remedy)
    expect(silent).toEqual([])
  })

  it('what an inner layer knows stays, an outer one only adds', () => {
    const inner = new SheetError('sheet-crc', { part: 'xl/styles.xml', sheet: 'A' })
    const outer = withDetails(inner, { file: 'list.xlsx', sheet: 'B' })
    expect(outer).toMatchObject({
      code: 'sheet-crc',
      details: { part: 'xl/styles.xml', sheet: 'A', file: 'list.xlsx' },
    })
  })

  it('an error that is no problem of a file passes unchanged', () => {
    const bug = new TypeError('x is not a function')
    expect(withDetails(bug, { file: 'list.xlsx' })).toBe(bug)
  })
})
