import { expect, test } from 'vitest'
import { shownValue } from '../../src/renderer/appeals/claimText.ts'

const format = { shortDate: (date: string) => date.split('-').reverse().join('.') }

test.each([
  ['2026-10-17', '17.10.2026'],
  ['2026-10-17 – 2026-10-25', '17.10.2026 – 25.10.2026'],
  ['? – 2026-10-25', '? – 25.10.2026'],
  ['55311/080926/0875776', '55311/080926/0875776'],
  ['N24852228', 'N24852228'],
])('%s is read as %s', (value, shown) => {
  expect(shownValue(value, format)).toBe(shown)
})
