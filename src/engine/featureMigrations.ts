import { BATCH_MIGRATIONS } from './batch/migrations.ts'
import type { Migration } from './db/migrate.ts'
import { GRID_MIGRATIONS } from './grid/migrations.ts'

/** Tables that features keep in desk.db. */
export const FEATURE_MIGRATIONS: readonly Migration[] = [...BATCH_MIGRATIONS, ...GRID_MIGRATIONS]
