/** Prices baskets that a real web shop priced, with the product's own engine, and names every differing cent. */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { TraceStep } from '#shared/offers/priced-basket.ts'
import { LIVE_HELP, parityLive } from './parity/live.ts'
import { parityStanding, STANDING_HELP } from './parity/standing.ts'
import { readOracle, recordingsIn, type OracleFile } from './parity/oracle.ts'
import { replay, SHOPS, type Replay } from './parity/shops.ts'
import type { Figure, Verdict } from './parity/verdict.ts'

const RECORDED = fileURLToPath(new URL('../../test/fixtures/shops/', import.meta.url))

const HELP = `Prices baskets that a real shop priced, translated from the shop's own promotions, products and carts, and compares
every line, discount, delivery, tax and total.

  npm run parity -- --shop NAME --cases [FILE …]

  --shop NAME       ${Object.keys(SHOPS).join(', ')}
  --cases [FILE …]  recorded baskets (.json or .json.gz), or a folder of them, from which those of the shop are taken;
                    without a file those that come with the product
  --from FILE       the same as a FILE after --cases

${LIVE_HELP}

${STANDING_HELP}

  --help            this text

Exit code 0: no basket differs · 1: at least one differs, or an alarm is open · 2: bad arguments.
The last line is JSON: {"total":n,"equal":n,"different":n,"notComputable":n,"unstable":n}`

type Options = { readonly help: boolean; readonly shop: string; readonly files: readonly string[] }

const main = (args: readonly string[]): number => {
  const options = readOptions(args)
  if (typeof options === 'string') return refuse(options)
  if (options.help) {
    console.log(HELP)
    return 0
  }
  const files = filesOf(options)
  if (typeof files === 'string') return refuse(files)
  const oracles = files.map((file) => ({ file, oracle: readOracle(file) }))
  const verdicts: Verdict[] = []
  for (const { file, oracle } of oracles) {
    if (typeof oracle === 'string') return refuse(oracle)
    if (oracle.shop !== options.shop) return refuse(`${file} was recorded from ${oracle.shop}, not from ${options.shop}`)
    const replayed = replay(oracle, SHOPS[options.shop]!)
    tell(file, oracle, replayed)
    verdicts.push(...replayed.verdicts)
  }
  const count = (status: Verdict['status']): number => verdicts.filter((one) => one.status === status).length
  console.log(JSON.stringify({ total: verdicts.length, equal: count('equal'), different: count('different'), notComputable: count('notComputable'), unstable: count('unstable') }))
  return count('different') > 0 ? 1 : 0
}

const readOptions = (args: readonly string[]): Options | string => {
  try {
    const { values, positionals } = parseArgs({
      // `--cases` may stand alone; files after it are read wherever they stand.
      args: args.filter((arg) => arg !== '--cases').map((arg) => (arg.startsWith('--cases=') ? arg.slice('--cases='.length) : arg)),
      allowPositionals: true,
      options: { shop: { type: 'string' }, from: { type: 'string', multiple: true, default: [] }, help: { type: 'boolean', default: false } },
    })
    const named = [...positionals, ...values.from]
    const shop = values.shop ?? ''
    if (values.help) return { help: true, shop, files: [] }
    if (!Object.hasOwn(SHOPS, shop)) return `--shop needs one of ${Object.keys(SHOPS).join(', ')}${shop === '' ? '' : `, not "${shop}"`}`
    if (named.length === 0 && !args.includes('--cases')) return 'name recorded baskets with --cases, or a running shop with --url'
    return { help: false, shop, files: named.length > 0 ? named : [RECORDED] }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Folders are opened; a sentence instead, if one of them holds nothing of this shop. */
const filesOf = ({ files, shop }: Options): readonly string[] | string => {
  const found: string[] = []
  for (const named of files) {
    const recordings = recordingsIn(named, shop)
    if (typeof recordings === 'string') return recordings
    found.push(...recordings)
  }
  return found
}

const refuse = (why: string): number => {
  console.error(`parity: ${why}\n\n${HELP}`)
  return 2
}

const tell = (file: string, { version }: OracleFile, { dialect, verdicts }: Replay): void => {
  const equal = verdicts.filter((one) => one.status === 'equal').length
  console.log(`${file}\n  ${version}, priced as ${dialect}: ${equal} of ${verdicts.length} equal to the cent`)
  for (const one of verdicts) {
    if (one.status === 'unstable' || one.status === 'notComputable') console.log(`  ${one.status === 'unstable' ? 'set apart' : 'not computable'}  ${one.id}: ${one.why}`)
    if (one.status === 'different') console.log(`  DIFFERENT  ${one.id}\n${one.differences.map(figure).join('\n')}\n${one.trace.map(step).join('\n')}`)
  }
}

const figure = ({ what, shop, ours }: Figure): string => `    ${what}: shop ${shop}, ours ${ours}`

const step = ({ stage, offerId, lineId, shippingId, amountMinor, rule }: TraceStep): string =>
  `      trace  ${stage.padEnd(8)} ${rule}${offerId === undefined ? '' : ` of ${offerId}`}${lineId ?? shippingId ? ` at ${lineId ?? shippingId}` : ''}: ${amountMinor}`

const given = process.argv.slice(2)
const answered = (answer: number | string): number => (typeof answer === 'number' ? answer : refuse(answer))

if (given.includes('--standing')) {
  process.exitCode = answered(parityStanding(given))
} else if (given.some((arg) => arg === '--url' || arg.startsWith('--url='))) {
  process.exitCode = answered(await parityLive(given))
} else {
  process.exitCode = main(given)
}
