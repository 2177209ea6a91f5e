import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Paper } from '../../../src/engine/paper/paper.ts'
import { scaleOf } from '../../../src/engine/paper/scale.ts'
import { pagesOf } from './pagesOf.ts'

const paper = (language: 'kk' | 'ru' | 'en' = 'kk') => new Paper({ title: 'Хат', language, footer: 'foot' })

test('a long text goes on over pages and loses no word; every page has its number', async () => {
  const words = Array.from({ length: 3000 }, (_, i) => `сөз${i}`)
  const pages = await pagesOf(await paper().text(words.join(' '), { align: 'justify' }).bytes())
  expect(pages.length).toBeGreaterThan(2)
  expect(pages.join(' ').match(/сөз\d+/g)).toEqual(words)
  for (const [i, page] of pages.entries()) {
    expect(page).toContain('foot')
    expect(page).toContain(`${pages.length} беттің ${i + 1}-беті`)
  }
})

test('a table repeats its header and keeps every row whole', async () => {
  const rows = Array.from({ length: 150 }, (_, i) => [`r${i}.`, 'ұзақ мәтін '.repeat(1 + (i % 4)), String(i)])
  const columns = [
    { header: 'Бренд', width: 1 },
    { header: 'Сипаттама', width: 3, wrap: true },
    { header: 'Саны', width: 1, align: 'right' },
  ] as const
  const pages = await pagesOf(
    await paper()
      .table({ columns, rows, total: ['Барлығы', '', '150'] })
      .bytes(),
  )
  expect(pages.length).toBeGreaterThan(3)
  for (const page of pages) expect(page).toContain('Сипаттама')
  expect(
    pages
      .join(' ')
      .match(/r\d+\./g)
      ?.map((r) => Number(r.slice(1, -1))),
  ).toEqual(rows.map((_, i) => i))
  expect(pages.at(-1)).toContain('Барлығы')
})

test('charts name their series and categories and stay within their page', async () => {
  const categories = Array.from({ length: 40 }, (_, i) => `c${i}`)
  const series = [0, 1, 2].map((n) => ({ name: `series ${n}`, values: categories.map((_, i) => (i - 5) * 1000 * n) }))
  const sheet = paper('en')
  for (const kind of ['columns', 'lines', 'bars'] as const)
    sheet.chart({
      kind,
      title: kind,
      categories: categories.slice(0, kind === 'bars' ? 10 : 40),
      series,
      language: 'en',
    })
  const pages = await pagesOf(await sheet.bytes())
  const text = pages.join(' ')
  for (const name of ['columns', 'lines', 'bars', 'series 0', 'series 2', 'c0', '20,000']) expect(text).toContain(name)
})

test('control characters and marks of direction are not drawn; letters from right to left are', async () => {
  const [page] = await pagesOf(await paper('en').text('a\u0007b \u202eevil\u202c שלום').bytes())
  expect(page).toContain('a b evil')
  expect(page).toMatch(/[\u0590-\u05ff]/)
})

test('a paper whose folder is gone leaves nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-paper-'))
  await expect(
    paper()
      .text('x')
      .write(join(folder, 'gone', 'x.pdf')),
  ).rejects.toMatchObject({
    code: 'target-not-writable',
  })
  expect(readdirSync(folder)).toEqual([])
  rmSync(folder, { recursive: true })
})

test.each([
  [[3, 7], 0, 8],
  [[-45, 1200], -500, 1500],
  [[0, 0], 0, 1],
  [[127_682], 0, 150_000],
])('the axis for %j goes from %d to %d', (values, min, max) => {
  const scale = scaleOf(values)
  expect([scale.min, scale.max]).toEqual([min, max])
  expect(scale.ticks.every((tick) => Number.isInteger(tick))).toBe(true)
})
