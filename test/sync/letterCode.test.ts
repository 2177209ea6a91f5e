import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBarcodes } from '../../src/engine/evidence/machine/barcodes.ts'
import { drawPage, openPdf } from '../../src/engine/evidence/machine/pdf.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { fileAppeal } from './appealOf.ts'
import { SyncDesk, until } from './syncDesk.ts'

let registry: TestRegistry
let wire: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  wire = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

test('the code printed on a letter is read from its page and leads to the registry, which calls it genuine', async () => {
  const { id } = await fileAppeal(wire, imei(1))
  const officer = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
  await officer.call('sync', {})
  await officer.call('claim-appeal', { id })
  const asked = { id, verdict: 'ask', fields: {}, reasons: ['R05'], note: 'Чекті қайта жіберіңіз', item: 'receipt' }
  await officer.call('decide-appeal', { ...asked, internal: '', holdSeconds: 0 } as never)
  await until(async () => {
    await officer.call('sync', {})
    return (await officer.call('appeal', { id })).timeline.some(({ letter }) => letter)
  })
  for (const language of ['kk', 'ru'] as const) {
    const file = join(officer.home, `letter-${language}.pdf`)
    officer.grant(language, file)
    const letter = await officer.call('save-letter', { id, language, target: language })
    expect(letter.kind).toBe('question')
    const address = await codeOn(new Uint8Array(readFileSync(file)))
    expect(address.startsWith(registry.url)).toBe(true)
    const page = await (await fetch(`${address}&lang=en`)).text()
    expect(page).toContain('This letter is genuine')
    expect(page).toContain(letter.letter)
    expect((await fetch(address.replace(letter.code, 'AAAAAAAAAAAA'))).status).toBe(404)
  }
})

/** What a telephone reads from the first page, held so that the sheet is 1,200 pixels high. */
async function codeOn(pdf: Uint8Array): Promise<string> {
  const opened = await openPdf(pdf)
  try {
    const [code, ...more] = await findBarcodes(sharp(await drawPage(await opened.getPage(1), 1200)), 0, 'as taken')
    expect(more).toEqual([])
    return code?.value ?? ''
  } finally {
    await opened.loadingTask.destroy()
  }
}
