import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { Handlers } from '../../contract/call.ts'
import type { LOOKUP_CALLS } from '../../contract/engine/lookup.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { cursorOf } from '../db/mirror.ts'
import { asProblem } from '../sheetProblem.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { AskedLists } from './askedLists.ts'
import { dossierOf, fingerprintOf, policyOf, proofsOf } from './dossier.ts'
import { documentImeis, find } from './find.ts'
import { exportList } from './listExport.ts'
import { lookup } from './lookup.ts'

/** The one box, pasted lists, and dossiers. */
export function lookupCalls(desk: DeskCore): Pick<Handlers<EngineContract>, keyof typeof LOOKUP_CALLS> {
  const lists = new AskedLists(desk)
  return {
    find: ({ text, job }) => find(desk, lists, text, job),
    'list-page': ({ list, show, after, limit }) => {
      const places = lists.page(list, show, after, limit)
      const found = lookup(
        desk,
        places.map(({ text }) => text),
      )
      return { rows: found.map((row, i) => ({ ...row, place: places[i]?.place ?? 0 })) }
    },
    'list-export': (ask) => {
      const path = desk.grants.path(ask.target)
      const job = { id: ask.job ?? randomUUID(), kind: 'export', subject: basename(path), unit: 'rows' } as const
      return desk.jobs.run(job, (running) => exportList(desk, lists, { ...ask, path }, running))
    },
    'document-imeis': (ask) => documentImeis(desk, ask),
    dossier: ({ imei, at }) => dossierOf(desk, imei, at),
    'dossier-pdf': ({ imei, at, language, target, job }) => {
      const path = desk.grants.path(target)
      const what = { id: job ?? randomUUID(), kind: 'dossier', subject: basename(path), unit: 'rows' } as const
      return desk.jobs.run(what, async ({ signal }) => {
        const dossier = dossierOf(desk, imei, at)
        const proved = await proofsOf(desk.link.client, dossier)
        const fingerprint = fingerprintOf(dossier)
        const lastSync = cursorOf(desk.home.cache.read).syncedAt
        const policy = policyOf(desk, dossier)
        // what lays out a document takes longer to load than the dossier to compute
        const { dossierPaper } = await import('./dossierPaper.ts')
        const names = desk.home.cache.read
        const paper = dossierPaper({
          dossier,
          proved,
          policy,
          fingerprint,
          language,
          drawnUp: desk.now(),
          lastSync,
          officer: (id) => names.value<string>('SELECT name FROM officer WHERE id = ?', id) ?? id,
        })
        const { sha256 } = await written(() => paper.write(path, signal))
        const lines = (proved?.lines ?? []).map(({ text: _text, path: _path, ...line }) => line)
        const checkpoint = proved && {
          entries: proved.checkpoint.entries,
          root: proved.checkpoint.root,
          at: proved.checkpoint.at,
        }
        const { seq } = dossier.explained.asOf
        return { file: path, sha256, fingerprint, seq, lastSync, policy: policy.version, checkpoint, proofs: lines }
      })
    },
  }
}

async function written<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw asProblem(error)
  }
}
