import type { Migration } from '../migrate.ts'
import { MIRROR } from './0001-mirror.ts'
import { APPEAL_RECEIVED } from './0002-appealReceived.ts'
import { BLOCK_RUNS } from './0003-blockRuns.ts'

export const CACHE_MIGRATIONS: readonly Migration[] = [MIRROR, APPEAL_RECEIVED, BLOCK_RUNS]
