import type { z } from 'zod'
import type { zEvidenceNotes } from '../../contract/engine/evidence.ts'
import type { EvidenceFile } from '../../domain/appeal.ts'
import { namedOtherwise } from '../../domain/evidence/evidenceType.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { evidenceBytes } from '../sync/evidenceFiles.ts'
import { type PictureSize, pictureLeftOut } from './machine/pictureLeftOut.ts'
import { type TakenAt, takenAt } from './machine/takenAt.ts'

/** Of so many files it is remembered what they said: opening one of 60 MB again would hold the engine up. */
const REMEMBERED = 1000

interface Said {
  readonly takenAt: TakenAt | null
  readonly leftOut: PictureSize | null
}

/** What files say of themselves beside what they show. */
export class FileNotes {
  readonly #desk: DeskCore
  readonly #known = new Map<string, Said>()

  constructor(desk: DeskCore) {
    this.#desk = desk
  }

  /** Takes what can be told from a file that is open anyway. */
  note(file: EvidenceFile, bytes: Uint8Array): Said {
    const said = {
      takenAt: takenAt(bytes, file.type),
      leftOut: file.type === 'application/pdf' ? pictureLeftOut(bytes) : null,
    }
    this.#known.set(file.sha256, said)
    for (const [oldest] of this.#known) {
      if (this.#known.size <= REMEMBERED) break
      this.#known.delete(oldest)
    }
    return said
  }

  async of(file: EvidenceFile): Promise<z.input<typeof zEvidenceNotes>> {
    const said = this.#known.get(file.sha256) ?? this.note(file, await evidenceBytes(this.#desk, file))
    return { namedAs: namedOtherwise(file.file, file.type), ...said }
  }
}
