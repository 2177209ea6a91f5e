import type { Migration } from '../migrate.ts'
import { MIRROR } from './0001-mirror.ts'

export const CACHE_MIGRATIONS: readonly Migration[] = [MIRROR]
