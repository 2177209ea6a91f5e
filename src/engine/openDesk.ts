import type { Handlers } from '../contract/call.ts'
import type { EngineContract, EngineNotice } from '../contract/engine.ts'
import type { Instant } from '../domain/fact.ts'
import { administrationCalls } from './administration/administrationCalls.ts'
import { appealCalls } from './appeal/appealCalls.ts'
import { SharedDrafts } from './appeal/sharedDrafts.ts'
import { backupCalls } from './backup/backupCalls.ts'
import { batchCalls } from './batch/batchCalls.ts'
import { blockRunCalls } from './blockRun/blockRunCalls.ts'
import { cloneCalls } from './clone/cloneCalls.ts'
import { type Home, openHome } from './db/home.ts'
import { evidenceCalls } from './evidence/evidenceCalls.ts'
import { exportCalls } from './export/exportCalls.ts'
import { FEATURE_MIGRATIONS } from './featureMigrations.ts'
import { gridCalls } from './grid/gridCalls.ts'
import { ledgerCalls } from './ledger/ledgerCalls.ts'
import { listingCalls } from './listing/listingCalls.ts'
import { lookupCalls } from './listing/lookupCalls.ts'
import { noticeCalls } from './notice/noticeCalls.ts'
import { operatorCalls } from './operator/operatorCalls.ts'
import { policyCalls } from './policy/policyCalls.ts'
import { reportCalls } from './report/reportCalls.ts'
import { rememberSession, resumable } from './session/resume.ts'
import { sessionCalls } from './session/sessionCalls.ts'
import type { Log, Strides } from './sync/desk.ts'
import { DeskCore } from './sync/deskCore.ts'

export interface DeskOptions {
  /** Folder of this desk. */
  readonly home: string
  /** Raw 32-byte key of its files, hex. */
  readonly keyHex: string
  /** Null: works offline. */
  readonly registry: string | null
  readonly now: () => Instant
  readonly log: Log
  /** Follow the registry continuously (window), or only when asked (command line). */
  readonly live: boolean
  /** Takes what the engine tells unasked. */
  readonly notice?: (name: EngineNotice, value: unknown) => void
  /** Names the process that starts engines: one that starts the engine again finds the officer signed in still. */
  readonly hostSession?: string
  /** Absent: as long as is fast. */
  readonly strides?: Strides
}

export interface OpenDesk {
  readonly handlers: Handlers<EngineContract>
  /** Lets the calls use a path by its token. */
  grant(token: string, path: string): void
  stop(): Promise<void>
}

/** Opens a desk and puts its features together. Throws `home-in-use`, `home-key-wrong`, `schema-newer`, `disk-full` or `disk-read-only`. */
export async function openDesk(o: DeskOptions): Promise<OpenDesk> {
  const home = openHome(o.home, o.keyHex, FEATURE_MIGRATIONS)
  try {
    return run(home, o)
  } catch (error) {
    home.close()
    throw error
  }
}

function run(home: Home, o: DeskOptions): OpenDesk {
  const { hostSession } = o
  const desk = new DeskCore({
    home,
    keyHex: o.keyHex,
    registry: o.registry,
    now: o.now,
    log: o.log,
    live: o.live,
    ...(o.strides && { strides: o.strides }),
    notice: (name, value) => o.notice?.(name, value),
    signedIn: (officer) => {
      if (hostSession !== undefined) rememberSession(home.desk, hostSession, officer)
      if (officer) drafts.soon()
    },
  })
  const drafts = new SharedDrafts(desk)
  const officer = hostSession === undefined ? null : resumable(home.desk, hostSession)
  if (officer) desk.signIn(officer)
  const handlers = {
    ...sessionCalls(desk),
    ...backupCalls(desk),
    ...batchCalls(desk),
    ...listingCalls(desk),
    ...lookupCalls(desk),
    ...gridCalls(desk),
    ...appealCalls(desk, drafts),
    ...evidenceCalls(desk),
    ...exportCalls(desk),
    ...reportCalls(desk),
    ...blockRunCalls(desk),
    ...policyCalls(desk),
    ...operatorCalls(desk),
    ...cloneCalls(desk),
    ...noticeCalls(desk),
    ...ledgerCalls(desk),
    ...administrationCalls(desk),
  }
  desk.start()
  let stopped: Promise<void> | undefined
  return {
    handlers,
    grant: (token, path) => desk.grants.grant(token, path),
    stop: () => {
      stopped ??= desk.stop().finally(() => home.close())
      return stopped
    },
  }
}
