import { createHash, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approval } from './testAppeal.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  registry.at('2026-11-23T05:00:00.000Z')
  desk = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const IIN = '900101300007'
const pdf = () => Buffer.from(`%PDF-1.4\n% sample ${randomUUID()}\n%%EOF`)
const file = async (shows: string, content = pdf(), said = 'image/png') => ({
  ...{ file: `${shows}.pdf`, sha256: await desk.putBlob(content), bytes: content.length, type: said, shows },
})
const intake = async (n: number, over: object = {}) => ({
  route: 'accompanied',
  applicant: { key: { kind: 'iin', iin: IIN }, name: 'Үлгі (sample)', language: 'kk' },
  claim: { imeis: [`${imei(n)}0`] },
  evidence: [await file('receipt'), await file('stamp')],
  ...over,
})
const file2 = async (n: number, over: object = {}) => desk.send('POST', '/intake/appeals', await intake(n, over))
const problemOf = async (n: number, over: object) =>
  ((await file2(n, over)).body as { problem?: { code: string } }).problem?.code
const follow = (id: string, secret: string) => desk.send('POST', `/intake/appeals/${id}/state`, { secret })

describe('filing through a portal', () => {
  test('answers a number and a secret; the file’s type is what its content is', async () => {
    const { status, body } = await file2(1)
    expect([status, body]).toMatchObject([
      200,
      { id: expect.stringMatching(/^A-2026-/), secret: expect.stringMatching(/^[0-9A-Z]{12}$/) },
    ])
    const { id, secret } = body as { id: string; secret: string }
    const [event] = (await desk.feed()).slice(-1)
    expect(event).toMatchObject({ type: 'appeal-received', doc: { evidence: [{ type: 'application/pdf' }, {}] } })
    expect(JSON.stringify(event)).not.toContain(secret)
    expect(await registry.query('SELECT * FROM appeal_access WHERE appeal = $1', [id])).toEqual([
      { appeal: id, secret_sha256: createHash('sha256').update(secret).digest('hex') },
    ])
  })

  test('files of one name, as telephones give it to every picture, are both taken and told apart', async () => {
    const evidence = [await file('receipt'), await file('stamp')].map((one) => ({ ...one, file: 'image.pdf' }))
    expect((await file2(71, { evidence })).status).toBe(200)
    const [event] = (await desk.feed()).slice(-1)
    expect(event).toMatchObject({ doc: { evidence: [{ file: 'image.pdf' }, { file: 'image (2).pdf' }] } })
  })

  test('a second appeal of the same person about the open device is refused with its number', async () => {
    const { id } = (await file2(2)).body as { id: string }
    expect((await file2(2)).body).toMatchObject({ problem: { code: 'appeal-duplicate', details: { appeal: id } } })
    const other = { key: { kind: 'passport', number: 'AB 12345', country: 'UZ' }, name: 'B', language: 'ru' }
    expect((await file2(2, { applicant: other })).status).toBe(200)
  })

  test('two devices a tracking number and person, however it is written', async () => {
    const parcel = (trackingNo: string) => ({ route: 'post', claim: { imeis: [`${imei(++n)}0`], trackingNo } })
    let n = 10
    expect((await file2(0, parcel('RS 123-456 SX'))).status).toBe(200)
    expect((await file2(0, parcel('rs123456sx'))).status).toBe(200)
    expect(await problemOf(0, parcel('RS123456SX'))).toBe('tracking-used-up')
  })

  test.each([
    ['papers-missing', { evidence: [] }],
    ['applicant-unusable', { applicant: { key: { kind: 'iin', iin: '900101300008' }, name: 'A', language: 'kk' } }],
    [
      'applicant-unusable',
      { applicant: { key: { kind: 'passport', number: '1', country: 'UZ' }, name: 'A', language: 'kk' } },
    ],
    ['imei-unusable', { claim: { imeis: ['12'] } }],
    ['bad-message', { claim: { imeis: [] } }],
    ['bad-message', { route: 'by-camel' }],
  ])('refuses what cannot be an appeal: %s', async (code, over) => {
    expect(await problemOf(20, over)).toBe(code)
  })

  test('a program that calls itself a picture is no evidence', async () => {
    const evidence = [await file('receipt', Buffer.from('MZ\u0090\0 this is a program')), await file('stamp')]
    expect(await problemOf(21, { evidence })).toBe('evidence-unusable')
  })

  test('where data are no samples only known portals file', async () => {
    const token = 'portal-token-of-the-test-0123456789'
    const tokenSha256 = createHash('sha256').update(token).digest('hex')
    await writeFile(join(registry.data, 'portals.json'), JSON.stringify([{ name: 'portal', tokenSha256 }]))
    const body = JSON.stringify(await intake(22))
    await registry.query('UPDATE counter SET sample = false')
    try {
      const as = (authorization?: string) =>
        desk.fetch('/intake/appeals', {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
        })
      expect([(await as()).status, (await as('Bearer not-the-token-at-all-0000')).status]).toEqual([401, 401])
      expect((await as(`Bearer ${token}`)).status).toBe(200)
    } finally {
      await registry.query('UPDATE counter SET sample = true')
    }
  })
})

