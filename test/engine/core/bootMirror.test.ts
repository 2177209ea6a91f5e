import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SnapshotManifest } from '../../../src/contract/registry/snapshot.ts'
import { bootPath, finishedBootMirror, markWhole, openBootMirror } from '../../../src/engine/db/bootMirror.ts'

const KEY = 'c3'.repeat(32)
const manifest: SnapshotManifest = {
  ...{ format: 1, installation: '00000000-0000-4000-8000-000000000001', epoch: '00000000-0000-4000-8000-000000000002' },
  ...{ seq: 7, at: '2026-11-23T05:00:00.000Z', segments: [], large: [], folded: 0 },
}
const sha256 = 'ab'.repeat(32)

let folder: string
let cache: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tamga-boot-'))
  cache = join(folder, 'cache.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Begins a mirror or goes on with one, does something to it, and ends as a killed process would have. */
async function making(work: (mirror: ReturnType<typeof openBootMirror>) => void): Promise<void> {
  const mirror = openBootMirror(cache, KEY, { sha256, manifest })
  work(mirror)
  await mirror.flushing.all()
  mirror.store.close()
  await mirror.flushing.close()
}
const rows = (mirror: ReturnType<typeof openBootMirror>): number | undefined =>
  mirror.store.read.value<number>('SELECT count(*) FROM officer')

test('a mirror in the making is gone on with by the next run, and taken when it was whole', async () => {
  await making(({ store }) => store.write((tx) => tx.run(`INSERT INTO officer VALUES ('a', 'A', 'auditor')`)))
  await making((mirror) => {
    expect(rows(mirror)).toBe(1)
    mirror.store.write(markWhole)
  })
  expect(finishedBootMirror(cache, KEY)).toBe(bootPath(cache))
})

test('after the machine went down nothing of it is trusted, not even a whole one: the disk may lack some of it', async () => {
  await making(({ store }) =>
    store.write((tx) => {
      tx.run(`INSERT INTO officer VALUES ('a', 'A', 'auditor')`)
      tx.run(`UPDATE boot_state SET machine = 'before it went down'`)
      markWhole(tx)
    }),
  )
  await making((mirror) => expect([rows(mirror), mirror.whole]).toEqual([0, false]))

  await making(({ store }) =>
    store.write((tx) => {
      tx.run(`UPDATE boot_state SET machine = 'before it went down'`)
      markWhole(tx)
    }),
  )
  expect(finishedBootMirror(cache, KEY)).toBeNull()
  expect(existsSync(bootPath(cache))).toBe(false)
})
