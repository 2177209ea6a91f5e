import { parseDeclaration } from './declaration.ts'
import { type Identity, type IdentityFault, parseIdentity } from './identity.ts'
import { pastedImeis } from './pastedImeis.ts'

/** What an officer put into the one box of the lookup, told by its content. */
export type Question =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'imeis'; readonly imeis: readonly string[] }
  | { readonly kind: 'declaration'; readonly number: string; readonly line: string | null }
  | { readonly kind: 'identity'; readonly digits: string; readonly is: Identity['kind']; readonly fault: null }
  | { readonly kind: 'identity'; readonly digits: string; readonly is: null; readonly fault: IdentityFault }
  | { readonly kind: 'appeal'; readonly id: string }

/** Number of an appeal; the first letter may be the Cyrillic one that looks alike. */
const APPEAL = /^[#№\s]*[AА]\s*[-–—]\s*(\d{4})\s*[-–—]\s*(\d{1,9})$/i
/** Twelve digits are never an IMEI; labelled, eleven may be a number whose zero a spreadsheet lost. */
const IDENTITY = /^(?:(?:бин|иин|бсн|жсн|bin|iin)[\s:.№]*[\d\s'’-]{7,20}|\d[\d\s'’-]*)$/i
const digitsIn = (text: string): number => text.replace(/\D/g, '').length
const isLabelled = (text: string): boolean => /^\D/.test(text)

/** Longer texts are lists, whatever they begin with. */
const ONE_THING = 60

export function questionOf(typed: string): Question {
  const text = typed.trim()
  if (text === '') return { kind: 'nothing' }
  if (text.length <= ONE_THING && !/[\r\n]/.test(text)) {
    const one = oneThing(text)
    if (one) return one
  }
  const imeis = pastedImeis(text)
  return imeis.length === 0 ? { kind: 'nothing' } : { kind: 'imeis', imeis }
}

function oneThing(text: string): Question | null {
  const [, year, number] = APPEAL.exec(text) ?? []
  if (year && number) return { kind: 'appeal', id: `A-${year}-${number}` }
  const declaration = parseDeclaration(text)
  if (declaration) return { kind: 'declaration', number: declaration.number, line: declaration.line }
  if (!IDENTITY.test(text) || !(digitsIn(text) === 12 || isLabelled(text))) return null
  const parsed = parseIdentity({ kind: 'text', text })
  return parsed.ok
    ? { kind: 'identity', digits: parsed.identity.digits, is: parsed.identity.kind, fault: null }
    : { kind: 'identity', digits: parsed.digits, is: null, fault: parsed.fault }
}
