import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { restoreBackup, writeBackup } from '../../../src/engine/db/backup.ts'
import { openHome } from '../../../src/engine/db/home.ts'
import { KEY, testFolder, testHome } from './testHome.ts'

const AT = '2026-11-20T05:00:00.000Z'

/** A desk with a draft, a command that waits with its file, and a staged batch. */
async function savedDesk() {
  const home = testHome()
  const evidence = home.blobs.put(Buffer.from('a segment on its way'))
  const sent = home.blobs.put(Buffer.from('a segment that was sent'))
  home.desk.write((tx) => {
    tx.run(
      `INSERT INTO draft(appeal, officer, version, doc, at) VALUES ('A-2026-000001', 'reviewer', 1, '{"note":"tajna"}', ?)`,
      AT,
    )
    const outbox = `INSERT INTO outbox(id, kind, subject, body, based_on_seq, officer, at, state, blobs) VALUES (?, 'commit-batch', 'b', '{}', 7, 'importer', ?, ?, ?)`
    tx.run(outbox, 'c1', AT, 'queued', JSON.stringify([evidence]))
    tx.run(outbox, 'c2', AT, 'done', JSON.stringify([sent]))
  })
  mkdirSync(join(home.folder, 'staging'))
  writeFileSync(join(home.folder, 'staging', '0192.db'), Buffer.alloc(9_000_000, 7))
  const target = join(testFolder(), 'desk.tamga-backup')
  const written = await writeBackup(home, KEY, target, AT)
  return { home, target, written, evidence, sent }
}

describe('a backup of the desk', () => {
  it('brings drafts, outbox, staged batches and files to be sent into a new home, and nothing the registry has', async () => {
    const { target, evidence, sent } = await savedDesk()
    const folder = join(testFolder(), 'new')
    await restoreBackup(target, folder, KEY, [])
    const home = testHome(folder)
    expect(home.desk.read.value(`SELECT doc FROM draft WHERE appeal = 'A-2026-000001'`)).toBe('{"note":"tajna"}')
    expect(home.desk.read.rows<[string, string]>('SELECT id, state FROM outbox ORDER BY ord').all()).toEqual([
      ['c1', 'queued'],
      ['c2', 'done'],
    ])
    expect(readFileSync(join(folder, 'staging', '0192.db')).equals(Buffer.alloc(9_000_000, 7))).toBe(true)
    expect(Buffer.from(home.blobs.get(evidence) ?? []).toString()).toBe('a segment on its way')
    expect(home.blobs.has(sent)).toBe(false)
    expect(existsSync(join(folder, 'restoring'))).toBe(false)
  })

  it('is encrypted, and nothing of it stands beside it', async () => {
    const { home, target, written } = await savedDesk()
    const bytes = readFileSync(target)
    expect(bytes.length).toBe(written.bytes)
    expect(bytes.includes('tajna')).toBe(false)
    expect(bytes.includes('SQLite format 3')).toBe(false)
    expect(readdirSync(join(target, '..'))).toEqual(['desk.tamga-backup'])
    expect(readdirSync(home.folder).filter((name) => name.includes('copy'))).toEqual([])
  })

  it('is refused where a desk is, under another key, and when one byte of it changed; the home stays without a desk', async () => {
    const { home, target } = await savedDesk()
    home.close()
    await expect(restoreBackup(target, home.folder, KEY, [])).rejects.toMatchObject({
      problem: { code: 'home-not-empty' },
    })
    const folder = join(testFolder(), 'new')
    await expect(restoreBackup(target, folder, 'ff'.repeat(32), [])).rejects.toMatchObject({
      problem: { code: 'home-key-wrong' },
    })
    const bytes = readFileSync(target)
    const at = bytes.length - 5_000_000
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(target, bytes)
    await expect(restoreBackup(target, folder, KEY, [])).rejects.toMatchObject({ problem: { code: 'backup-damaged' } })
    expect(existsSync(join(folder, 'desk.db'))).toBe(false)
    expect(existsSync(join(folder, 'restoring'))).toBe(false)
  })

  it('is refused while an engine has the home, and leaves nothing when its folder is gone', async () => {
    const { home, target } = await savedDesk()
    const folder = testFolder()
    const busy = openHome(folder, KEY, [])
    try {
      await expect(restoreBackup(target, folder, KEY, [])).rejects.toMatchObject({ problem: { code: 'home-in-use' } })
    } finally {
      busy.close()
    }
    await expect(writeBackup(home, KEY, join(folder, 'no such folder', 'b'), AT)).rejects.toMatchObject({
      problem: { code: 'target-not-writable' },
    })
    expect(readdirSync(home.folder).filter((name) => name.includes('copy'))).toEqual([])
  })
})
