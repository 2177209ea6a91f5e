/** Something that stands in several appeals: a paper, a number, an IMEI. */
export interface SharedThing {
  readonly what: string
  readonly value: string
  readonly appeals: readonly string[]
}

/** Appeals that hang together, directly or through others. */
export interface AppealCluster {
  readonly appeals: readonly string[]
  readonly shared: readonly SharedThing[]
}

/** Groups appeals joined by shared things, the largest group first. Each appeal is in at most one group. */
export function clustersOf(things: readonly SharedThing[]): readonly AppealCluster[] {
  const parent = new Map<string, string>()
  const root = (appeal: string): string => {
    let at = appeal
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up
    return at
  }
  for (const { appeals } of things) {
    const [first] = appeals
    if (first === undefined) continue
    for (const appeal of appeals) {
      if (!parent.has(appeal)) parent.set(appeal, appeal)
      parent.set(root(appeal), root(first))
    }
  }
  const groups = Map.groupBy([...parent.keys()], root)
  const sharedBy = Map.groupBy(
    things.filter(({ appeals }) => appeals.length > 1),
    ({ appeals }) => root(appeals[0] as string),
  )
  return [...groups]
    .filter(([, appeals]) => appeals.length > 1)
    .map(([at, appeals]) => ({
      appeals: appeals.toSorted(),
      shared: (sharedBy.get(at) ?? []).toSorted((a, b) => b.appeals.length - a.appeals.length),
    }))
    .toSorted(
      (a, b) => b.appeals.length - a.appeals.length || (a.appeals[0] as string).localeCompare(b.appeals[0] as string),
    )
}
