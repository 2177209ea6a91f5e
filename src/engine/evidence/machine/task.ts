import type { Box } from '../../../domain/evidence/paperText.ts'
import type { Problem } from '../../../domain/problem.ts'
import type { DrawnPicture } from './drawPicture.ts'
import type { PaperReading } from './readPaper.ts'

/** What the reading thread is asked for, and what each answer is. */
export type MachineTask =
  /** Makes the reader of text ready, which takes longer than a page. */
  | { readonly do: 'warm' }
  | { readonly do: 'read'; readonly bytes: Uint8Array }
  | {
      readonly do: 'draw'
      readonly bytes: Uint8Array
      readonly page: number
      readonly longest: number
      readonly region: Box | null
    }

export interface MachineResults {
  readonly warm: null
  readonly read: PaperReading
  readonly draw: DrawnPicture
}

export interface MachineRequest {
  readonly id: number
  readonly task: MachineTask
}

export type MachineAnswer = { readonly id: number } & (
  | { readonly ok: true; readonly result: MachineResults[keyof MachineResults] }
  | { readonly ok: false; readonly problem: Problem }
)
