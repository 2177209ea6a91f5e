import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import papaparse from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifestText } from '../../src/contract/registry/operatorFiles.ts'
import { imei15Text } from '../../src/domain/imei.ts'
import { STANDARD_TEMPLATE } from '../../src/domain/operatorFile.ts'
import { isSigned } from '../../src/registry/auth/signature.ts'
import { pullText } from '../../src/registry/operator/pullList.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { SyncDesk } from './syncDesk.ts'

let registry: TestRegistry
let wire: TestDesk
let folder: string
beforeAll(async () => {
  registry = await testRegistry()
  wire = await TestDesk.enrolled(registry)
  folder = mkdtempSync(join(tmpdir(), 'tamga-operator-'))
  await wire.importsBlack({ kind: 'stolen', imeis: [1, 2, 3, 4].map(imei), date: '2026-10-01' })
})
afterAll(async () => {
  await registry.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Texts of an archive by name, as its directory lists them. */
function unzipped(zip: Buffer): Map<string, string> {
  const found = new Map<string, string>()
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [size, name] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)]
    const local = zip.readUInt32LE(at + 42)
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    found.set(zip.toString('utf8', at + 46, at + 46 + name), inflateRawSync(zip.subarray(data, data + size)).toString())
    at += 46 + name
  }
  return found
}

async function open(as: string): Promise<SyncDesk> {
  const desk = await SyncDesk.open({ registry: registry.url, as })
  desk.grant('out', folder)
  await desk.call('sync', {})
  return desk
}
const make = (desk: SyncDesk, since: number | null = null, operator: 'kcell' | 'beeline' = 'kcell') =>
  desk.call('operator-file', { operator, list: 'black', since, target: 'out' })
