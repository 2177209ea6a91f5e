import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { ReviewedMoves } from '../../src/contract/fingerprint.ts'
import {
  type Command,
  type CommandAnswer,
  type CommandBody,
  type CommandKind,
  type CommandResult,
  type FeedEvent,
  type Hello,
  requestText,
  signedText,
} from '../../src/contract/registry.ts'
import type { BatchKind } from '../../src/domain/batch.ts'
import { noEffect } from '../../src/domain/effect.ts'
import type { FactOp, SourceBody } from '../../src/domain/fact.ts'
import type { List } from '../../src/domain/listing.ts'
import type { BlobStore } from '../../src/registry/blob/blobStore.ts'
import { uuid7 } from '../../src/registry/commands/uuid7.ts'
import { factColumns } from '../../src/registry/segment/batchRows.ts'
import { contentOf } from '../../src/registry/segment/contentOf.ts'
import { writeSegments } from '../../src/registry/segment/writeSegments.ts'

/** Answer of the registry to anything: status and body. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers: Headers
}

export interface BatchToSend {
  readonly kind: BatchKind
  readonly imeis: readonly number[]
  readonly date?: string
  readonly op?: FactOp
  readonly source?: SourceBody
  readonly full?: boolean
  readonly network?: 'home' | 'roaming' | 'm2m' | null
  /** Moves into or out of black the officer saw. */
  readonly moves?: readonly (readonly [imei14: number, before: List, after: List])[]
  /** The device's IMEIs point at each other. */
  readonly oneDevice?: boolean
  /** Changes what is told about the batch. */
  readonly head?: Partial<CommandBody<'commit-batch'>['head']>
}

/** A desk that speaks the wire protocol and nothing else. */
export class TestDesk {
  readonly id = randomUUID()
  readonly #key: KeyObject
  readonly publicKey: string
  readonly #url: () => string

  constructor(registry: { readonly url: string }) {
    const pair = generateKeyPairSync('ed25519')
    this.#key = pair.privateKey
    this.publicKey = Buffer.from(pair.publicKey.export({ format: 'der', type: 'spki' }))
      .subarray(-32)
      .toString('base64url')
    this.#url = () => registry.url
  }

  static async enrolled(registry: { readonly url: string }): Promise<TestDesk> {
    const desk = new TestDesk(registry)
    await desk.enrol()
    return desk
  }

  enrol(): Promise<Answer> {
    return this.send('POST', '/v1/desks', { desk: this.id, publicKey: this.publicKey, name: 'test desk' })
  }

