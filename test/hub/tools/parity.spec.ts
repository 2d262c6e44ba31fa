import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { readOracle, type OracleFile } from '#hub/tools/parity/oracle.ts'
import { replay, SHOPS } from '#hub/tools/parity/shops.ts'

const root = new URL('../../../', import.meta.url).pathname
const recorded = join(root, 'test/fixtures/shops')
const folder = mkdtempSync(join(tmpdir(), 'parity-'))
afterAll(() => rmSync(folder, { recursive: true }))

const read = (name: string): OracleFile => {
  const file = readOracle(join(recorded, name))
  if (typeof file === 'string') throw new Error(file)
  return file
}
const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['hub/tools/parity.ts', ...args], { cwd: root, encoding: 'utf8' })
  return { status, stdout, stderr, lastLine: stdout.trimEnd().split('\n').at(-1) ?? '' }
}

describe.each(readdirSync(recorded))('baskets that a running shop priced: %s', (name) => {
  const file = read(name)
  const { verdicts, dialect } = replay(file, SHOPS[file.shop]!)
  it.each(verdicts.map((one) => [one.id, one] as const))('%s', (_, one) => {
    expect(one.status === 'unstable' ? one.why : one).toEqual(one.status === 'unstable' ? expect.stringMatching(/calculated again|do not use/) : { id: one.id, status: 'equal' })
  })
  it('each total, moved by one cent, is noticed', () => {
    for (const one of file.cases as unknown as readonly { input: { id: string }; result: { total?: number | { net: number; gross: number }; charged?: number } }[]) {
      const total = one.result.total
      if (total === undefined || verdicts.find(({ id }) => id === one.input.id)?.status !== 'equal') continue
      const moved = typeof total === 'number' ? { ...one.result, total: total + 1 } : { ...one.result, total: { ...total, gross: total.gross + 1 } }
      const again = replay({ ...file, cases: [{ ...one, result: moved }] as unknown as OracleFile['cases'] }, { ...SHOPS[file.shop]!, dialects: [dialect as never] })
      expect(again.verdicts.map(({ status }) => status)).toEqual(['different'])
    }
  })
})

describe('which setting a shop has that its interface does not tell', () => {
  it('is found by what fits: tax made per line or once per rate', () => {
    expect([replay(read('vendure.json'), SHOPS['vendure']!).dialect, replay(read('vendure-order-tax.json'), SHOPS['vendure']!).dialect]).toEqual(['vendure-3', 'vendure-3-order-tax'])
  })
})

describe('the parity command', () => {
  it('counts the baskets that come with the product, without and with a named file, packed or not', () => {
    const packed = join(folder, 'medusa.json.gz')
    writeFileSync(packed, gzipSync(readFileSync(join(recorded, 'medusa.json'))))
    expect(JSON.parse(run('--shop', 'medusa', '--cases').lastLine)).toEqual({ total: 45, equal: 44, different: 0, notComputable: 0, unstable: 1 })
    expect(JSON.parse(run('--shop', 'medusa', '--cases', packed).lastLine)).toEqual({ total: 37, equal: 36, different: 0, notComputable: 0, unstable: 1 })
  })
  it('takes those of the shop from a folder, and says in a sentence what is wrong with one', () => {
    expect(JSON.parse(run('--shop', 'medusa', '--from', recorded).lastLine)).toEqual({ total: 45, equal: 44, different: 0, notComputable: 0, unstable: 1 })
    const [empty, onlyWoo] = [mkdtempSync(join(folder, 'empty-')), mkdtempSync(join(folder, 'woo-'))]
    copyFileSync(join(recorded, 'woocommerce.json'), join(onlyWoo, 'woocommerce.json'))
    expect(run('--shop', 'medusa', '--from', empty).stderr).toContain(`parity: the folder ${empty} holds no recorded baskets (.json or .json.gz)\n`)
    expect(run('--shop', 'medusa', '--cases', onlyWoo)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('holds no baskets recorded from medusa, only from woocommerce\n') })
    expect(run('--from', recorded).stderr).toContain('parity: --shop needs one of vendure, medusa, woocommerce\n')
  })
  it.each([['null'], ['[]'], ['{"meta":{"shop":"medusa"},"cases":[null]}'], ['{"meta":{"shop":"medusa"},"cases":[{}]}']])('refuses a file that holds %s', (text) => {
    const path = join(folder, 'odd.json')
    writeFileSync(path, text)
    expect(run('--shop', 'medusa', '--cases', path)).toMatchObject({ status: 2, stderr: expect.stringContaining('odd.json holds no recorded baskets\n') })
  })
  it('prints both numbers and the trace of a basket that differs and exits 1', () => {
    const { cases, shop, version } = read('woocommerce.json')
    const one = structuredClone(cases.find(({ input }) => (input as { id: string }).id === 'stack-10-then-5/gross')) as unknown as { result: { total: number } }
    one.result.total += 1
    const path = join(folder, 'moved.json')
    writeFileSync(path, JSON.stringify({ meta: { shop, version }, cases: [one] }))
    const result = run('--shop', 'woocommerce', '--from', path)
    expect([result.status, JSON.parse(result.lastLine)]).toEqual([1, { total: 1, equal: 0, different: 1, notComputable: 0, unstable: 0 }])
    expect(result.stdout).toContain('total: shop 4751, ours 4750')
    expect(result.stdout).toContain('orderDiscount of 2 at 1')
  })
  it('names what it cannot compute instead of guessing', () => {
    const { shop, version, cases } = read('vendure.json')
    const one = structuredClone(cases[1]) as unknown as { input: { promotions: object[] } }
    one.input.promotions = [{ name: 'moon', conditions: [{ code: 'full_moon' }], actions: [{ code: 'free_shipping' }] }]
    const path = join(folder, 'moon.json')
    writeFileSync(path, JSON.stringify({ meta: { shop, version }, cases: [one] }))
    const result = run('--shop', 'vendure', '--cases', path)
    expect([result.status, JSON.parse(result.lastLine)]).toEqual([0, { total: 1, equal: 0, different: 0, notComputable: 1, unstable: 0 }])
    expect(result.stdout).toContain('1: condition "full_moon" is not one of the shop\'s own')
  })
  it('refuses bad arguments with a clear sentence and exit code 2', () => {
    const medusa = join(recorded, 'medusa.json')
    expect([run().status, run('--shop', 'nowhere', '--cases').status, run('--shop', 'medusa').status, run('--shop', 'vendure', '--cases', medusa).status, run('--shop', 'medusa', '--cases', join(folder, 'absent.json')).status]).toEqual([2, 2, 2, 2, 2])
    expect(run('--shop', 'vendure', '--cases', medusa).stderr).toContain('was recorded from medusa, not from vendure')
    expect(run('--help').status).toBe(0)
  })
})
