import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteParityLedger } from '#hub/stores/sqlite/shops/parity-ledger.ts'
import { judgeCase, type OfferCase } from '#hub/tools/conformance/judge-case.ts'
import { millis } from '#shared/kernel/time.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { basketOf, parityBench } from '../use-cases/parity/parity-bench.ts'
import { perRate } from '../use-cases/shops/paper-shop.ts'

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))
const root = new URL('../../../', import.meta.url).pathname
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'parity-standing-'))
  folders.push(folder)
  return folder
}
const run = (folder: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'hub/tools/parity.ts'), '--standing', ...args], { cwd: folder, encoding: 'utf8' })
  return { status, lines: stdout.trimEnd().split('\n'), sentence: stderr.split('\n')[0] }
}
const ledgerIn = (folder: string) => {
  const opened = openDatabase(folder, millis(0))
  if (!opened.ok) throw new Error('no database')
  return { ledger: sqliteParityLedger(opened.value), close: () => opened.value.close() }
}

describe('the parity command tells the standing of a hub', () => {
  it('green while nothing differs', () => {
    const folder = newFolder()
    const { ledger, close } = ledgerIn(folder)
    for (let n = 0; n < 12; n++) ledger.count({ id: `${n}`, source: 'handoff', at: millis(Date.now() - 180_500), outcome: 'equal', apartMinor: 0 })
    close()
    const { status, lines } = run(folder, '--data', folder)
    expect([status, lines[0], lines.at(-1)]).toEqual([0, expect.stringMatching(/^12 baskets compared, 0 cents apart, last 3 min ago, counted since \d/), '{"total":12,"equal":12,"different":0,"notComputable":0,"unstable":0}'])
  })
  it('red on a differing cent, with its figures, and keeps the basket as a case that is red too', async () => {
    const bench = parityBench()
    await bench.read()
    bench.paper.says.dialect = perRate
    bench.handOver(basketOf({ A: 1, C: 3 }))
    await bench.monitor.turn()
    const folder = newFolder()
    const { ledger, close } = ledgerIn(folder)
    const [alarm] = bench.ledger.alarms(1)
    ledger.raise({ ...alarm!, key: 'k', at: alarm!.lastAt })
    ledger.count({ id: 'a', source: 'handoff', at: alarm!.lastAt, outcome: 'different', apartMinor: 1 })
    close()
    const { status, lines } = run(folder, '--data', folder, '--keep')
    expect([status, lines.filter((line) => /DIFFERENT|total: /.test(line))]).toEqual([1, ['  DIFFERENT  rounding (vendure-3-order-tax): 1 baskets, the newest by 1, offers 1', '    total: shop 5297, ours 5296, kiosk 5296']])
    const file = readdirSync(folder).find((name) => name.startsWith('parity-'))
    const { cases } = JSON.parse(readFileSync(join(folder, file!), 'utf8')) as { readonly cases: readonly OfferCase[] }
    expect(cases.map((one) => judgeCase(one, DIALECTS).status)).toEqual(['wrong'])
  })
  it.each([
    [['--data', '/nowhere'], 'parity: there are no data in /nowhere'],
    [['--odd'], expect.stringContaining('parity: Unknown option')],
  ])('refuses %j in a sentence', (args, sentence) => {
    expect(run(newFolder(), ...args)).toMatchObject({ status: 2, sentence })
  })
})
