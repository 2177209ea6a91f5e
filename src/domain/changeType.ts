import type { FactOp } from './fact.ts'

/** Codes, and beginnings of the words senders use; a beginning says it in all its endings. */
const SHORT: Readonly<Record<string, FactOp>> = {
  a: 'add',
  i: 'add',
  u: 'add',
  '+': 'add',
  '1': 'add',
  d: 'remove',
  r: 'remove',
  '-': 'remove',
  '−': 'remove',
  '0': 'remove',
}
const REMOVING =
  'remov delet unblock found recover delist whitelist удал исключ снят найден возвра разблок прекращ жой алып алын табыл қайтар'
const ADDING =
  'add updat new insert block stolen lost listed blacklist добав включ внес внёс измен обнов нов украд похищ утер утра розыск қос ұрлан жоғал ізде бұғат жаңа'

const begins = (words: string, text: string): boolean => words.split(' ').some((w) => text.startsWith(w))

/** What a delta list says of a row: add (also update) or remove; null where it is neither. */
export function parseChange(text: string): FactOp | null {
  const plain = text.trim().toLowerCase().replace(/^в\s+/, '')
  return SHORT[plain] ?? (begins(REMOVING, plain) ? 'remove' : begins(ADDING, plain) ? 'add' : null)
}
