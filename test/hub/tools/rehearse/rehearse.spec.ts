import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runLint } from '#hub/tools/lint-offers.ts'
import { runRehearse } from '#hub/tools/rehearse.ts'
import { DEMO_CATEGORIES } from '#hub/shops/builtin/demo/demo-categories.ts'
import { SHELF_OF_ITEM } from '#hub/tools/rehearse/groceries-map.ts'
import { millis } from '#shared/kernel/time.ts'
import { startTestHub, type TestHub } from '../../test-hub.ts'

const INVOICES = new URL('../../../fixtures/baskets/online_retail_dach_sample.csv', import.meta.url).pathname
const NOW = millis(Date.parse('2026-11-22T10:00:00Z'))
const WINDOW = { from: '2026-11-20T00:00:00Z', until: '2026-12-05T00:00:00Z' }
const TEN_FROM_100 = { id: 'ten', name: '10 ab 100', window: WINDOW, when: { type: 'subtotal', amountMinor: 10_000, basis: 'initial' }, effects: [{ type: 'orderDiscount', value: { amountMinor: 1000 } }] }

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-rehearse-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string | object): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const run = (tool: typeof runLint, ...args: readonly string[]) => {
  const [out, complaints]: [string[], string[]] = [[], []]
  const code = tool(args, (line) => out.push(line), (line) => complaints.push(line), NOW)
  return { code, text: out.join('\n'), complaints: complaints.join('\n'), last: out.at(-1)?.startsWith('{') ? (JSON.parse(out.at(-1)!) as object) : null }
}
const none = () => file('none.json', [])

describe('30 real invoices under "10 off from 100"', () => {
  // 11 are cancelled, one holds postage alone. By a second program: 18 baskets worth 7,204.54, of which 15 reach 100.
  it('are 18 baskets; 15 pay 10.00 less, and revenue falls from 7,204.54 to 7,054.54', () => {
    const { code, text, last } = run(runRehearse, '--baskets', INVOICES, '--offers', file('draft.json', [TEN_FROM_100]), '--current', none())
    expect(last).toEqual({ baskets: 18, affected: 15, refused: 1, unmappedLines: 18, revenueCents: -15_000, errors: 0 })
    expect(code).toBe(0)
    expect(text).toContain('15 of 18 baskets change their price: 83.3 % (95 %: 60.8 % to 94.2 %); 15 cheaper, 0 dearer.')
    expect(text).toContain('Revenue €7,204.54 → €7,054.54 (−€150.00)')
    expect(text).toContain("The file's own 213 articles are the catalogue")
    expect(text).toContain('11 cancelled invoices')
    expect(text).toContain('Without an article: POST (17), 22841 (1).')
  })
  it('are the same as JSON', () => {
    const { text } = run(runRehearse, '--baskets', INVOICES, '--offers', file('draft.json', { offers: [TEN_FROM_100] }), '--current', none(), '--json')
    const { rehearsal } = JSON.parse(text.split('\n')[0]!) as { rehearsal: { draft: { revenueCents: number }; affected: object; offers: readonly object[] } }
    expect([rehearsal.draft.revenueCents, rehearsal.affected]).toEqual([705_454, { n: 15, cheaper: 15, dearer: 0 }])
    expect(rehearsal.offers).toEqual([{ id: 'ten', currentBaskets: 0, draftBaskets: 15, currentCents: 0, draftCents: 15_000 }])
  })
})

describe('baskets of kinds', () => {
  const KINDS = 'basket,item\n1,whole milk\n1,soda\n1,bottled beer\n2,soda\n2,napkins\n3,canned beer\n'
  it('are priced from the shelf each kind stands on; what has none is counted by name', () => {
    const juice = { id: 'tonic-1', window: WINDOW, effects: [{ type: 'unitDiscount', value: { amountMinor: 1 }, select: { taxons: ['tonic'] } }] }
    const { text, last } = run(runRehearse, '--baskets', file('kinds.csv', KINDS), '--offers', file('tonic.json', [juice]), '--current', none())
    expect(last).toMatchObject({ baskets: 2, affected: 2, refused: 1, unmappedLines: 3, revenueCents: -2 })
    expect(text).toContain('Without an article: bottled beer (1), canned beer (1), napkins (1).')
    expect(text).toContain('(2 names on 2 shelves)')
  })
  it('stand on shelves that the demo shop has', () => {
    const shelves = new Set(DEMO_CATEGORIES.map(({ id }) => id))
    expect([...new Set(SHELF_OF_ITEM.values())].filter((shelf) => !shelves.has(shelf))).toEqual([])
  })
  it('and of article numbers of the catalogue are taken as they are', () => {
    const baskets = file('skus.csv', 'basket,sku,quantity\na,00-247287,2\na,none,1\nb,00-247287,0\n')
    expect(run(runRehearse, '--baskets', baskets).last).toMatchObject({ baskets: 1, refused: 1, unmappedLines: 2 })
  })
})

