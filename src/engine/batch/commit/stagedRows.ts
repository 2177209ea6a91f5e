import { createHash } from 'node:crypto'
import { ContentHash, docText, tacText } from '../../../contract/fingerprint.ts'
import type { ImportKind } from '../../../domain/batch.ts'
import type { Reader, SqlValue, Writer } from '../../db/handle.ts'
import { countFacts, factBlocks } from '../stage/factBlocks.ts'
import type { CommitTask } from './commitTask.ts'
import { HashText } from './hashText.ts'

const DOCS_REMEMBERED = 100_000

/** The staged rows of a batch, to be written part by part. */
export const stagedRows = (staged: Reader, kind: ImportKind): StagedRows =>
  kind === 'tac' ? tacRows(staged) : kind === 'border' ? crossingRows(staged) : factRows(staged)

export const countRows = (staged: Reader, kind: ImportKind): number => stagedRows(staged, kind).count

/** Hash of the content of staged rows, as a commit would announce it. */
export function contentOfRows(staged: Reader, task: Pick<CommitTask, 'kind' | 'source' | 'full'>): string {
  const content = newContent(task)
  const rows = stagedRows(staged, task.kind)
  rows.write(NOWHERE, content, rows.count, () => undefined)
  return content.digest()
}

export const newContent = ({ kind, source, full }: Pick<CommitTask, 'kind' | 'source' | 'full'>): ContentHash =>
  new ContentHash(new HashText(createHash('sha256')), kind, source, full)

/** Where rows go that are only to be hashed. */
const NOWHERE: RowSink = {
  insertSorted(_table, _columns, rows) {
    let count = 0
    for (const _ of rows) count++
    return count
  },
}

type RowSink = Pick<Writer, 'insertSorted'>

/** Rows of a kind of batch: writes up to `limit` more into a part, feeding each to the content's hash; answers how many. */
export interface StagedRows {
  readonly count: number
  write(tx: RowSink, content: ContentHash, limit: number, between: () => void): number
}

type Doc = [no: number, op: string, date: string, network: string | null, data: string]

function factRows(staged: Reader): StagedRows {
  let after = -1
  return {
    count: countFacts(staged),
    write(tx, content, limit, between) {
      const docs = new DocTexts(staged)
      function* facts(): Generator<SqlValue[]> {
        let n = 0
        for (const block of factBlocks(staged, after)) {
          between()
          for (let i = 0; i < block.count; i++) {
            const key = block.keys[i] as number
            if (key <= after) continue
            if (n++ === limit) return
            const doc = block.docs[i] as number
            content.add(key, docs.textOf(doc))
            after = key
            yield [key, doc, block.next[i] as number]
          }
        }
      }
      const count = tx.insertSorted('fact', ['imei14', 'doc', 'next'], facts())
      tx.insertSorted('doc', ['no', 'op', 'date', 'network', 'data'], docs.used())
      return count
    },
  }
}

/** Texts of documents for the hash of the content; remembers which ones a part names. */
class DocTexts {
  readonly #staged: Reader
  readonly #used = new Set<number>()
  #texts = new Map<number, string>()

  constructor(staged: Reader) {
    this.#staged = staged
  }

  textOf(no: number): string {
    const known = this.#texts.get(no)
    if (known !== undefined) return known
    const doc = this.#doc(no)
    const text = docText(doc[1], doc[2], doc[3], doc[4])
    if (this.#texts.size >= DOCS_REMEMBERED) this.#texts = new Map()
    this.#texts.set(no, text)
    this.#used.add(no)
    return text
  }

  *used(): Generator<Doc> {
    for (const no of Uint32Array.from(this.#used).sort()) yield this.#doc(no)
  }

  #doc(no: number): Doc {
    const doc = this.#staged.rows<Doc>('SELECT no, op, date, network, data FROM doc WHERE no = ?').get(no)
    if (!doc) throw new Error(`document ${no} is not staged`)
    return doc
  }
}

function tacRows(staged: Reader): StagedRows {
  let after = -1
  return {
    count: staged.value<number>('SELECT count(*) FROM tac') ?? 0,
    write(tx, content, limit) {
      const rows = staged
        .rows<[number, string, string, string]>(
          'SELECT tac, brand, model, data FROM tac WHERE tac > ? ORDER BY tac LIMIT ?',
        )
        .all(after, limit)
      for (const [tac, brand, model, data] of rows) {
        content.add(tac, tacText(brand, model, data))
        after = tac
      }
      return tx.insertSorted('tac', ['tac', 'brand', 'model', 'data'], rows)
    },
  }
}

function crossingRows(staged: Reader): StagedRows {
  let no = 0
  let after = ''
  return {
    count: staged.value<number>('SELECT count(*) FROM crossing') ?? 0,
    write(tx, content, limit) {
      const rows = staged
        .rows<[string, string, string, string, string, string]>(
          'SELECT text, person, date, direction, document, point FROM crossing WHERE text > ? ORDER BY text LIMIT ?',
        )
        .all(after, limit)
      const numbered = rows.map(([text, ...row]): SqlValue[] => {
        content.add(text, '')
        after = text
        return [++no, ...row]
      })
      return tx.insertSorted('crossing', ['no', 'person', 'date', 'direction', 'document', 'point'], numbered)
    },
  }
}
