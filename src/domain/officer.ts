import { done, type Outcome, refused } from './problem.ts'

export const ROLES = ['importer', 'reviewer', 'approver', 'auditor', 'admin'] as const
export type Role = (typeof ROLES)[number]

export interface Officer {
  /** Sign-in name, unique. */
  readonly id: string
  readonly name: string
  readonly role: Role
}

export const ACTS = [
  'read',
  'sync',
  'verify',
  'report',
  'import',
  'undo',
  'claim',
  'decide',
  'sign',
  'supervise',
  'blockrun-propose',
  'blockrun-sign',
  'policy-propose',
  'policy-sign',
  'clone-propose',
  'clone-sign',
  'operator-file',
  'receipt',
  'administer',
] as const
export type Act = (typeof ACTS)[number]

const EVERYBODY: readonly Act[] = ['read', 'sync', 'verify', 'report']

const ALLOWED: Readonly<Record<Role, readonly Act[]>> = {
  importer: [...EVERYBODY, 'import', 'undo'],
  reviewer: [...EVERYBODY, 'claim', 'decide', 'blockrun-propose', 'policy-propose', 'clone-propose'],
  approver: [
    ...EVERYBODY,
    'sign',
    'supervise',
    'blockrun-propose',
    'blockrun-sign',
    'policy-propose',
    'policy-sign',
    'clone-propose',
    'clone-sign',
    'operator-file',
    'receipt',
  ],
  auditor: EVERYBODY,
  admin: [...EVERYBODY, 'supervise', 'administer'],
}

/** Whether the officer's role allows the act (roles: desk-cli). Enforced by the registry, mirrored by engine and window. */
export const may = (officer: Officer, act: Act): Outcome<true> =>
  ALLOWED[officer.role].includes(act) ? done(true) : refused('role-forbids', { role: officer.role, act })

/** Nobody signs what he imported, decided, proposed or already signed. */
export function maySign(officer: Officer, madeBy: readonly string[], signedBy: readonly string[]): Outcome<true> {
  const role = may(officer, 'sign')
  if (!role.ok) return role
  if (madeBy.includes(officer.id)) return refused('own-act', { officer: officer.id })
  if (signedBy.includes(officer.id)) return refused('already-signed', { officer: officer.id })
  return done(true)
}