const rowsOf = (name: string): Record<string, string>[] =>
  papaparse.parse<Record<string, string>>(readFileSync(join(folder, name), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data

function receiptFile(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, ['file;operator;imei;status;code', ...lines].join('\r\n'))
  return path
}
const take = (desk: SyncDesk, path: string) => {
  desk.grant(path, path)
  return desk.call('receipt', { source: path })
}
const refusal = (desk: SyncDesk, path: string) => {
  desk.grant(path, path)
  return desk.problemOf('receipt', { source: path })
}

describe('files for operators and what they answer', () => {
  test('a full list, its change, and the receipts of both come back to every desk', async () => {
    const desk = await open('approver')
    const full = await make(desk)
    expect(full).toMatchObject({ kind: 'full', base: null, rows: 4, blocked: 4 })
    expect(rowsOf(full.files[0]?.name ?? '')).toHaveLength(4)

    await wire.importsBlack({ kind: 'stolen', imeis: [imei(5)], date: '2026-10-02', head: { letter: '2' } })
    const found = await wire.batch({
      kind: 'stolen',
      imeis: [imei(1)],
      op: 'remove',
      date: '2026-10-05',
      moves: [[imei(1), 'black', 'none']],
    })
    await wire.does('importer', 'commit-batch', found)
    await wire.does('approver', 'sign', { target: { type: 'batch', id: found.head.id }, agrees: true, note: '' })
    await desk.call('sync', {})
    const delta = await make(desk, full.seq)
    expect(delta).toMatchObject({ kind: 'delta', base: full.seq, rows: 2, blocked: 1, unblocked: 1, changed: 0 })
    expect(rowsOf(delta.files[0]?.name ?? '')).toEqual([
      { imei: imei15Text(imei(1)), action: 'unblocked', reason: 'stolen', since: '2026-10-01' },
      { imei: imei15Text(imei(5)), action: 'blocked', reason: 'stolen', since: '2026-10-02' },
    ])

    const name = full.archive.name.replace('.zip', '')
    const path = receiptFile('kcell-receipt.csv', [
      `${name};kcell;${imei15Text(imei(1))};applied;`,
      `${name}.csv;kcell;${imei15Text(imei(2)).slice(0, 14)};OK;`,
      `${name};kcell;${imei15Text(imei(3))};refused;E17 unknown TAC`,
      `${name};kcell;${imei15Text(imei(9))};applied;`,
    ])
    expect(await take(desk, path)).toMatchObject({
      operator: 'kcell',
      seq: full.seq,
      applied: 2,
      refused: 1,
      missing: 1,
      strange: 1,
      state: 'recorded',
    })
    const whole = receiptFile('kcell-delta.csv', [`${delta.archive.name};kcell;*;applied;`])
    expect(await take(desk, whole)).toMatchObject({ seq: delta.seq, applied: 2, refused: 0, missing: 0 })

    const other = await open('auditor')
    const [second, first] = await other.call('operator-files', {})
    expect(first).toMatchObject({ no: 1, receipt: { applied: 2, refused: 1, missing: 1, strange: 1 }, by: 'approver' })
    expect(second).toMatchObject({ no: 2, kind: 'delta', receipt: { applied: 2 } })
    const named = (state: 'refused' | 'missing') =>
      other.call('receipt-imeis', { file: 1, state, after: null, limit: 10 })
    expect(await named('refused')).toEqual([{ imei14: String(imei(3)), code: 'E17 unknown TAC' }])
    expect(await named('missing')).toEqual([{ imei14: String(imei(4)), code: '' }])
  })

  test('the manifest is signed by the registry, and any other text is not', async () => {
    const desk = await open('approver')
    const { archive } = await make(desk)
    const text = readFileSync(join(folder, archive.name.replace('.zip', '.manifest.json')), 'utf8')
    const { signature, ...manifest } = JSON.parse(text) as { signature: { key: string; value: string } }
    const keys = (await (await fetch(`${registry.url}/v1/keys`)).json()) as { id: string; publicKey: string }[]
    const key = keys.find((k) => k.id === signature.key)?.publicKey ?? ''
    const signed = (about: object) =>
      manifestText(
        createHash('sha256')
          .update(`${JSON.stringify(about, null, 2)}\n`)
          .digest('hex'),
      )
    expect(isSigned(signed(manifest), signature.value, key)).toBe(true)
    expect(isSigned(signed({ ...manifest, rows: 0 }), signature.value, key)).toBe(false)
  })

  test('receipts that cannot be matched are refused with the reason, and nothing is recorded', async () => {
    const desk = await open('approver')
    const before = (await desk.call('operator-files', {})).map((f) => f.receipt)
    const { archive } = await make(desk, null, 'beeline')
    const name = archive.name.replace('.zip', '')
    const line = (file: string, operator: string) => `${file};${operator};${imei15Text(imei(2))};applied;`
    expect(await refusal(desk, receiptFile('1.csv', [line('kcell-black-full-999999999', 'kcell')]))).toBe(
      'receipt-unknown-file',
    )
    expect(await refusal(desk, receiptFile('2.csv', [line(name, 'kcell')]))).toBe('receipt-other-operator')
    expect(await refusal(desk, receiptFile('3.csv', [line(name, 'beeline'), line('x', 'beeline')]))).toBe(
      'receipt-unreadable',
    )
    expect(await refusal(desk, receiptFile('4.csv', [`${name};beeline;12;applied;`]))).toBe('receipt-unreadable')
    expect(await refusal(desk, receiptFile('5.csv', []))).toBe('receipt-unreadable')
    expect((await desk.call('operator-files', {})).slice(1).map((f) => f.receipt)).toEqual(before)
    const importer = await open('importer')
    expect(await refusal(importer, receiptFile('6.csv', [line(name, 'beeline')]))).toBe('role-forbids')
  })

  test('an operator’s template is the same on every desk', async () => {
    const desk = await open('approver')
    const template = {
      ...STANDARD_TEMPLATE,
      digits: 14,
      delimiter: ';',
      lineEnd: 'crlf',
      codes: { stolen: 'КРАЖА' },
    } as const
    const columns = { ...template.columns, black: [...template.columns.black].reverse() }
    const body = { ...template, columns, encoding: 'windows-1251' } as never
    expect(await desk.call('set-operator-template', { operator: 'beeline', template: body })).toMatchObject({
      state: 'done',
    })
    const other = await open('approver2')
    const { files } = await make(other, null, 'beeline')
    const bytes = readFileSync(join(folder, files[0]?.name ?? ''))
    const text = new TextDecoder('windows-1251').decode(bytes)
    expect(text.split('\r\n').slice(0, 2)).toEqual(['since;reason;imei', `2026-10-01;КРАЖА;${imei(2)}`])
  })

  test('what another body listed is not taken away, and its owner is named', async () => {
    const body = await wire.batch({
      kind: 'stolen',
      source: 'customs',
      op: 'remove',
      imeis: [imei(2)],
      date: '2026-10-06',
    })
    expect(await wire.answerOf('importer', 'commit-batch', body)).toMatchObject({
      status: 'refused',
      problem: { code: 'owner-other-body', details: { owner: 'police' } },
    })
  })

  test('an operator who pulls gets the same entries as in his file, whole or as a change, and 304 while nothing moved', async () => {
    const desk = await open('approver')
    const admin = await open('admin')
    expect(await desk.problemOf('grant-operator', { operator: 'tele2' })).toBe('role-forbids')
    const { token } = await admin.call('grant-operator', { operator: 'tele2' })
    const pull = (path: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
      fetch(`${registry.url}/v1/operators/${path}`, { headers })
    await desk.call('sync', {})
    const { files, seq } = await desk.call('operator-file', {
      operator: 'tele2',
      list: 'black',
      since: null,
      target: 'out',
    })
    const full = await pull('tele2/black')
    expect(await full.text()).toBe(readFileSync(join(folder, files[0]?.name ?? ''), 'utf8'))
    const header = (answer: Response, name: string) => answer.headers.get(`x-tamga-${name}`) ?? ''
    expect(header(full, 'sha256')).toBe(files[0]?.sha256)
    const keys = (await (await fetch(`${registry.url}/v1/keys`)).json()) as { id: string; publicKey: string }[]
    const key = keys.find((k) => k.id === header(full, 'key'))?.publicKey ?? ''
    const text = pullText(
      { operator: 'tele2', list: 'black', since: null },
      Number(header(full, 'seq')),
      header(full, 'sha256'),
    )
    expect(isSigned(text, header(full, 'signature'), key)).toBe(true)
    const etag = full.headers.get('etag') ?? ''
    expect((await pull('tele2/black', { authorization: `Bearer ${token}`, 'if-none-match': etag })).status).toBe(304)

    await wire.importsBlack({ kind: 'stolen', imeis: [imei(50)], date: '2026-10-07', head: { letter: '50' } })
    const after = await pull('tele2/black', { authorization: `Bearer ${token}`, 'if-none-match': etag })
    expect(after.status).toBe(200)
    await desk.call('sync', {})
    const delta = await desk.call('operator-file', { operator: 'tele2', list: 'black', since: seq, target: 'out' })
    const change = await pull(`tele2/black?since=${seq}`)
    expect(await change.text()).toBe(readFileSync(join(folder, delta.files[0]?.name ?? ''), 'utf8'))
    expect(delta).toMatchObject({ blocked: 1, unblocked: 0 })

    const packed = await pull('tele2/black?format=zip')
    expect(packed.headers.get('content-type')).toBe('application/zip')
    expect(packed.headers.get('content-disposition')).toContain(`${files[0]?.name.slice(0, -'-000000000.csv'.length)}-`)
    const zipTag = packed.headers.get('etag') ?? ''
    expect(zipTag).not.toBe(after.headers.get('etag'))
    const bytes = Buffer.from(await packed.arrayBuffer())
    const entries = unzipped(bytes)
    const [csv = '', manifestName = ''] = [...entries.keys()]
    expect(csv).toMatch(/^tele2-black-full-\d{9}\.csv$/)
    expect(entries.get(csv)).toBe(await (await pull('tele2/black')).text())
    const { signature, ...manifest } = JSON.parse(entries.get(manifestName) ?? '')
    const sha256 = createHash('sha256')
      .update(entries.get(csv) ?? '')
      .digest('hex')
    expect(manifest).toMatchObject({
      kind: 'full',
      blocked: manifest.rows,
      files: [{ name: csv, sha256, rows: manifest.rows }],
    })
    const said = createHash('sha256')
      .update(`${JSON.stringify(manifest, null, 2)}\n`)
      .digest('hex')
    expect(isSigned(manifestText(said), signature.value, key)).toBe(true)
    // by the header that tells what is taken: the same archive to the byte, and nothing while nothing moved
    const asked = { authorization: `Bearer ${token}`, accept: 'application/zip' }
    expect(Buffer.from(await (await pull('tele2/black', asked)).arrayBuffer())).toEqual(bytes)
    expect((await pull('tele2/black', { ...asked, 'if-none-match': zipTag })).status).toBe(304)

    expect((await pull('kcell/black')).status).toBe(401)
    expect((await pull('tele2/black', {})).status).toBe(401)
    expect((await pull(`tele2/black?since=${seq + 1000}`)).status).toBe(422)
    await admin.call('grant-operator', { operator: 'tele2', open: false })
    expect((await pull('tele2/black')).status).toBe(401)
  })
})
