import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { zIsoDate, zListing, zPolicy, zSource } from '../../src/contract/value.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { FACT_KINDS, type Fact } from '../../src/domain/fact.ts'
import { isOverdue } from '../../src/domain/listing.ts'
import { explainListing, listingOf, type Policy, RULES } from '../../src/domain/policy.ts'

const zReported = z.strictObject({
  date: zIsoDate,
  what: z.enum(FACT_KINDS),
  by: zSource,
  network: z.enum(['home', 'roaming', 'm2m']).optional(),
  ends: z.literal(true).optional(),
  reported: zIsoDate.optional(),
  withdrawn: zIsoDate.optional(),
})
const zDossier = z.strictObject({
  title: z.string().min(15),
  facts: z.array(zReported),
  on: zIsoDate,
  policy: zPolicy.partial().optional(),
  expected: zListing
    .extend({
      rule: z.enum(RULES).nullable(),
      overdue: z.boolean().optional(),
      outranked: z.array(z.enum(RULES)).optional(),
      released: z.array(z.enum(RULES)).optional(),
    })
    .strict(),
})
type Dossier = z.infer<typeof zDossier>
const zChapter = z.strictObject({ chapter: z.string(), dossiers: z.array(zDossier) })

const folder = join(import.meta.dirname, 'dossiers')
const chapters = globSync('*.json', { cwd: folder })
  .sort()
  .map((file) => zChapter.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))))

/** The facts that lived at the end of the day asked about, in the order they were reported. */
function liveFacts({ facts, on }: Dossier): Fact[] {
  return facts
    .map((f) => ({ ...f, reported: f.reported ?? f.date }))
    .sort((a, b) => (a.reported < b.reported ? -1 : a.reported > b.reported ? 1 : 0))
    .map((f, i): Fact & { reported: string; withdrawn: string | undefined } => ({
      kind: f.what,
      op: f.ends ? 'remove' : 'add',
      source: f.by,
      date: f.date,
      batch: `batch ${i + 1}`,
      seq: i + 1,
      ...(f.network && { network: f.network }),
      reported: f.reported,
      withdrawn: f.withdrawn,
    }))
    .filter((f) => f.reported <= on && (f.withdrawn === undefined || f.withdrawn > on))
}

for (const { chapter, dossiers } of chapters)
  describe(chapter, () => {
    for (const dossier of dossiers)
      test(dossier.title, () => {
        const policy = { ...DEFAULT_POLICY, ...dossier.policy } as Policy
        const facts = liveFacts(dossier)
        const { rule, overdue, outranked, released, ...listing } = dossier.expected
        expect(listingOf(facts, policy)).toEqual(listing)
        const { rules } = explainListing(facts, policy)
        expect(rules.find((step) => step.fired)?.rule ?? null).toBe(rule)
        const thatSay = (key: string) => rules.filter(({ because }) => because.key === key).map((step) => step.rule)
        if (outranked) expect(thatSay('outranked')).toEqual(outranked)
        if (released) expect(thatSay('released')).toEqual(released)
        if (overdue !== undefined) expect(isOverdue(listing, dossier.on)).toBe(overdue)
      })
  })

test('there are at least sixty dossiers, and every rule of the policy decides one of them', () => {
  const all = chapters.flatMap((c) => c.dossiers)
  expect(all.length).toBeGreaterThanOrEqual(60)
  expect(new Set(all.map((d) => d.title)).size).toBe(all.length)
  expect(new Set(all.map((d) => d.expected.rule))).toEqual(new Set([...RULES, null]))
})
