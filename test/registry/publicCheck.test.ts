import { verify } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PublicAnswerMessage, zKeys, zPublicAnswer } from '../../src/contract/registry/publicCheck.ts'
import { imei15Text } from '../../src/domain/imei.ts'
import { publicKeyOf } from '../../src/registry/auth/signature.ts'
import { openSigningKey } from '../../src/registry/auth/signingKey.ts'
import { html } from '../../src/registry/page/html.ts'
import { pageLanguage } from '../../src/registry/page/pageLanguage.ts'
import { TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

const DECLARED = 86_000_001_000_001
const SEEN = 86_000_001_000_002
const STOLEN = 86_000_001_000_003
const ROAMING = 86_000_001_000_004

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry({
    policy: { legacyCutOff: '2025-03-24', earliestDeadline: '2025-07-26', graceDays: 30 },
  })
  const desk = await TestDesk.enrolled(registry)
  await desk.imports({ kind: 'customs', imeis: [DECLARED], date: '2025-09-01' })
  await desk.imports({ kind: 'operator', imeis: [SEEN], date: '2025-10-01' })
  await desk.imports({ kind: 'operator', imeis: [ROAMING], date: '2025-10-01', network: 'roaming' })
  await desk.importsBlack({ kind: 'stolen', imeis: [STOLEN], date: '2025-10-02' })
})
afterAll(() => registry.stop())

let addresses = 0
/** Each question from an address of its own, as a proxy on this machine would tell it. */
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(registry.url + path, {
    headers: { 'x-forwarded-for': `10.0.0.${++addresses}`, ...headers },
    redirect: 'manual',
  })
const ask = async (imei: number | string, lang = 'en'): Promise<PublicAnswerMessage> => {
  const text = typeof imei === 'number' ? imei15Text(imei) : imei
  return zPublicAnswer.strict().parse(await (await get(`/public/imei/${encodeURIComponent(text)}?lang=${lang}`)).json())
}

