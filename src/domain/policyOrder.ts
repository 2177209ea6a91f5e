import { RULES, type RuleName } from './policy.ts'
import { done, type Outcome, refused } from './problem.ts'

const isRule = (name: string): name is RuleName => (RULES as readonly string[]).includes(name)

/** Which rules stand directly below which, as statements "a > b > c" say it; a bare list of names is one statement. */
function statementsOf(lines: readonly string[]): Outcome<ReadonlyMap<RuleName, ReadonlySet<RuleName>>> {
  const chains = lines.some((line) => line.includes('>')) ? lines.map((line) => line.split('>')) : [lines]
  const below = new Map<RuleName, Set<RuleName>>(RULES.map((rule) => [rule, new Set()]))
  const named = new Set<string>()
  for (const chain of chains) {
    const rules = chain.map((name) => name.trim())
    for (const [i, name] of rules.entries()) {
      if (!isRule(name)) return refused('policy-unusable', { key: 'precedence', value: name })
      named.add(name)
      const next = rules[i + 1]
      if (next !== undefined && isRule(next)) below.get(name)?.add(next)
    }
  }
  const missing = RULES.find((rule) => !named.has(rule))
  return missing ? refused('policy-gap', { what: missing, between: '' }) : done(below)
}

/**
 * The order of all rules, highest first, from a list or from statements "a > b > c". Refused: `policy-cycle` when statements contradict
 * each other (`path` names the circle), `policy-gap` when a rule is missing or two rules have no order, `policy-unusable` for a name
 * that is no rule.
 */
export function rankedRules(lines: readonly string[]): Outcome<readonly RuleName[]> {
  const below = statementsOf(lines)
  if (!below.ok) return below
  const order: RuleName[] = []
  const left = new Set<RuleName>(RULES)
  while (left.size > 0) {
    const highest = [...left].filter((rule) => ![...left].some((other) => below.value.get(other)?.has(rule)))
    const [first, second] = highest
    if (first === undefined) return refused('policy-cycle', { path: circle(left, below.value).join(' > ') })
    if (second !== undefined) return refused('policy-gap', { what: first, between: second })
    order.push(first)
    left.delete(first)
  }
  return done(order)
}

/** A way from a rule back to itself; every rule left has one above it, so going up must come round. */
function circle(left: ReadonlySet<RuleName>, below: ReadonlyMap<RuleName, ReadonlySet<RuleName>>): RuleName[] {
  const way: RuleName[] = []
  for (let at = [...left][0]; at !== undefined; ) {
    const seen = way.indexOf(at)
    if (seen >= 0) return [...way.slice(seen), at].reverse()
    way.push(at)
    const current = at
    at = [...left].find((rule) => below.get(rule)?.has(current))
  }
  return way
}
