import { describe, expect, test } from 'vitest'
import { needsSecondSignature } from '../../src/domain/batch.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { countMove, noEffect, touchesBlack } from '../../src/domain/effect.ts'
import { ON_NO_LIST } from '../../src/domain/listing.ts'
import { ACTS, may, maySign, type Officer, ROLES } from '../../src/domain/officer.ts'

const officer = (role: Officer['role']): Officer => ({ id: role, name: role, role })

describe('who may what', () => {
  test('auditor and admin decide nothing, and all read, sync, verify and report', () => {
    for (const role of ROLES)
      for (const act of ['read', 'sync', 'verify', 'report'] as const) expect(may(officer(role), act).ok).toBe(true)
    for (const act of ACTS.slice(4)) {
      expect(may(officer('auditor'), act).ok).toBe(false)
      // he sees to officers, desks and their work, and decides nothing
      expect(may(officer('admin'), act).ok).toBe(act === 'supervise' || act === 'administer')
    }
  })

  test('nobody signs what he made or already signed', () => {
    expect(maySign(officer('approver'), ['importer'], []).ok).toBe(true)
    expect(maySign(officer('approver'), ['approver'], [])).toMatchObject({ problem: { code: 'own-act' } })
    expect(maySign(officer('approver'), ['importer'], ['approver'])).toMatchObject({
      problem: { code: 'already-signed' },
    })
    expect(maySign(officer('importer'), [], [])).toMatchObject({ problem: { code: 'role-forbids' } })
  })
})

describe('the effect of an act', () => {
  const grey = { list: 'grey', reason: 'not-confirmed', since: '2025-10-01', deadline: '2025-10-31' } as const
  const black = { list: 'black', reason: 'stolen', since: '2025-10-01', deadline: null } as const

  test('counts moves by where they end, and who leaves black', () => {
    const e = noEffect()
    countMove(e, grey, black, true)
    countMove(e, black, ON_NO_LIST, false)
    countMove(e, grey, grey, false)
    expect(e).toEqual({ toWhite: 0, toGrey: 0, toBlack: 1, toNone: 1, leaveBlack: 1, unchanged: 1, underAppeal: 1 })
  })

  test('into or out of black, or too many off grey, needs a second officer', () => {
    const e = noEffect()
    expect(needsSecondSignature(e, 1000, DEFAULT_POLICY)).toBe(false)
    expect(needsSecondSignature(e, 1001, DEFAULT_POLICY)).toBe(true)
    e.leaveBlack = 1
    expect(touchesBlack(e)).toBe(true)
    expect(needsSecondSignature(e, 0, DEFAULT_POLICY)).toBe(true)
  })
})