describe('the public check', () => {
  test('says white, grey with its days, black with reason and remedy, or that nothing is known', async () => {
    registry.at('2025-10-10T06:00:00Z')
    expect(await ask(DECLARED)).toMatchObject({ list: 'white', reason: null, deadline: null, remedy: 'none' })
    expect(await ask(SEEN)).toMatchObject({ list: 'grey', deadline: '2025-10-31', daysLeft: 22, overdue: false })
    expect(await ask(STOLEN)).toMatchObject({ list: 'black', reason: 'stolen', remedy: 'police', deadline: null })
    expect(await ask(ROAMING)).toMatchObject({ list: 'unknown', remedy: 'watch' })
    expect(await ask(86_000_001_000_009)).toMatchObject({ list: 'unknown' })
  })

  test('counts the last day, and after it says that time is over but nothing is blocked', async () => {
    registry.at('2025-10-31T18:59:59Z')
    expect(await ask(SEEN)).toMatchObject({ daysLeft: 1, overdue: false })
    registry.at('2025-10-31T19:00:00Z')
    expect(await ask(SEEN)).toMatchObject({ list: 'grey', daysLeft: 0, overdue: true, remedy: 'appeal-now' })
  })

  test('asked by many at once gives each the answer to his own question, also when one of them is no IMEI', async () => {
    registry.at('2025-10-10T06:00:00Z')
    const asked = Array.from(
      { length: 120 },
      (_, i) => [DECLARED, SEEN, STOLEN, ROAMING, DECLARED + 500 + i][i % 5] ?? 0,
    )
    const [answers, refused] = await Promise.all([
      Promise.all(asked.map((imei) => ask(imei))),
      get('/public/imei/123456789012345'),
    ])
    expect(refused.status).toBe(422)
    const lists = new Map([
      [DECLARED, 'white'],
      [SEEN, 'grey'],
      [STOLEN, 'black'],
    ])
    answers.forEach((answer, i) => {
      const imei = asked[i] ?? 0
      expect(answer).toMatchObject({ imei: imei15Text(imei), list: lists.get(imei) ?? 'unknown' })
    })
  })

  test('takes 14, 15 and 16 digits, and a number as people write it', async () => {
    const text = imei15Text(DECLARED)
    for (const written of [
      text.slice(0, 14),
      `${text.slice(0, 14)}07`,
      `${text.slice(0, 6)} ${text.slice(6, 12)}-${text.slice(12)}`,
    ])
      expect((await ask(written)).list, written).toBe('white')
  })

  test('refuses what is no IMEI, and a wrong check digit of a code nobody reported', async () => {
    for (const wrong of ['abc', '123456789012345', `${86_000_001_000_009}0`, '%00', '<script>']) {
      const answer = await get(`/public/imei/${encodeURIComponent(wrong)}`)
      expect(answer.status, wrong).toBe(422)
      expect(((await answer.json()) as { problem: { code: string } }).problem.code).toBe('imei-unusable')
    }
  })

  test('speaks the language that was asked for, else the browser’s, else Kazakh', async () => {
    expect((await ask(DECLARED, 'kk')).title).toBe('Верификацияланған')
    expect((await ask(DECLARED, 'ru')).title).toBe('Верифицирован')
    expect(await (await get('/check', { 'accept-language': 'de, ru;q=0.8, en;q=0.5' })).text()).toContain(
      '<html lang="ru">',
    )
    expect(pageLanguage(undefined, undefined)).toBe('kk')
    expect(pageLanguage('xx', 'en-GB,en;q=0.9,kk;q=0')).toBe('en')
  })

  test('is refused to an address that asks too often, not to others', async () => {
    const one = { 'x-forwarded-for': '10.1.1.1' }
    let refused: Response | undefined
    for (let i = 0; i < 40 && !refused; i++) {
      const answer = await get(`/public/imei/${imei15Text(DECLARED)}`, one)
      if (answer.status === 429) refused = answer
    }
    expect(((await (refused ?? new Response('{}')).json()) as { problem: { code: string } }).problem.code).toBe(
      'too-many-requests',
    )
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await get(`/public/imei/${imei15Text(DECLARED)}`)).status).toBe(200)
  })
})

describe('the page', () => {
  test('escapes what was typed and forbids scripts', async () => {
    const answer = await get(`/check?lang=en&imei=${encodeURIComponent('"><script>alert(1)</script>')}`)
    const text = await answer.text()
    expect(answer.status).toBe(422)
    expect(text).not.toContain('<script')
    expect(text).toContain('&lt;script&gt;')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('leads from the front door to the check', async () => {
    const answer = await get('/', { 'accept-language': 'ru' })
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('/check?lang=ru')
  })

  test('markup passes only through the template tag', () => {
    const evil = `"'><b>&`
    expect(html`<p title="${evil}">${[evil, html`<i>${1}</i>`, null, false]}</p>`.text).toBe(
      '<p title="&quot;&#39;&gt;&lt;b&gt;&amp;">&quot;&#39;&gt;&lt;b&gt;&amp;<i>1</i></p>',
    )
  })
})

describe('the registry’s own key', () => {
  test('is the same after a restart, readable by its owner only, and published', async () => {
    const key = await openSigningKey(registry.data)
    await registry.restart()
    const keys = zKeys.parse(await (await get('/v1/keys')).json())
    expect(keys.map((k) => k.id)).toEqual([key.id])
    expect((await stat(join(registry.data, 'signing-key.pem'))).mode & 0o777).toBe(0o600)
    const signature = Buffer.from(key.sign('text'), 'base64url')
    expect(verify(null, Buffer.from('text'), publicKeyOf(keys[0]?.publicKey ?? ''), signature)).toBe(true)
  })

  test('is made once when several processes start on one folder', async () => {
    const folder = join(registry.data, 'uploads')
    const keys = await Promise.all(Array.from({ length: 8 }, () => openSigningKey(folder)))
    expect(new Set(keys.map((k) => k.id)).size).toBe(1)
  })
})
