import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PRACTICE_KEY_FILE } from '../../src/contract/host.ts'
import { type RunningRegistry, startRegistry } from '../../src/registry/start.ts'
import { customsCsv, desk, imei, startDesk, temporaryFolder } from './deskProcess.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)
const home = at('home')

const online = (...words: string[]) => desk([...words, '--home', home, '--registry', registry.url, '--json'])
const offline = (...words: string[]) => desk([...words, '--home', home, '--registry', 'http://127.0.0.1:1', '--json'])

/** Files of prepared imports. */
const staging = (): string[] => readdirSync(join(home, 'staging'))

let registry: RunningRegistry
beforeAll(async () => {
  registry = await startRegistry({ data: at('registry'), port: 0, sample: 'small', log: 'silent' })
  const { code, json } = await online('sync')
  expect({ code, ...json }).toMatchObject({ code: 0, online: true, pending: 0, needsAttention: 0 })
  expect(json.pulled).toBeGreaterThan(50)
})
afterAll(async () => {
  await registry.stop()
  folder.remove()
})

test('a registry of its own stands under the home and keeps its data for the next command', async () => {
  const words = ['--home', at('alone'), '--registry', 'embedded', '--json']
  expect((await desk(['sync', ...words])).json).toMatchObject({ online: true })
  const claimed = await desk(['claim', 'next', '--as', 'reviewer', ...words])
  expect(claimed).toMatchObject({ code: 0, json: { state: 'claimed' } })
  expect((await desk(['appeal', claimed.json.appeal, ...words])).json.claimedBy).toBe('reviewer')
})

test('a new practice home keeps its key where only its owner reads it', () => {
  expect(statSync(join(home, PRACTICE_KEY_FILE)).mode & 0o777).toBe(0o600)
})

