import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENGINE_BUDGET_BYTES } from '#hub/tools/pack-engine/make-package.ts'
import { answers, installEngine, questions, runInShop, type InstalledEngine } from './installed-engine.ts'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
let shop: InstalledEngine
beforeAll(async () => {
  shop = await installEngine()
}, 120_000)
afterAll(() => shop.remove())

const manifest = (): { readonly version: string; readonly dependencies?: object; readonly bin: { readonly [name: string]: string } } => JSON.parse(readFileSync(join(shop.folder, 'package.json'), 'utf8'))

describe('the engine, packed and installed without network', () => {
  it('has the version of the house, told in its list of changes, and needs no other package', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string }
    expect(manifest()).toMatchObject({ name: 'einklang-engine', version, license: 'Apache-2.0' })
    expect(manifest()).not.toHaveProperty('dependencies')
    expect(readFileSync(join(shop.folder, 'CHANGELOG.md'), 'utf8')).toMatch(new RegExp(`^## (\\d+\\.\\d+\\.\\d+)`, 'm'))
    expect(/^## (.+)$/m.exec(readFileSync(join(shop.folder, 'CHANGELOG.md'), 'utf8'))![1]).toBe(version)
    for (const name of ['README.md', 'LICENSE', 'NOTICE', 'offer.schema.json', 'vectors/einklang.json', 'types/offers/engine.d.ts']) expect({ name, isThere: existsSync(join(shop.folder, name)) }).toEqual({ name, isThere: true })
  })
  it(`is at most ${ENGINE_BUDGET_BYTES} bytes, gzipped`, () => {
    expect(shop.made.gzipBytes).toBeLessThanOrEqual(ENGINE_BUDGET_BYTES)
  })
  it.each(['engine.js', 'engine.min.js'])('imports nothing: %s is one file', (name) => {
    expect(readFileSync(join(shop.folder, name), 'utf8')).not.toMatch(/^\s*import[\s{*"']|\bimport\(|\brequire\(/m)
  })
  it.each(['einklang-engine', 'einklang-engine/min'])('gives the same answer as here to every vector, to the byte: %s', (name) => {
    const code = `import { readFileSync } from 'node:fs'\nimport { priceBasket } from '${name}'\nconst all = JSON.parse(readFileSync(0, 'utf8'))\nconsole.log(JSON.stringify(all.map((one) => JSON.stringify(priceBasket(one.offers, one.policies, one.context)))))`
    const { status, stdout, stderr } = runInShop(shop, code, JSON.stringify(questions))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual(answers)
    expect(answers.length).toBeGreaterThan(300)
  })
  it('does what its guide says in ten lines', () => {
    const [, code] = /```js\n([\s\S]+?)```/.exec(readFileSync(join(shop.folder, 'README.md'), 'utf8'))!
    expect(code!.trim().split('\n').length).toBeLessThanOrEqual(10)
    const promised = /^\/\/ (.+)$/m.exec(code!)![1]
    expect(runInShop(shop, code!).stdout.trim()).toBe(promised)
  })
})

describe('its own conformance command', () => {
  const run = (...args: readonly string[]) => spawnSync(process.execPath, [join(shop.project, 'node_modules/.bin/einklang-conformance'), ...args], { cwd: shop.project, encoding: 'utf8' })
  it('prices all its vectors right', () => {
    const { status, stdout } = run()
    const total = questions.length
    expect({ status, last: JSON.parse(stdout.trim().split('\n').at(-1)!) }).toEqual({ status: 0, last: { total, passed: total, wrong: 0, unsupported: 0 } })
  })
  it('fails on one cent', () => {
    const file = JSON.parse(readFileSync(join(shop.folder, 'vectors/einklang.json'), 'utf8')) as { cases: { id: string; expected: { [figure: string]: number } }[] }
    const [first] = file.cases
    first!.expected['totalMinor'] = (first!.expected['totalMinor'] ?? 0) + 1
    writeFileSync(join(shop.project, 'moved.json'), JSON.stringify(file))
    const { status, stdout } = run('moved.json')
    expect(status).toBe(1)
    expect(stdout).toContain(`wrong ${first!.id}\n  totalMinor: expected ${first!.expected['totalMinor']}`)
  })
  it('refuses what is no file of cases', () => {
    expect(run('package.json')).toMatchObject({ status: 2, stderr: expect.stringContaining('package.json is not an offer-cases/1 file') })
  })
})

describe('its types', () => {
  const check = (code: string, options: object = {}) => {
    writeFileSync(join(shop.project, 'shop.ts'), code)
    writeFileSync(join(shop.project, 'tsconfig.json'), JSON.stringify({ compilerOptions: { target: 'es2022', lib: ['es2022'], types: [], strict: true, noEmit: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, module: 'nodenext', moduleResolution: 'nodenext', ...options }, files: ['shop.ts'] }))
    const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', shop.project], { encoding: 'utf8' })
    return { status, stdout }
  }
  const SHOP = `
import { compileOffers, DIALECTS, explainVerdict, priceCompiled, readOffers, type Missing, type Policies, type PricedBasket, type Telling, type Verdict } from 'einklang-engine'
const mine: Policies = { ...DIALECTS.shopware, distribute: 'largestRemainder' }
const { offers, refused } = readOffers(JSON.parse('[]'))
const basket: PricedBasket = priceCompiled(compileOffers(offers, mine), { currency: 'EUR', lines: [{ id: '1', sku: 'tea', unitPriceMinor: 249, quantity: 2 }] })
const telling: Telling = { language: 'de', names: { offer: (id) => id, product: (sku) => sku, taxon: (id) => id } }
const words: readonly string[] = basket.verdicts.map((one: Verdict) => explainVerdict(one, telling))
const missing: readonly Missing[] = basket.verdicts.flatMap((one) => (one.status === 'missed' ? one.missing : []))
export const all = [refused[0]?.path, words, missing, basket.lines[0]?.totalMinor] as const
`
  it.each([{}, { module: 'esnext', moduleResolution: 'bundler' }])('hold in a strict project that checks libraries too: %j', (options) => {
    expect(check(SHOP, options)).toEqual({ status: 0, stdout: '' })
  })
  it('and refuse a dialect that nobody wrote', () => {
    expect(check("import { DIALECTS, priceBasket } from 'einklang-engine'\nexport const one = priceBasket([], DIALECTS.moonlight, { currency: 'EUR', lines: [] })").status).not.toBe(0)
  })
})
