import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseReportProof, type ReportProofAnswer } from '../../src/contract/registry/reportProof.ts'
import { TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  desk = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const FINGERPRINT = createHash('sha256').update('figures').digest('hex')
const proofOf = (by: TestDesk, total = 127_682): string => {
  const text = `tamga-report-2 blocklist reason 2026-01-01 2026-11-22 41 ${total} ${FINGERPRINT} approver ${by.id}`
  return `${text} ${by.sign(text)}`
}

let addresses = 0
const get = (path: string): Promise<Response> =>
  fetch(registry.url + path, { headers: { 'x-forwarded-for': `10.0.1.${++addresses}` }, redirect: 'manual' })
const ask = async (proof: string): Promise<ReportProofAnswer> =>
  (await (await get(`/public/report?${new URLSearchParams({ proof })}`)).json()) as ReportProofAnswer

test('a proof says what was asked, and which words its desk signed', () => {
  const parsed = parseReportProof(proofOf(desk))
  expect(parsed?.proof).toMatchObject({
    report: 'blocklist',
    by: 'reason',
    seq: 41,
    total: '127682',
    officer: 'approver',
  })
  expect(parseReportProof('tamga-report-2 blocklist')).toBeNull()
  expect(parseReportProof(`${proofOf(desk)} more`)).toBeNull()
})

test('the registry knows a report of one of its desks', async () => {
  expect(await ask(proofOf(desk))).toMatchObject({ genuine: true, why: null, desk: { name: expect.any(String) } })
})

test.each([
  ['not-a-proof', (): string => 'IMEI 490154203237518'],
  ['signature-wrong', (): string => proofOf(desk).replace('127682', '127681')],
  ['signature-wrong', (): string => proofOf(desk).replace(FINGERPRINT, FINGERPRINT.replace(/^./, '0'))],
  ['desk-unknown', (): string => proofOf(desk).replace(desk.id, randomUUID())],
] as const)('what is not: %s', async (why, proof) => {
  expect(await ask(proof())).toMatchObject({ genuine: false, why, desk: null })
})

test.each([
  ['kk', 'Есеп түпнұсқа', '127\u00a0682'],
  ['ru', 'Отчёт подлинный', '127\u00a0682'],
  ['en', 'The report is genuine', '127,682'],
])('a page says so in %s, without script', async (lang, title, total) => {
  const answer = await get(`/report?${new URLSearchParams({ proof: proofOf(desk), lang })}`)
  const text = await answer.text()
  expect(answer.status).toBe(200)
  for (const wanted of [title, total, FINGERPRINT, 'data-genuine="true"']) expect(text).toContain(wanted)
  expect(text).not.toMatch(/<script/i)
})

test('the page shows nothing of a proof it does not trust, and escapes what was typed', async () => {
  const text = await (
    await get(`/report?${new URLSearchParams({ proof: '"><img src=x onerror=1>', lang: 'en' })}`)
  ).text()
  expect(text).toContain('Not confirmed as genuine')
  expect(text).not.toContain('<img')
})