describe("a store's own baskets", () => {
  let hub: TestHub
  beforeAll(async () => {
    hub = await startTestHub()
  })
  afterAll(() => hub.remove())
  it('are read from its data folder; none yet is said', () => {
    const { code, text, last } = run(runRehearse, '--baskets', 'hub', '--data', hub.folder)
    expect([code, last]).toEqual([1, { baskets: 0, affected: 0, refused: 0, unmappedLines: 0, revenueCents: 0, errors: 0 }])
    expect(text).toContain('No basket could be priced.')
  })
})

describe('the draft', () => {
  it('is read first: errors, and what is not even an offer', () => {
    const bad = file('bad.json', [{ ...TEN_FROM_100, when: { type: 'never' } }, { id: 'odd', effects: [{ type: 'magic' }] }])
    const { code, text, last } = run(runLint, bad)
    expect([code, last]).toEqual([1, { offers: 2, errors: 2, warnings: 0, notes: 0 }])
    expect(text).toMatch(/error {4}malformed .*“odd”/)
    expect(text).toMatch(/error {4}never .*“10 ab 100” can never hold: its condition says “never”\.\n\s+ten when/)
    expect(run(runRehearse, '--baskets', INVOICES, '--offers', bad)).toMatchObject({ code: 1, last: { errors: 2 } })
  })
  it('names what could be computed and not published: parts of a cent, no effect', () => {
    const bad = file('bad.json', [{ ...TEN_FROM_100, effects: [{ type: 'orderDiscount', value: { amountMinor: 0.5 } }] }, { id: 'void', effects: [] }])
    const { code, text, last } = run(runLint, bad)
    expect([code, last]).toMatchObject([1, { offers: 2, errors: 2 }])
    expect(text).toContain('“ten” has a shape that cannot be computed (effects.0.value.amountMinor: not whole minor units).')
    expect(text).toContain('“void” has a shape that cannot be computed (effects: without an effect).')
  })
  it('speaks German when asked, and JSON', () => {
    const bad = file('bad.json', [{ ...TEN_FROM_100, when: { type: 'never' } }])
    expect(run(runLint, bad, '--language', 'de').text).toContain('Fehler   never                „10 ab 100“ kann nie gelten: die Bedingung heißt „nie“.')
    expect(JSON.parse(run(runLint, bad, '--json').text.split('\n')[0]!)).toMatchObject({ rule: 'never', severity: 'error', offers: ['ten'], path: 'when' })
  })
  it('is held against what articles cost, where that is given', () => {
    const draft = file('draft.json', [{ id: 'salmon', window: WINDOW, effects: [{ type: 'unitDiscount', value: { amountMinor: 100 }, select: { skus: ['00-247287'] } }] }])
    expect(run(runLint, draft, '--costs', file('costs.csv', 'sku,cost_cents\n00-247287,350\n')).last).toMatchObject({ warnings: 1 })
    expect(run(runLint, draft).last).toMatchObject({ warnings: 0 })
  })
  it('of the demo shop has nothing wrong with it', () => {
    expect(run(runLint)).toMatchObject({ code: 0, last: { errors: 0, warnings: 0 } })
  })
})

describe('bad arguments', () => {
  it.each([
    [runRehearse, [], '--baskets FILE is missing'],
    [runRehearse, ['--baskets', '/nowhere.csv'], 'cannot read /nowhere.csv'],
    [runRehearse, ['--baskets', INVOICES, '--offers', '/nowhere.json'], 'cannot read /nowhere.json'],
    [runRehearse, ['--baskets', INVOICES, '--at', 'tomorrow'], '--at "tomorrow" is no moment'],
    [runRehearse, ['--baskets', 'hub'], '--baskets hub needs --data DIR'],
    [runLint, ['--language', 'fr'], '--language is de or en'],
    [runLint, ['--data', '/nowhere'], 'there are no data in /nowhere'],
  ] as const)('%# end with 2 and a clear word', (tool, args, word) => {
    const { code, complaints } = run(tool, ...args)
    expect(code).toBe(2)
    expect(complaints).toContain(word)
  })
  it('and --help is no mistake', () => {
    expect([run(runLint, '--help').code, run(runRehearse, '--help').code]).toEqual([0, 0])
  })
})