  sign(text: string): string {
    return sign(null, Buffer.from(text), this.#key).toString('base64url')
  }

  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.fetch(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(this.#url() + path, init)
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
  }

  /** A request signed with the desk's key. */
  signed(method: string, path: string, init: RequestInit = {}, at = new Date().toISOString()): Promise<Answer> {
    const signature = this.sign(requestText({ method, path, desk: this.id, at }))
    const headers = { ...(init.headers as Record<string, string>), authorization: `Desk ${this.id};${at};${signature}` }
    return this.fetch(path, { ...init, method, headers })
  }

  async hello(): Promise<Hello> {
    return (await this.send('GET', '/v1/hello')).body as Hello
  }

  async feed(after = 0): Promise<FeedEvent[]> {
    const { epoch } = await this.hello()
    return ((await this.send('GET', `/v1/feed?epoch=${epoch}&after=${after}`)).body as { events: FeedEvent[] }).events
  }

  /** A signed command, not sent yet. */
  async command<K extends CommandKind>(
    officer: string,
    kind: K,
    body: CommandBody<K>,
    basedOnSeq?: number,
  ): Promise<Command> {
    const at = new Date().toISOString()
    const based = basedOnSeq ?? (await this.hello()).head
    const unsigned = { id: uuid7(at), desk: this.id, officer, kind, body, basedOnSeq: based, at }
    return { ...unsigned, signature: this.sign(signedText(unsigned)) }
  }

  sendCommand(command: Command): Promise<Answer> {
    return this.send('POST', '/v1/commands', command)
  }

  async answerOf<K extends CommandKind>(officer: string, kind: K, body: CommandBody<K>): Promise<CommandAnswer> {
    const { status, body: answer } = await this.sendCommand(await this.command(officer, kind, body))
    if (status !== 200) throw new Error(`${kind}: ${status} ${JSON.stringify(answer)}`)
    return answer as CommandAnswer
  }

  /** Result of a command that must be done. */
  async does<K extends CommandKind>(officer: string, kind: K, body: CommandBody<K>): Promise<CommandResult<K>> {
    const answer = await this.answerOf(officer, kind, body)
    if (answer.status !== 'done') throw new Error(`${kind} refused: ${JSON.stringify(answer.problem)}`)
    return answer.result as CommandResult<K>
  }

  /** Code of the problem of a command that must be refused. */
  async isRefused<K extends CommandKind>(officer: string, kind: K, body: CommandBody<K>): Promise<string> {
    const answer = await this.answerOf(officer, kind, body)
    if (answer.status !== 'refused') throw new Error(`${kind} was done: ${JSON.stringify(answer.result)}`)
    return answer.problem.code
  }

  async putBlob(bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const headers = { 'content-type': 'application/octet-stream' }
    const answer = await this.fetch(`/v1/blobs/${sha256}`, { method: 'PUT', body: Buffer.from(bytes), headers })
    if (answer.status !== 201) throw new Error(`blob: ${answer.status} ${JSON.stringify(answer.body)}`)
    return sha256
  }

  /** Builds the segments of a batch, uploads them and gives the command's body. */
  async batch(b: BatchToSend): Promise<CommandBody<'commit-batch'>> {
    const source =
      b.source ??
      ({ customs: 'customs', stolen: 'police', operator: 'kcell', gsma: 'gsma' } as const)[b.kind as 'gsma'] ??
      'srfs'
    const imeis = [...b.imeis].sort((x, y) => x - y)
    const network = b.network ?? (b.kind === 'operator' ? 'home' : null)
    const doc = { no: 1, op: b.op ?? 'add', date: b.date ?? '2025-10-01', network, data: '{}' } as const
    const next = (i: number) => (b.oneDevice && imeis.length > 1 ? (imeis[(i + 1) % imeis.length] ?? 0) : 0)
    const facts = factColumns(imeis.map((imei14, i) => ({ imei14, doc: 1, next: next(i) })))
    const rows = { docs: new Map([[1, doc]]), facts, tacs: [], crossings: [] }
    const full = b.full ?? false
    const head = {
      id: uuid7(new Date().toISOString()),
      kind: b.kind,
      source,
      letter: '',
      full,
      file: { name: 'list.csv', sha256: '0'.repeat(64) },
      content: await contentOf(rows, { kind: b.kind, source, full }),
      counts: {
        rows: imeis.length,
        accepted: imeis.length,
        rejected: 0,
        duplicates: 0,
        problems: {},
        imeis: imeis.length,
      },
      accepted: [],
      ...b.head,
    }
    const upload = { put: (bytes: Uint8Array) => this.putBlob(bytes) } as BlobStore
    const segments = await writeSegments(upload, rows, head)
    const reviewed = new ReviewedMoves(createHash('sha256'))
    for (const [imei14, before, after] of [...(b.moves ?? [])].sort((x, y) => x[0] - y[0]))
      reviewed.add(imei14, before, after)
    return { head, segments, effect: noEffect(), reviewed: reviewed.digest() }
  }

  /** Imports a batch as `importer`. */
  async imports(b: BatchToSend): Promise<CommandResult<'commit-batch'>> {
    return this.does('importer', 'commit-batch', await this.batch(b))
  }

  /** Imports a list that makes IMEIs black, and lets `approver` sign it. */
  async importsBlack(b: BatchToSend): Promise<CommandResult<'commit-batch'>> {
    const moves = b.imeis.map((imei14) => [imei14, 'none', 'black'] as const)
    const done = await this.imports({ moves, ...b })
    await this.does('approver', 'sign', { target: { type: 'batch', id: done.batch }, agrees: true, note: '' })
    return done
  }
}

/** The n-th IMEI (14 digits) of a made-up TAC. */
export const imei = (n: number): number => 86_012_304_000_000 + n