describe('the applicant', () => {
  const decide = async (id: string, over: object) => {
    const { version } = await desk.does('reviewer', 'claim-appeal', { appeal: id })
    const body = { ...approval(id, version), verdict: 'ask' as const, reasons: ['R05' as const], ...over }
    return desk.does('reviewer', 'decide-appeal', body)
  }

  test('sees his appeal with number and secret alone, and nothing of the office', async () => {
    const { id, secret } = (await file2(30)).body as { id: string; secret: string }
    expect((await follow(id, 'WRONG0000000')).status).toBe(401)
    expect((await follow('A-2026-999999', secret)).status).toBe(401)
    await desk.does('reviewer', 'claim-appeal', { appeal: id })
    const typed = secret.toLowerCase().replace(/(.{4})(?=.)/g, '$1-')
    expect((await follow(id, typed)).body).toMatchObject({ state: 'received', steps: [{ what: 'received' }] })
  })

  test('answers a question with a paper, and reads no word meant for officers', async () => {
    const { id, secret } = (await file2(31)).body as { id: string; secret: string }
    await decide(id, { note: 'Which shop?', internal: 'a known forger', item: 'purchase' })
    const { body } = await follow(id, secret)
    expect(body).toMatchObject({
      state: 'asked',
      can: { answer: true },
      steps: [{}, { note: 'Which shop?', item: 'purchase' }],
    })
    expect(JSON.stringify(body)).not.toMatch(/forger|reviewer/)
    const answer = { secret, note: 'The one in Dubai', evidence: [await file('receipt')] }
    expect((await desk.send('POST', `/intake/appeals/${id}/answer`, answer)).body).toMatchObject({
      state: 'received',
      can: { answer: false },
    })
    expect((await desk.feed()).at(-1)).toMatchObject({
      type: 'appeal-changed',
      doc: {
        id,
        entry: { what: 'answered', note: 'The one in Dubai' },
        evidence: [{}, {}, { type: 'application/pdf' }],
      },
    })
    expect((await desk.send('POST', `/intake/appeals/${id}/answer`, answer)).body).toMatchObject({
      problem: { code: 'appeal-closed' },
    })
  })

  test('withdraws, and after a refusal complains', async () => {
    const first = (await file2(32)).body as { id: string; secret: string }
    const withdrawn = await desk.send('POST', `/intake/appeals/${first.id}/withdraw`, {
      secret: first.secret,
      note: '',
    })
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn' })
    const second = (await file2(33)).body as { id: string; secret: string }
    await decide(second.id, { verdict: 'refer', body: 'police' })
    const complaint = { secret: second.secret, note: 'It is mine' }
    expect((await desk.send('POST', `/intake/appeals/${second.id}/complain`, complaint)).body).toMatchObject({
      state: 'received',
      dueAt: '2026-12-22',
    })
  })
})

test('a letter is known by number and code together', async () => {
  const { id } = (await file2(40)).body as { id: string }
  const { version } = await desk.does('reviewer', 'claim-appeal', { appeal: id })
  await desk.does('reviewer', 'decide-appeal', { ...approval(id, version), verdict: 'ask', reasons: ['R05'] })
  const [letter] = await registry.query<{ no: string; code: string }>('SELECT no, code FROM letter WHERE appeal = $1', [
    id,
  ])
  const page = (no = '', code = '') =>
    desk.fetch(`/public/letter?lang=en&no=${no}&code=${code}`, { headers: { 'x-forwarded-for': '10.8.0.1' } })
  expect((await page(letter?.no, letter?.code.toLowerCase())).body).toContain('This letter is genuine')
  const other = await page(letter?.no, 'AAAAAAAAAAAA')
  expect([other.status, String(other.body).includes('no such letter')]).toEqual([404, true])
})
