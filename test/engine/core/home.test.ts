import { fork } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { named } from '../../../src/engine/db/connection.ts'
import { openHome } from '../../../src/engine/db/home.ts'
import { openReader } from '../../../src/engine/db/openReader.ts'
import { problemOf } from '../batch/problemOf.ts'
import { KEY, testFolder, testHome } from './testHome.ts'

describe('the files of a home', () => {
  test('are encrypted: nothing that was written can be read in them', () => {
    const home = testHome()
    home.desk.write((tx) => tx.run('INSERT INTO setting(key, value) VALUES (?, ?)', 'k', '"Bolat Akhmetov"'))
    home.cache.write((tx) =>
      tx.run('INSERT INTO officer(id, name, role) VALUES (?, ?, ?)', 'b', 'Bolat Akhmetov', 'importer'),
    )
    home.blobs.put(Buffer.from('receipt of Bolat Akhmetov'))
    home.desk.checkpoint()
    home.cache.checkpoint()
    for (const file of ['desk.db', 'cache.db']) {
      const bytes = readFileSync(join(home.folder, file))
      expect(bytes.length).toBeGreaterThan(4096)
      expect(bytes.includes('Bolat')).toBe(false)
      expect(bytes.includes('SQLite format 3')).toBe(false)
    }
  })

  test('a disk without room is a problem that names the file, not a mistake of the program', () => {
    const db = new Database(':memory:')
    db.pragma('max_page_count = 2')
    let full: unknown
    try {
      db.exec('CREATE TABLE a(x); CREATE TABLE b(x); CREATE TABLE c(x)')
    } catch (error) {
      full = error
    }
    db.close()
    expect(named(full, 'home/engine.lock')).toMatchObject({
      problem: { code: 'disk-full', details: { file: 'engine.lock' } },
    })
  })

  test('do not open with another key', () => {
    const folder = testFolder()
    openHome(folder, KEY, []).close()
    expect(problemOf(() => openHome(folder, 'b2'.repeat(32), []))).toBe('home-key-wrong')
    openHome(folder, KEY, []).close()
  })

  test('made by a newer version are refused and left as they are', () => {
    const folder = testFolder()
    openHome(folder, KEY, [
      { number: 900, name: 'of-tomorrow', sql: 'CREATE TABLE tomorrow(a INTEGER) STRICT' },
    ]).close()
    const before = readFileSync(join(folder, 'desk.db'))
    expect(problemOf(() => openHome(folder, KEY, []))).toBe('schema-newer')
    expect(readFileSync(join(folder, 'desk.db')).equals(before)).toBe(true)
  })

  test('a damaged mirror is begun anew, since it can be fetched again', () => {
    const folder = testFolder()
    const home = openHome(folder, KEY, [])
    home.cache.write((tx) => tx.run('UPDATE cursor SET seq = 7 WHERE id = 1'))
    home.cache.checkpoint()
    home.close()
    writeFileSync(join(folder, 'cache.db'), Buffer.alloc(8192, 7))
    const again = testHome(folder)
    expect(again.cacheRebuilt).toBe(true)
    expect(again.cache.read.value('SELECT seq FROM cursor')).toBe(0)
  })

  test('desk.db is synced to the disk with every commit', () => {
    const home = testHome()
    home.desk.write((tx) => expect(tx.value('PRAGMA synchronous')).toBe(2))
    expect(home.desk.read.value('PRAGMA journal_mode')).toBe('wal')
  })
})

describe('one engine a home', () => {
  test('a second one in the same process is refused', () => {
    const home = testHome()
    expect(problemOf(() => openHome(home.folder, KEY, []))).toBe('home-in-use')
  })

  test('a second process is refused until the first dies, however it dies', async () => {
    const folder = testFolder()
    const holder = fork(join(import.meta.dirname, 'holdHome.ts'), [folder, KEY], { stdio: 'inherit' })
    onTestFinished(() => {
      holder.kill('SIGKILL')
    })
    await new Promise((resolve) => holder.once('message', resolve))
    expect(problemOf(() => openHome(folder, KEY, []))).toBe('home-in-use')
    const gone = new Promise((resolve) => holder.once('exit', resolve))
    holder.kill('SIGKILL')
    await gone
    expect(problemOf(() => openHome(folder, KEY, []).close())).toBe('none')
  })
})

describe('sorting large encrypted tables', () => {
  /** SQLite removes the name of a temporary file at once; the open descriptor shows it. */
  const openTempFiles = (): string[] =>
    readdirSync('/proc/self/fd')
      .map((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`)
        } catch {
          // the descriptor that listed the folder is closed by now
          return ''
        }
      })
      .filter((link) => link.includes('etilqs'))

  test('writes no temporary file, where the default of SQLite would', () => {
    const home = testHome()
    const folder = testFolder()
    const fill = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
      INSERT INTO officer SELECT printf('%08x', (i * 2654435761) % 4294967296) || i, 'Bolat Akhmetov number ' || i, 'x' FROM n`
    home.cache.write((tx) => tx.run(fill))
    const sort = 'SELECT name, id FROM officer ORDER BY name DESC, id'
    // a page cache of 1 MB, so that the sort cannot stay in it
    const own = openReader(home.cache.path, KEY, 1)
    let during: string[] = []
    for (const _ of own.query(sort).iterate()) {
      during = openTempFiles()
      break
    }
    own.close()
    expect(during).toEqual([])

    // the same table where nobody said otherwise: the check can fail
    const plain = new Database(join(folder, 'plain.db'))
    onTestFinished(() => {
      plain.close()
    })
    plain.pragma('cache_size=-1024')
    plain.exec('CREATE TABLE officer(id TEXT PRIMARY KEY, name TEXT, role TEXT)')
    plain.exec(fill)
    const rows = plain.prepare(sort).iterate()
    rows.next()
    expect(openTempFiles().length).toBeGreaterThan(0)
    rows.return?.()
  })
})
