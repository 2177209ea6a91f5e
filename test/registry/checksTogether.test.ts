import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import type { Prepared } from '../../src/registry/db/pool.ts'
import { ChecksTogether } from '../../src/registry/public/checksTogether.ts'

/** A database that answers when it is told to, and remembers what it was asked. */
class Slow implements Prepared {
  readonly asked: number[][] = []
  readonly #answers: (() => void)[] = []
  failing = false

  prepared<R extends object>(_name: string, _text: string, values: readonly unknown[]): Promise<R[]> {
    this.asked.push(values[0] as number[])
    return new Promise((resolve, reject) => {
      this.#answers.push(() => {
        if (this.failing) reject(new Error('the line is cut'))
        else resolve([{ head: 7, policy: DEFAULT_POLICY }] as R[])
      })
    })
  }

  answer(): void {
    for (const one of this.#answers.splice(0)) one()
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('questions about single IMEIs', () => {
  test('that come together are one statement, each IMEI once', async () => {
    const db = new Slow()
    const checks = new ChecksTogether()
    const answers = [1, 2, 2, 3].map((imei) => checks.about(db, imei))
    await turn()
    expect(db.asked).toEqual([[1, 2, 3]])
    db.answer()
    expect(await Promise.all(answers)).toMatchObject([{ head: 7 }, { head: 7 }, { head: 7 }, { head: 7 }])
  })

  test('that come while the database is busy wait for the next statement, and none is left behind', async () => {
    const db = new Slow()
    const checks = new ChecksTogether()
    const answers: Promise<unknown>[] = []
    for (let imei = 1; imei <= 30; imei++) {
      answers.push(checks.about(db, imei))
      await turn()
    }
    expect(db.asked).toEqual([[1], [2], [3], [4]])
    db.answer()
    await turn()
    expect(db.asked.flat()).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    expect(db.asked.length).toBeLessThanOrEqual(8)
    db.answer()
    expect(await Promise.all(answers)).toHaveLength(30)
  })

  test('fail together when the statement fails, and the next ones are asked again', async () => {
    const db = new Slow()
    const checks = new ChecksTogether()
    db.failing = true
    const lost = Promise.allSettled([checks.about(db, 1), checks.about(db, 2)])
    await turn()
    db.answer()
    expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    db.failing = false
    const next = checks.about(db, 1)
    await turn()
    db.answer()
    expect(await next).toMatchObject({ head: 7, facts: [] })
  })
})
