/** Numbers for the values of a trait; 0 stands for none. */
export class Dictionary {
  readonly #numbers = new Map<string, number>()
  readonly #names: string[] = []

  /** How many values there are. */
  get size(): number {
    return this.#names.length
  }

  /** The value's number, a new one for a value not met before. */
  numberOf(value: string | null): number {
    if (value === null) return 0
    const known = this.#numbers.get(value)
    if (known !== undefined) return known
    this.#names.push(value)
    this.#numbers.set(value, this.#names.length)
    return this.#names.length
  }

  /** The value's number; null for one that never came. */
  known(value: string): number | null {
    return this.#numbers.get(value) ?? null
  }

  nameOf(number: number): string | null {
    return number === 0 ? null : (this.#names[number - 1] ?? null)
  }
}
