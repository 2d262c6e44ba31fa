import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSince, type ReadChanged, type Stamped } from '#hub/ports/web-shop/since-stamp.ts'
import { err, ok } from '#shared/kernel/result.ts'

const MINUTE = 60_000
const shopOf = (records: readonly Stamped[]): { readonly read: ReadChanged<Stamped>; readonly asked: { from: number; skip: number; take: number }[] } => {
  const asked: { from: number; skip: number; take: number }[] = []
  return {
    asked,
    read: async (question) => {
      asked.push(question)
      const { from, skip, take } = question
      return ok(records.filter(({ changedAt }) => changedAt >= from).toSorted((a, b) => a.changedAt - b.changedAt).slice(skip, skip + take))
    },
  }
}
const at = (id: string, minutes: number): Stamped => ({ id, changedAt: minutes * MINUTE })
const readAll = async (records: readonly Stamped[], cursor: string | null, take: number) => {
  const said = await readSince(cursor, shopOf(records).read, take)
  if (!said.ok) throw new Error(said.error.type)
  return { ids: said.value.records.map(({ id }) => id), cursor: said.value.cursor }
}

describe('reading by the stamp of the last change', () => {
  it('begins at the beginning, and goes on where it was', async () => {
    const records = [at('a', 10), at('b', 20), at('c', 30)]
    expect(await readAll(records, null, 10)).toEqual({ ids: ['a', 'b', 'c'], cursor: '1800000' })
    expect(await readAll([...records, at('d', 40)], '1800000', 10)).toEqual({ ids: ['c', 'd'], cursor: '2400000' })
  })
  it('reads what was stamped two minutes before the newest one again: it may not have been there yet', async () => {
    expect(await readAll([at('a', 10), at('late', 28), at('c', 30)], '1800000', 10)).toEqual({ ids: ['late', 'c'], cursor: '1800000' })
  })
  it('stays where it was when nothing is there', async () => {
    expect(await readAll([], '1800000', 10)).toEqual({ ids: [], cursor: '1800000' })
    expect(await readAll([], null, 10)).toEqual({ ids: [], cursor: '0' })
    expect((await readAll([at('a', 1)], 'somebody else wrote this', 10)).ids).toEqual(['a'])
  })
  it('counts on within one stamp, and otherwise goes on from the last one', async () => {
    const { read, asked } = shopOf([at('a', 1), at('b', 2), at('c', 2), at('d', 2), at('e', 3)])
    const said = await readSince(null, read, 2)
    expect(said.ok && said.value.records.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(asked.map(({ from, skip }) => [from / MINUTE, skip])).toEqual([[0, 0], [2, 0], [2, 2], [3, 0]])
  })
  it('tells trouble as it is', async () => {
    const trouble = { type: 'Unreachable', why: 'ECONNREFUSED' } as const
    expect(await readSince(null, async () => err(trouble), 10)).toEqual(err(trouble))
  })
  it('misses nothing, whatever the stamps and the size of a page', async () => {
    const stamps = fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 30 })
    await fc.assert(fc.asyncProperty(stamps, fc.integer({ min: 1, max: 7 }), async (minutes, take) => {
      const records = minutes.map((minute, i) => at(String(i), minute))
      const { ids } = await readAll(records, null, take)
      expect(ids.toSorted()).toEqual(records.map(({ id }) => id).toSorted())
    }), { numRuns: 60 })
  })
})
