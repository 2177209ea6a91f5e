import type { z } from 'zod'
import type { zEvidenceNotes } from '../../contract/engine/evidence.ts'
import type { EvidenceFile } from '../../domain/appeal.ts'
import { namedOtherwise } from '../../domain/evidence/evidenceType.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { evidenceBytes } from '../sync/evidenceFiles.ts'
import { type TakenAt, takenAt } from './machine/takenAt.ts'

/** Of so many files it is remembered where they were taken: opening one of 60 MB again would hold the engine up. */
const REMEMBERED = 1000

/** What files say of themselves beside what they show. */
export class FileNotes {
  readonly #desk: DeskCore
  readonly #places = new Map<string, TakenAt | null>()

  constructor(desk: DeskCore) {
    this.#desk = desk
  }

  /** Takes what can be told from a file that is open anyway. */
  note(file: EvidenceFile, bytes: Uint8Array): TakenAt | null {
    const place = takenAt(bytes, file.type)
    this.#places.set(file.sha256, place)
    for (const [oldest] of this.#places) {
      if (this.#places.size <= REMEMBERED) break
      this.#places.delete(oldest)
    }
    return place
  }

  async of(file: EvidenceFile): Promise<z.input<typeof zEvidenceNotes>> {
    const known = this.#places.get(file.sha256)
    const place = known === undefined ? this.note(file, await evidenceBytes(this.#desk, file)) : known
    return { namedAs: namedOtherwise(file.file, file.type), takenAt: place }
  }
}
