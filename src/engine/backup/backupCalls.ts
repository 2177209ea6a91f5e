import { basename } from 'node:path'
import type { Handlers } from '../../contract/call.ts'
import type { BACKUP_CALLS } from '../../contract/engine/backup.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { writeBackup } from '../db/backup.ts'
import type { DeskCore } from '../sync/deskCore.ts'

/** Handler of the desk's backup. */
export const backupCalls = (desk: DeskCore): Pick<Handlers<EngineContract>, keyof typeof BACKUP_CALLS> => ({
  backup: async ({ target }) => {
    const path = desk.grants.path(target)
    const written = await writeBackup(desk.home, desk.keyHex, path, desk.now())
    return { file: basename(path), ...written }
  },
})
