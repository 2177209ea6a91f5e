import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ProblemError, problem, trouble } from '../../domain/problem.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { evidenceBytes } from '../sync/evidenceFiles.ts'
import { appealOf } from './appealOf.ts'

/** Bytes of an evidence file: from the home's blobs, else from the registry; in both cases checked against its hash. */
export async function evidence(desk: DeskCore, id: string, sha256: string) {
  const file = appealOf(desk, id).evidence.find((e) => e.sha256 === sha256)
  if (!file) throw trouble('evidence-unknown', { appeal: id, sha256 })
  return { file: file.file, type: file.type, bytes: new Uint8Array(await evidenceBytes(desk, file)) }
}

/** Writes all files of an appeal into a folder the officer chose. */
export async function saveEvidence(desk: DeskCore, id: string, target: string) {
  const folder = desk.grants.path(target)
  const used = new Set<string>()
  const saved = []
  for (const file of appealOf(desk, id).evidence) {
    const bytes = await evidenceBytes(desk, file)
    const name = plainName(file.file, used)
    await writeWhole(folder, name, bytes)
    saved.push({ file: name, sha256: file.sha256, bytes: bytes.length, type: file.type })
  }
  return saved
}

/** A name from outside never leaves the folder, and never hides another file. */
function plainName(name: string, used: Set<string>): string {
  const plain = name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '_') || 'file'
  let unique = plain
  for (let n = 2; used.has(unique.toLowerCase()); n++) unique = plain.replace(/(\.[^.]*)?$/, ` (${n})$1`)
  used.add(unique.toLowerCase())
  return unique
}

async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, name)
  const part = `${path}.part`
  try {
    const handle = await open(part, 'w')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    throw new ProblemError(problem(full ? 'disk-full' : 'target-not-writable', { file: name }), { cause: error })
  }
}
