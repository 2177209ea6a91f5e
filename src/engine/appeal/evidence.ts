import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isNoRoom } from '../../contract/noRoom.ts'
import { withoutNotes } from '../../domain/evidence/withoutNotes.ts'
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

/**
 * Writes all files of an appeal into a folder the officer chose: as they were handed in or, as copies for others, without what cameras
 * wrote beside the picture (where it was taken).
 */
export async function saveEvidence(desk: DeskCore, id: string, target: string, copies: boolean) {
  const folder = desk.grants.path(target)
  const used = new Set<string>()
  const saved = []
  for (const file of appealOf(desk, id).evidence) {
    const original = await evidenceBytes(desk, file)
    const bytes = copies ? withoutNotes(original, file.type) : original
    const name = plainName(file.file, used)
    await writeWhole(folder, name, bytes)
    const sha256 = bytes === original ? file.sha256 : createHash('sha256').update(bytes).digest('hex')
    saved.push({ file: name, sha256, bytes: bytes.length, type: file.type })
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
    const full = isNoRoom(error)
    throw new ProblemError(problem(full ? 'disk-full' : 'target-not-writable', { file: name }), { cause: error })
  }
}
