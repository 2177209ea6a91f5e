import { type Act, may, type Officer } from './officer.ts'
import { done, type Outcome, refused } from './problem.ts'

/** Acts that two different approvers must sign: a policy, a clone case. An approver's proposal is his signature already. */
export interface Proposed {
  readonly id: string
  readonly waits: boolean
  /** Who proposed it. */
  readonly by: string
  readonly signatures: readonly string[]
}

/** Which acts of officers a proposal is made and signed by. */
export interface SigningActs {
  readonly propose: Act
  readonly sign: Act
}

export const SIGNATURES_NEEDED = 2

/** The signatures a proposal begins with. Refused: `role-forbids`. */
export function firstSignatures(officer: Officer, acts: SigningActs): Outcome<readonly string[]> {
  const role = may(officer, acts.propose)
  if (!role.ok) return role
  return done(may(officer, acts.sign).ok ? [officer.id] : [])
}

/** The signatures after this officer's. Refused: `role-forbids`, `nothing-to-sign`, `own-act`, `already-signed`. */
export function nextSignatures(what: Proposed, officer: Officer, acts: SigningActs): Outcome<readonly string[]> {
  const role = may(officer, acts.sign)
  if (!role.ok) return role
  if (!what.waits) return refused('nothing-to-sign', { id: what.id })
  if (what.by === officer.id) return refused('own-act', { officer: officer.id })
  if (what.signatures.includes(officer.id)) return refused('already-signed', { officer: officer.id })
  return done([...what.signatures, officer.id])
}

/** Whether he may end it unsigned: an approver declines it, who proposed it withdraws it. */
export function mayDrop(what: Proposed, officer: Officer, acts: SigningActs): Outcome<true> {
  const role = may(officer, what.by === officer.id ? acts.propose : acts.sign)
  if (!role.ok) return role
  return what.waits ? done(true) : refused('nothing-to-sign', { id: what.id })
}

export const isWhollySigned = (signatures: readonly string[]): boolean => new Set(signatures).size >= SIGNATURES_NEEDED
