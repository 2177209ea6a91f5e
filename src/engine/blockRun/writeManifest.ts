import { basename } from 'node:path'
import { imei14Text } from '../../domain/imei.ts'
import { writeAtomically } from '../../sheet/write/atomicFile.ts'
import type { Reader } from '../db/handle.ts'
import { asProblem } from '../sheetProblem.ts'
import { imeisOfRun, type StoredRun, sealOf } from './queries.ts'

/** Writes a run as it was signed: whoever holds the file can hash its IMEIs, and check the seal with the registry's public key. */
export async function writeManifest(cache: Reader, run: StoredRun, path: string) {
  const imeis = imeisOfRun(cache, run.no).map(imei14Text)
  const seal = sealOf(cache, run.no)
  const { no, id, until, day, cap, state, by, signatures, manifest } = run
  const head = { format: 'tamga-blockrun-1', run: id, no, until, day, cap, state, by, signatures, manifest, seal }
  try {
    const written = await writeAtomically(path, async (file) => {
      await file.write(Buffer.from(`${JSON.stringify({ ...head, imeis }, null, 1)}\n`))
      return imeis.length
    })
    return { file: basename(path), sha256: written.sha256, imeis: imeis.length, sealed: seal !== null }
  } catch (error) {
    throw asProblem(error)
  }
}
