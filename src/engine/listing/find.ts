import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { zFound } from '../../contract/engine/lookup.ts'
import { imei14Text } from '../../domain/imei.ts'
import { listingOf } from '../../domain/policy.ts'
import { trouble } from '../../domain/problem.ts'
import { questionOf } from '../../domain/question.ts'
import { factsOfSorted } from '../db/facts.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'
import type { AskedLists } from './askedLists.ts'
import { appealsOfDeclaration, appealsOfIin, docsOfBin, docsOfDeclaration, imeisOfDoc } from './declared.ts'

type Found = z.input<typeof zFound>

/** Answers the one box: what was typed tells by its content what it asks for. */
export async function find(desk: Desk, lists: AskedLists, text: string, job: string | undefined): Promise<Found> {
  const cache = desk.home.cache.read
  const question = questionOf(text)
  switch (question.kind) {
    case 'nothing':
      return { kind: 'nothing' }
    case 'imeis': {
      const [first = ''] = question.imeis
      if (question.imeis.length === 1) return { kind: 'imei', imei: first }
      const what = { id: job ?? randomUUID(), kind: 'lookup', subject: '', unit: 'imeis' } as const
      return desk.jobs.run(what, (running) => lists.ask(question.imeis, running))
    }
    case 'declaration': {
      const { number, line } = question
      const { docs, more } = docsOfDeclaration(cache, number, line)
      return { kind: 'declaration', number, line, lines: docs, more, appeals: appealsOfDeclaration(cache, number) }
    }
    case 'identity': {
      const { digits, is, fault } = question
      const { docs, more } = fault === null ? docsOfBin(cache, digits) : { docs: [], more: false }
      return { kind: 'identity', digits, is, fault, declared: docs, more, appeals: appealsOfIin(cache, digits) }
    }
    case 'appeal': {
      const known = cache.value<number>('SELECT 1 FROM appeal WHERE id = ?', question.id) !== undefined
      return { kind: 'appeal', id: question.id, known }
    }
  }
}

/** IMEIs of a document with the list each is on now. Throws `needs-registry` for a batch too large for the mirror to tell. */
export function documentImeis(
  desk: Desk,
  ask: { readonly no: number; readonly doc: number; readonly after: string | null; readonly limit: number },
) {
  const cache = desk.home.cache.read
  const keys = imeisOfDoc(cache, ask.no, ask.doc, ask.after === null ? -1 : Number(ask.after), ask.limit)
  if (keys === null) throw trouble('needs-registry', {})
  const policy = policyAt(cache, cursorOf(cache).seq)
  const rows = [...factsOfSorted(cache, keys)].map(({ imei14, facts }) => {
    const { list, reason } = listingOf(facts, policy)
    return { imei14: imei14Text(imei14), list, reason }
  })
  return { rows, next: rows.length < ask.limit ? null : (rows.at(-1)?.imei14 ?? null) }
}
