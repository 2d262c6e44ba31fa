/** `npm run test:shops`: acceptance of the connectors against running web shops; with `--random N`, random promotions and baskets until N were compared. */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { compareAtRandom } from './compare-at-random.ts'
import { randomMedusa } from './medusa-at-random.ts'
import { randomVendure } from './vendure-at-random.ts'

const HELP = `npm run test:shops [-- NAME] [-- --random N [--shop NAME] [--seed S] [--order-tax]]

  without options    acceptance of every connector whose shop runs here: Vendure 3.7, Medusa 2.18
  NAME               only of this one: vendure, medusa
  --random N         random promotions in a running shop, N random baskets quoted by it and priced by us
  --shop NAME        that shop: vendure (default) or medusa
  --seed S           where the random numbers begin (default 1); the same seed makes the same promotions and baskets
  --order-tax        a Vendure that makes tax once per rate

A shop that is not installed yet is installed from its lock file, without scripts. The last line of --random is JSON:
{"total":n,"equal":n,"different":n,"notComputable":n,"refused":n,"promotions":n}
`

const SHOPS: readonly string[] = ['vendure', 'medusa']

const main = async (args: readonly string[]): Promise<number> => {
  const options = readArguments(args)
  if (typeof options === 'number') return options
  if (options.random === null) return spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '-c', 'test/vitest.config.ts', '--project', 'shops', ...options.only], { stdio: 'inherit' }).status ?? 1
  const start = options.shop === 'medusa' ? randomMedusa : () => randomVendure(options.orderTax)
  const counts = await compareAtRandom(start, { baskets: options.random, seed: options.seed, print: console.log })
  console.log(JSON.stringify(counts))
  return counts.different > 0 || counts.equal === 0 ? 1 : 0
}

/** `only`: of which shops acceptance is run; all, where it is empty. */
type Options = { readonly only: readonly string[]; readonly shop: string; readonly random: number | null; readonly seed: number; readonly orderTax: boolean }

/** The exit code where nothing is to be run. */
const readArguments = (args: readonly string[]): Options | number => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { random: { type: 'string' }, shop: { type: 'string', default: 'vendure' }, seed: { type: 'string', default: '1' }, 'order-tax': { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } })
    if (values.help) {
      console.log(HELP)
      return 0
    }
    const unknown = [...positionals, values.shop].find((name) => !SHOPS.includes(name))
    if (unknown !== undefined) throw new Error(`no shop "${unknown}" runs here; there are ${SHOPS.join(', ')}`)
    const [random, seed] = [values.random ?? '', values.seed]
    if (random !== '' && !/^[1-9]\d{0,6}$/.test(random)) throw new Error(`--random: "${random}" is no number of baskets`)
    if (!/^\d{1,9}$/.test(seed)) throw new Error(`--seed: "${seed}" is no whole number`)
    return { only: positionals.map((name) => `test/shops/${name}`), shop: values.shop, random: random === '' ? null : Number(random), seed: Number(seed), orderTax: values['order-tax'] }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`)
    return 2
  }
}

process.exitCode = await main(process.argv.slice(2))
