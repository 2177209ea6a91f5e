import iconv from 'iconv-lite'
import { expect, it } from 'vitest'
import { CODE_PAGES, charactersOf } from '../../src/sheet/csv/codePage.ts'

it.each(CODE_PAGES)('the table of %s agrees with another library in every byte', (page) => {
  const other = Array.from({ length: 256 }, (_, byte) => iconv.decode(Buffer.from([byte]), page))
  expect(charactersOf(page)).toEqual(other)
})
