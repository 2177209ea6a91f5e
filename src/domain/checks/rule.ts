import type { ImportKind } from '../batch.ts'

/** `error` rejects the row (of a rule of the file: refuses the file until it is accepted by its code), `warning` tells, `off` says nothing. */
export const LEVELS = ['error', 'warning', 'off'] as const
export type Level = (typeof LEVELS)[number]

/**
 * One rule of the checks, a file each in `rules/`. Its text and remedy in three languages are under the same code in
 * `resources/locales/<lang>/check.json`, those of a rule of the file in `problem.json`. Level and limits are the rule's own defaults;
 * the policy's section `checks` overrides them.
 */
export interface CheckRule<Code extends string = string> {
  readonly code: Code
  /** What it takes to judge: the row alone, the whole file, or what the desk knows from before. */
  readonly scope: 'row' | 'file' | 'history'
  readonly level: Level
  /** Kinds of list for which the level is another. */
  readonly levels?: Readonly<Partial<Record<ImportKind, Level>>>
  /** Levels the policy may give it where not all make sense. */
  readonly may?: readonly Level[]
  /** Numbers the rule compares with, by name. */
  readonly limits?: Readonly<Record<string, number>>
}

/** Keeps the code of a rule as a literal type. */
export const rule = <const R extends CheckRule>(r: R): R => r
