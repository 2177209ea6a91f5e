import { expect, test } from 'vitest'
import { Paper } from '../../../src/engine/paper/paper.ts'
import { pagesOf } from '../paper/pagesOf.ts'

const REASON =
  'R07. Шекарадан өткен күн өтініште көрсетілген күнге сәйкес келмейді, сондықтан құрылғының енгізілуі расталмады.'

test('an item of a letter is never torn between two pages, however many stand before it', async () => {
  for (let before = 40; before < 52; before++) {
    const paper = new Paper({ title: 'Хат', language: 'kk', footer: '' })
    for (let i = 0; i < before; i++) paper.text('жол', { size: 11, after: 0 })
    paper.text(`• ${REASON} ${REASON}`, { size: 11, indent: 12, after: 4, together: 1 })
    const pages = await pagesOf(await paper.bytes())
    const last = pages.at(-1) ?? ''
    expect(last.split('R07.').length - 1).toBe(2)
    expect(pages.join(' ').split('жол').length - 1).toBe(before)
  }
})

test('a long paragraph is broken all the same', async () => {
  const paper = new Paper({ title: 'Хат', language: 'kk', footer: '' })
  for (let i = 0; i < 20; i++) paper.text('жол', { size: 11, after: 0 })
  paper.text(`${REASON} `.repeat(30), { size: 11, together: 1 })
  const pages = await pagesOf(await paper.bytes())
  expect(pages[0]).toContain('R07')
  expect(pages).toHaveLength(2)
})
