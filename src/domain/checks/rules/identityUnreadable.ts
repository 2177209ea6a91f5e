import { rule } from '../rule.ts'

/** The BIN or IIN holds something else than digits. */
export const identityUnreadable = rule({
  code: 'identity-unreadable',
  scope: 'row',
  level: 'warning',
  levels: { customs: 'error', border: 'error' },
})