describe('an import', () => {
  const good = Array.from({ length: 30 }, (_, i) => imei(i + 1))
  const wrong = `${imei(100).slice(0, 14)}${(Number(imei(100)[14]) + 1) % 10}`

  test('commits the good rows, keeps the others aside, and shows what it moved', async () => {
    const file = customsCsv(at('customs.csv'), [...good, wrong, good[0] ?? ''])
    const { code, json } = await online(
      'import',
      file,
      '--kind',
      'customs',
      '--as',
      'importer',
      '--rejects',
      at('rejects.xlsx'),
    )
    expect(code).toBe(0)
    expect(json).toMatchObject({ state: 'committed', rows: 32, accepted: 30, rejected: 2, duplicates: 1, imeis: 30 })
    expect(json.effect).toEqual({
      toWhite: 30,
      toGrey: 0,
      toBlack: 0,
      toNone: 0,
      leaveBlack: 0,
      unchanged: 0,
      underAppeal: 0,
    })
    expect(Object.keys(json.seconds)).toEqual(['parse', 'stage', 'commit'])
    expect(json.rejects).toBe(at('rejects.xlsx'))
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(json.rejects)
    expect(JSON.stringify(book.worksheets[0]?.getSheetValues())).toContain(wrong)

    const again = await online('import', file, '--kind', 'customs', '--as', 'importer')
    expect(again.json).toMatchObject({ state: 'same', batch: json.batch })

    const found = await online('lookup', good[0] ?? '', '12345')
    expect(found.json[0]).toMatchObject({
      imei: good[0],
      imei14: good[0]?.slice(0, 14),
      list: 'white',
      reason: 'customs-declared',
      since: '2026-09-15',
      deadline: null,
    })
    expect(found.json[1]).toMatchObject({
      imei: '12345',
      imei14: null,
      list: 'none',
      problem: { code: 'imei-unusable' },
    })

    const why = await online('explain', good[0] ?? '')
    expect(why.json).toMatchObject({ list: 'white', reason: 'customs-declared', policy: 4 })
    expect(why.json.rules.find((r: { fired: boolean }) => r.fired)).toMatchObject({ rule: 'customs-declared' })
    expect(why.json.facts).toMatchObject([
      { kind: 'customs-declared', source: 'customs', date: '2026-09-15', batch: json.batch },
    ])
    const before = await online('explain', good[0] ?? '', '--at', '2026-09-01')
    expect(before.json).toMatchObject({ list: 'none', reason: null, at: '2026-09-01', facts: [] })

    const undone = await online('undo', json.batch, '--reason', 'sent by mistake', '--as', 'importer')
    expect(undone.json).toMatchObject({ batch: json.batch, undone: true, state: 'undone', effect: { toNone: 30 } })
    expect((await online('lookup', good[0] ?? '')).json[0]).toMatchObject({ list: 'none', reason: null })
    const listed = await online('batches')
    expect(listed.json.find((b: { batch: string }) => b.batch === json.batch)).toMatchObject({
      state: 'undone',
      imeis: 30,
    })
  })

  test('tried dry shows its effect and leaves nothing', async () => {
    const file = customsCsv(at('dry.csv'), [imei(501)])
    const before = staging()
    const { json } = await online('import', file, '--kind', 'customs', '--as', 'importer', '--dry-run')
    expect(json).toMatchObject({ state: 'staged', accepted: 1, effect: { toWhite: 1 }, rejects: null })
    expect((await online('lookup', imei(501))).json[0].list).toBe('none')
    expect(staging()).toEqual(before)
  })

  test('of a file with too many bad rows is refused until accepted by code', async () => {
    const file = customsCsv(at('bad.csv'), [imei(601), imei(602), wrong])
    const refused = await online('import', file, '--kind', 'customs', '--as', 'importer')
    expect(refused).toMatchObject({ code: 1, json: { problem: { code: 'guard-bad-rows' } } })
    const accepted = await online('import', file, '--kind', 'customs', '--as', 'importer', '--accept', 'guard-bad-rows')
    expect(accepted.json).toMatchObject({ state: 'committed', accepted: 2, rejected: 1 })
  })

  test('with a header nobody knows is mapped by name', async () => {
    const file = at('mapped.csv')
    const text = readFileSync(customsCsv(file, [imei(701)]), 'utf8')
    writeFileSync(file, text.replace('IMEI;', 'Zeichenfolge;'))
    const { json } = await online(
      'import',
      file,
      '--kind',
      'customs',
      '--as',
      'importer',
      '--dry-run',
      '--map',
      'imei1=Zeichenfolge',
    )
    expect(json).toMatchObject({ state: 'staged', accepted: 1 })
    const unknown = await online('import', file, '--kind', 'customs', '--as', 'importer', '--map', 'imei1=Nothing')
    expect(unknown).toMatchObject({ code: 1, json: { problem: { code: 'column-unknown' } } })
  })

  test('into black waits for an approver, and nobody signs his own', async () => {
    const file = at('stolen.csv')
    writeFileSync(file, ['IMEI;Дата;Номер заявления', `${imei(801)};01.11.2026;SAMPLE-1`, ''].join('\n'))
    const { json } = await online('import', file, '--kind', 'stolen', '--as', 'importer')
    expect(json).toMatchObject({ state: 'awaiting-signature', effect: { toBlack: 1 } })
    expect((await online('lookup', imei(801))).json[0].list).toBe('none')
    expect(await online('sign', json.batch, '--as', 'importer')).toMatchObject({
      code: 1,
      json: { problem: { code: 'role-forbids' } },
    })
    const signed = await online('sign', json.batch, '--as', 'approver')
    expect(signed.json).toMatchObject({ batch: json.batch, state: 'committed', pending: false })
    expect((await online('lookup', imei(801))).json[0]).toMatchObject({ list: 'black', reason: 'stolen' })
  })

  test('can be interrupted and leaves nothing behind', async () => {
    const file = customsCsv(
      at('large.csv'),
      Array.from({ length: 60_000 }, (_, i) => imei(100_000 + i)),
    )
    const before = staging()
    let told = false
    const { child, finished } = startDesk([
      'import',
      file,
      '--kind',
      'customs',
      '--as',
      'importer',
      '--home',
      home,
      '--json',
    ])
    const interrupting = setInterval(() => {
      if (told || staging().length <= before.length) return
      told = true
      child.kill('SIGINT')
    }, 5)
    const { code, json } = await finished
    clearInterval(interrupting)
    expect({ code, problem: json.problem?.code }).toEqual({ code: 130, problem: 'cancelled' })
    expect(staging()).toEqual(before)
    expect((await offline('lookup', imei(100_000))).json[0].list).toBe('none')
  })
})

