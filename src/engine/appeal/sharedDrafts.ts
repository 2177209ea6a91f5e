import type { SharedDraft } from '../../contract/registry/appealActs.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { DRAFTS_CHANGED, DRAFTS_DROPPED } from './queries.ts'

/** Waits for the officer to pause before his words travel. */
const AFTER_MS = 1500
/** An exchange carries so many; the rest goes with the next. */
const MOST = 500

/**
 * Keeps an officer's drafts at the registry, so that he finds them on another desk. They lie encrypted in each desk's file and go over
 * the registry's connection; this desk works on without it, and of two versions the later counts.
 */
export class SharedDrafts {
  readonly #desk: DeskCore
  #timer: NodeJS.Timeout | undefined
  #running: Promise<number> | null = null

  constructor(desk: DeskCore) {
    this.#desk = desk
  }

  /** Shares soon, when the desk follows the registry by itself. */
  soon(): void {
    if (!this.#desk.live || !this.#desk.link.client) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.exchange().catch((error: unknown) =>
        this.#desk.log.info('drafts wait for the registry', { error: String(error) }),
      )
    }, AFTER_MS).unref()
  }

  /** Sends what changed and takes what is newer there; answers how many drafts came. Throws ProblemError when it is not reached. */
  exchange(): Promise<number> {
    this.#running ??= this.#exchange().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #exchange(): Promise<number> {
    const officer = this.#desk.session.officer().id
    const read = this.#desk.home.desk.read
    const changed = read.query<SharedDraft>(DRAFTS_CHANGED).all(officer, MOST)
    const dropped = read.rows<[string]>(DRAFTS_DROPPED).all(officer, MOST)
    const now = this.#desk.now()
    const gone = dropped.map(([appeal]) => ({ appeal, doc: null, version: 0, at: now }))
    const theirs = await this.#desk.link.required().exchangeDrafts(officer, [...changed, ...gone].slice(0, MOST))
    return this.#take(officer, theirs)
  }

  #take(officer: string, theirs: readonly SharedDraft[]): number {
    let came = 0
    this.#desk.home.desk.write((tx) => {
      for (const { appeal, doc, version, at } of theirs) {
        const own = tx.value<string>('SELECT at FROM draft WHERE appeal = ? AND officer = ?', appeal, officer)
        // written on while the exchange was under way: it goes with the next
        if (own !== undefined && own > at) continue
        if (doc === null) {
          tx.run('DELETE FROM draft WHERE appeal = ? AND officer = ?', appeal, officer)
          tx.run('DELETE FROM draft_shared WHERE appeal = ? AND officer = ?', appeal, officer)
          continue
        }
        if (own !== at) came++
        tx.run(
          `INSERT INTO draft(appeal, officer, version, doc, at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (appeal, officer) DO UPDATE SET version = excluded.version, doc = excluded.doc, at = excluded.at`,
          appeal,
          officer,
          version,
          doc,
          at,
        )
        tx.run(
          `INSERT INTO draft_shared(appeal, officer, at) VALUES (?, ?, ?)
           ON CONFLICT (appeal, officer) DO UPDATE SET at = excluded.at`,
          appeal,
          officer,
          at,
        )
      }
    })
    if (came > 0) this.#desk.changed('appeal')
    return came
  }
}
