import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = new URL('../../../', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['hub/tools/conformance.ts', ...args], { cwd: root, encoding: 'utf8' })
  return { status, stdout, stderr, lastLine: stdout.trimEnd().split('\n').at(-1) ?? '' }
}
const write = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const one = (id: string, totalMinor: number, more: object = {}) => ({
  id, source: { project: 'Test' }, dialect: 'einklang', currency: 'EUR', lines: [{ id: 'a', sku: 'a', unitPriceMinor: 105, quantity: 1 }],
  offers: [{ raw: {}, offer: { id: 'o', effects: [{ type: 'orderDiscount', value: { percent: '10' } }] } }], expected: { totalMinor }, ...more,
})
const file = (name: string, ...cases: readonly object[]): string => write(name, { format: 'offer-cases/1', cases })

describe('the conformance command', () => {
  it('counts right, wrong and unsupported cases and exits 1 when one is wrong', () => {
    const mixed = file('mixed.json', one('right', 94), one('wrong', 95), one('unknown', 94, { dialect: 'nowhere' }), one('new', 94, { offers: [{ raw: {}, offer: { id: 'o', effects: [{ type: 'magic' }] } }] }))
    const result = run(mixed)
    expect([result.status, JSON.parse(result.lastLine)]).toEqual([1, { total: 4, passed: 1, wrong: 1, unsupported: 2 }])
    expect(result.stdout).toContain('totalMinor: expected 95, priced 94')
  })
  it('exits 0 when all are right, and reads policies from a file', () => {
    const down = write('dialects.json', { einklang: { order: 'passes', percentRound: { scope: 'line', mode: 'halfDown' }, distribute: 'largestRemainder' } })
    const cases = file('right.json', one('down', 95))
    expect(run(cases).status).toBe(1)
    expect([run('--dialects', down, cases).status, run('--help').status]).toEqual([0, 0])
  })
  it('reads everything that the format leaves open: a condition alone or in a list, leaves without figures, positions as text', () => {
    const ten = { id: 'o', effects: [{ type: 'orderDiscount', value: { percent: '10' } }] }
    const when = (condition: object) => [{ raw: {}, offer: { ...ten, when: condition } }]
    const third = { id: 'o', effects: [{ type: 'set', groups: [{ count: 3, sort: 'priceAsc' }], value: { percent: '100' }, pick: { nth: '1', maxUses: 'ALL' } }] }
    const open = file('open.json',
      one('not in a list', 105, { offers: when({ type: 'not', of: [{ type: 'contains', select: { skus: ['a'] } }] }) }),
      one('none of a list', 94, { offers: when({ type: 'not', of: [{ type: 'never' }, { type: 'contains', select: { skus: ['b'] } }] }) }),
      one('all of one', 94, { offers: when({ type: 'all', of: { type: 'quantity' } }) }),
      one('all of nothing', 94, { offers: when({ type: 'all' }) }),
      one('a leaf alone', 94, { offers: when({ type: 'contains' }) }),
      one('positions', 210, { lines: [{ id: 'a', sku: 'a', unitPriceMinor: 105, quantity: 3 }], offers: [{ raw: {}, offer: third }] }))
    expect(JSON.parse(run(open).lastLine)).toEqual({ total: 6, passed: 6, wrong: 0, unsupported: 0 })
  })
  it('refuses bad arguments with a clear sentence and exit code 2', () => {
    expect([run().status, run('--nonsense').status, run(join(folder, 'absent.json')).status, run(write('other.json', { format: 'x' })).status, run(write('broken.json', '{')).status]).toEqual([2, 2, 2, 2, 2])
    expect(run().stderr).toContain('name at least one file of cases')
  })
})