describe('an appeal', () => {
  test('is claimed, looked at, decided, and where it moves a black IMEI signed by another officer', async () => {
    const waiting = (await online('appeals', '--state', 'received')).json as { id: string; imeis: string[] }[]
    expect(waiting.length).toBeGreaterThanOrEqual(40)
    const lists = await online('lookup', ...waiting.flatMap((a) => a.imeis))
    const black = new Set(
      lists.json
        .filter((f: { reason: string }) => f.reason === 'not-verified-in-time')
        .map((f: { imei: string }) => f.imei),
    )
    const id = waiting.find((a) => a.imeis.some((code) => black.has(code)))?.id ?? ''

    const claimed = await online('claim', id, '--as', 'reviewer')
    expect(claimed.json).toEqual({ appeal: id, state: 'claimed', verdict: null, pending: false })
    expect(await online('claim', id, '--as', 'reviewer2')).toMatchObject({
      code: 1,
      json: { problem: { code: 'appeal-claimed-by-other' } },
    })

    const whole = (await online('appeal', id)).json
    expect(whole).toMatchObject({ id, state: 'claimed', claimedBy: 'reviewer' })
    expect(Object.keys(whole)).toEqual(
      expect.arrayContaining(['version', 'applicant', 'claim', 'evidence', 'facts', 'comparison', 'timeline']),
    )
    const files = (await online('evidence', id, '--out', at('evidence'))).json as { file: string; sha256: string }[]
    for (const { file, sha256 } of files)
      expect(
        createHash('sha256')
          .update(readFileSync(join(at('evidence'), file)))
          .digest('hex'),
      ).toBe(sha256)

    expect(await online('decide', id, 'approve', '--as', 'reviewer')).toMatchObject({
      code: 1,
      json: { problem: { code: 'field-unseen' } },
    })
    const decided = await online('decide', id, 'approve', '--fields', 'all=match', '--as', 'reviewer')
    expect(decided.json).toEqual({ appeal: id, state: 'awaiting-signature', verdict: 'approve', pending: true })
    const signed = await online('sign', id, '--as', 'approver')
    expect(signed.json).toEqual({ appeal: id, state: 'approved', verdict: 'approve', pending: false })
    const after = await online('lookup', ...whole.imeis)
    for (const found of after.json) expect(found).toMatchObject({ list: 'white', reason: 'appeal-approved' })
  })

  test('decided without the registry waits and goes out later', async () => {
    const { json } = await online('claim', 'next', '--as', 'reviewer')
    const decided = await offline(
      'decide',
      json.appeal,
      'ask',
      '--reason',
      'R01',
      '--note',
      'Please send the receipt',
      '--as',
      'reviewer',
    )
    expect(decided).toMatchObject({
      code: 0,
      json: { appeal: json.appeal, state: 'queued', verdict: 'ask', pending: true },
    })
    expect((await offline('status')).json).toMatchObject({ online: false, pending: 1 })
    expect((await online('sync')).json).toMatchObject({ pushed: 1, pending: 0, online: true })
    expect((await online('appeal', json.appeal)).json.state).toBe('asked')
  })
})

describe('exports', () => {
  test('the block list of an operator and the report count the same IMEIs', async () => {
    const file = (
      await online('operator-file', 'beeline', '--list', 'black', '--out', at('operator'), '--as', 'approver')
    ).json
    expect(file).toMatchObject({ operator: 'beeline', list: 'black', kind: 'full', base: null })
    const csv = readFileSync(join(at('operator'), file.files[0].name))
    expect(createHash('sha256').update(csv).digest('hex')).toBe(file.files[0].sha256)
    expect(csv.toString().trim().split('\n').length - 1).toBe(file.rows)
    // that the file was issued is an event of its own, after the one it is made of
    const period = ['--from', '2020-01-01', '--to', '2026-12-31', '--as-of', String(file.seq)]
    for (const format of ['xlsx', 'pdf', 'csv']) {
      const out = at(`report.${format}`)
      const { json } = await online(
        'report',
        'blocklist',
        ...period,
        '--format',
        format,
        '--out',
        out,
        '--as',
        'auditor',
      )
      expect(json).toMatchObject({ report: 'blocklist', seq: file.seq, figures: { total: file.rows }, file: out })
      expect(createHash('sha256').update(readFileSync(out)).digest('hex')).toBe(json.sha256)
    }
  })
})

test('the cache agrees with the registry and the audit log with its chain', async () => {
  const { json } = await online('verify', '--as', 'auditor')
  expect(json).toMatchObject({ cache: { equal: true }, audit: { ok: true } })
  expect(json.audit.entries).toBeGreaterThan(100)
})

