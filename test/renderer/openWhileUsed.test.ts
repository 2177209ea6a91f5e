import { describe, expect, it } from 'vitest'
import { openWhileUsed } from '../../src/renderer/appeals/openWhileUsed.ts'

/** Documents that tell how often they were opened and which stand open now. */
function shelf(atRest: number) {
  const whileUsed = openWhileUsed(atRest)
  const opened: string[] = []
  const standing = new Set<string>()
  const add = (name: string, opening: () => Promise<void> = async () => undefined) =>
    whileUsed(
      async () => {
        await opening()
        opened.push(name)
        standing.add(name)
        return name
      },
      () => standing.delete(name),
    )
  return { add, opened, standing }
}

const nothing = async (): Promise<void> => undefined
/** What closes does so behind what is on its way. */
const closed = (): Promise<void> => Promise.resolve()

describe('what costs much to hold open', () => {
  it('however many documents are read, no more stay open than may rest: those read last', async () => {
    const { add, standing } = shelf(2)
    for (let number = 1; number <= 50; number++) {
      await add(`document ${number}`).use(nothing)
      await closed()
      expect(standing.size).toBeLessThanOrEqual(2)
    }
    expect([...standing]).toEqual(['document 49', 'document 50'])
  })

  it('one that is open is used as it is; one that was closed is opened again', async () => {
    const { add, opened } = shelf(1)
    const [contract, receipt] = [add('contract'), add('receipt')]
    await contract.use(nothing)
    await contract.use(nothing)
    expect(opened).toEqual(['contract'])
    await receipt.use(nothing)
    await contract.use(nothing)
    expect(opened).toEqual(['contract', 'receipt', 'contract'])
  })

  it('one in use stays open, whatever is read meanwhile', async () => {
    const { add, opened, standing } = shelf(1)
    const drawing = Promise.withResolvers<void>()
    const contract = add('contract')
    const drawn = contract.use(() => drawing.promise)
    for (const name of ['receipt', 'passport', 'declaration']) await add(name).use(nothing)
    await closed()
    expect(standing).toContain('contract')
    drawing.resolve()
    await drawn
    await contract.use(nothing)
    await closed()
    expect(opened.filter((name) => name === 'contract')).toHaveLength(1)
    expect([...standing]).toEqual(['contract'])
  })

  it('one that failed is closed once nobody uses it, and is tried anew', async () => {
    const { add, opened, standing } = shelf(3)
    const contract = add('contract')
    const second = Promise.withResolvers<void>()
    const other = contract.use(() => second.promise)
    await expect(contract.use(() => Promise.reject(new Error('page 3 is broken')))).rejects.toThrow('page 3')
    expect(standing).toContain('contract')
    second.resolve()
    await other
    await closed()
    expect(standing.size).toBe(0)
    await contract.use(nothing)
    expect(opened).toEqual(['contract', 'contract'])
  })

  it('one that cannot be opened is tried anew by the next who asks', async () => {
    const { add, opened } = shelf(1)
    let broken = true
    const contract = add('contract', async () => {
      if (broken) throw new Error('damaged')
    })
    await expect(contract.use(nothing)).rejects.toThrow('damaged')
    broken = false
    await contract.use(nothing)
    expect(opened).toEqual(['contract'])
  })

  it('closing closes also one in use, which does not come back by itself', async () => {
    const { add, standing } = shelf(3)
    const drawing = Promise.withResolvers<void>()
    const contract = add('contract')
    const drawn = contract.use(() => drawing.promise)
    await contract.use(nothing)
    contract.close()
    await closed()
    expect(standing.size).toBe(0)
    drawing.resolve()
    await drawn
    expect(standing.size).toBe(0)
  })
})
