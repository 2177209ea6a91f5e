import { CLAIM_FIELDS, mandatoryFields } from '../appeal.ts'
import type { Compared, Comparing } from './compared.ts'
import { compareDeclaration } from './declaration.ts'
import { compareEntry } from './entry.ts'
import { compareExit } from './exit.ts'
import { compareFirstSeen } from './firstSeen.ts'
import { compareImeis } from './imei.ts'
import { compareModel } from './model.ts'
import { compareOwner } from './owner.ts'
import { comparePurchase } from './purchase.ts'
import { compareReceipt } from './receipt.ts'
import { compareTracking } from './tracking.ts'

/**
 * The claim beside what the registry knows, in the order of the claim pane. Shown are the fields the route rests on and every other
 * one for which there is a claim or a fact. It suggests; the officer judges.
 */
export function compareClaim(c: Comparing): readonly (Compared & { readonly mandatory: boolean })[] {
  const mandatory = new Set(mandatoryFields(c.appeal.route, c.appeal.claim.imeis.length))
  const lines = [
    ...compareImeis(c),
    compareModel(c),
    compareOwner(c),
    compareExit(c),
    comparePurchase(c),
    compareEntry(c),
    compareFirstSeen(c),
    compareDeclaration(c),
    compareTracking(c),
    compareReceipt(c),
  ]
  return lines
    .filter((l) => mandatory.has(l.field) || l.claim !== null || l.fact !== null)
    .map((l) => ({ ...l, mandatory: mandatory.has(l.field) }))
    .sort((a, b) => CLAIM_FIELDS.indexOf(a.field) - CLAIM_FIELDS.indexOf(b.field))
}