test('a file of IMEIs is looked up in its order', async () => {
  const file = at('imeis.csv')
  writeFileSync(file, ['No;IMEI', `1;${imei(801)}`, `2;${imei(9)}`, ''].join('\n'))
  const { json } = await offline('lookup', '--file', file)
  expect(json.map((f: { imei: string }) => f.imei)).toEqual([imei(801), imei(9)])
})

describe('what is refused', () => {
  test.each([
    ['role-forbids', ['undo', '1', '--reason', 'no', '--as', 'reviewer']],
    ['role-forbids', ['operator-file', 'kcell', '--list', 'black', '--out', at('o'), '--as', 'importer']],
    ['role-forbids', ['claim', 'next', '--as', 'auditor']],
    ['not-signed-in', ['claim', 'next']],
    ['unknown-officer', ['status', '--as', 'nobody']],
    ['operator-unknown', ['operator-file', 'nobody', '--list', 'black', '--out', at('o'), '--as', 'approver']],
    [
      'report-unknown',
      ['report', 'nothing', '--from', '2026-01-01', '--to', '2026-02-01', '--format', 'csv', '--out', at('r.csv')],
    ],
    [
      'period-empty',
      ['report', 'blocklist', '--from', '2026-02-02', '--to', '2026-02-01', '--format', 'csv', '--out', at('r.csv')],
    ],
    [
      'date-unusable',
      ['report', 'blocklist', '--from', '2026-02-31', '--to', '2026-03-01', '--format', 'csv', '--out', at('r.csv')],
    ],
    [
      'target-not-writable',
      [
        'report',
        'blocklist',
        '--from',
        '2026-02-01',
        '--to',
        '2026-03-01',
        '--format',
        'csv',
        '--out',
        at('none/r.csv'),
      ],
    ],
    ['file-missing', ['import', at('none.csv'), '--kind', 'customs', '--as', 'importer']],
    ['imei-unusable', ['explain', '123']],
    ['appeal-unknown', ['appeal', 'A-1999-1']],
    ['batch-unknown', ['undo', '99999', '--reason', 'no', '--as', 'importer']],
    ['nothing-to-sign', ['sign', '1', '--as', 'approver']],
    ['role-forbids', ['blockrun', 'propose', '--as', 'importer']],
    ['date-unusable', ['blockrun', 'propose', '--until', '2026-02-31', '--as', 'approver']],
    ['blockrun-unknown', ['blockrun', 'show', '99999']],
    ['policy-unusable', ['policy', 'simulate', '--set', 'graceDays=soon']],
    ['target-not-writable', ['backup', '--out', at('no such folder/b')]],
    ['registry-unreachable', ['verify']],
  ])('%s: exit 1 and the problem as JSON', async (code, words) => {
    const done = await offline(...words)
    expect({ exit: done.code, code: done.json.problem.code }).toEqual({ exit: 1, code })
    expect(Object.keys(done.json.problem)).toEqual(['code', 'message', 'ref', 'details'])
  })

  test.concurrent.each([
    [[]],
    [['horoscope']],
    [['import', 'a.csv']],
    [['import', 'a.csv', '--kind', 'horoscope']],
    [['import', 'a.csv', '--kind', 'customs', '--map', 'nothing=IMEI']],
    [['lookup']],
    [['decide', 'A-1', 'perhaps']],
    [['report', 'blocklist', '--from', '2026-01-01']],
    [['blockrun']],
    [['blockrun', 'sign']],
    [['policy', 'simulate']],
    [['policy', 'simulate', '--set', 'graceDays']],
    [['status', '--horoscope']],
    [['status', '--lang', 'de']],
    [['status', '--registry', 'ftp://example.com']],
  ])('wrong usage %j: exit 2', async (words) => {
    const done = await desk([...words, '--home', at('untouched')])
    expect(done.code).toBe(2)
    expect(existsSync(at('untouched'))).toBe(false)
  })
})

test('people get tables in their language', async () => {
  const words = ['appeals', '--home', home, '--registry', 'http://127.0.0.1:1']
  expect((await desk([...words, '--lang', 'kk'])).stdout).toContain('Өтініш')
  expect((await desk([...words, '--lang', 'ru'])).stdout).toContain('Обращение')
  const failed = await desk(['claim', 'next', '--home', home, '--lang', 'ru'])
  expect(failed).toMatchObject({ code: 1, stdout: '' })
  expect(failed.stderr).toContain('никто не вошёл в систему')
})
