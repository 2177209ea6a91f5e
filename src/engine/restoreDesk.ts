import { restoreBackup, type WrittenBackup } from './db/backup.ts'
import { FEATURE_MIGRATIONS } from './featureMigrations.ts'

/** Makes a desk's home of a backup; the key is that of the desk it was made of. Throws what `restoreBackup` throws. */
export const restoreDesk = (backup: string, home: string, keyHex: string): Promise<WrittenBackup> =>
  restoreBackup(backup, home, keyHex, FEATURE_MIGRATIONS)
