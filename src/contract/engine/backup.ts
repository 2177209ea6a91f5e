import { z } from 'zod'
import { zSha256 } from '../value.ts'

export const zBackup = z.object({ file: z.string(), bytes: z.number().int(), sha256: zSha256 })

export const BACKUP_CALLS = {
  /** What this desk alone knows, in one file under the desk's own key. */
  backup: { input: z.object({ target: z.string() }), output: zBackup },
} as const
