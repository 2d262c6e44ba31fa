/** `npm run simulate -- --seeds N --from S`: a fleet on a simulated network over the product's own sync core. */
import { parseArgs } from 'node:util'
import { simulateFleet, type Outcome } from './simulation/simulate-fleet.ts'
import { sumCounts } from './simulation/coverage.ts'
import { ALLOTMENT_FAULTS } from './simulation/allotment-faults.ts'
import { simulateAllotments } from './simulation/allotments.ts'
import { FAULTS_BY_NAME } from './simulation/planted-faults.ts'

const HELP = `Runs a fleet of devices and a hub over the product's own sync core, on a simulated network:
loss, duplicates, reordering, answers that come very late, cuts, crashes before and after every commit, a hub
that loses its tail or is restored from a copy, of which the newest may be damaged, another database in its
place and back, full disks on both sides, copied, put-back and wiped devices, several pages on one device,
old and new builds of app and hub. Prints how often each of it happened.
Each seed also runs kiosks that hold uses of a limited offer: never one too many, none lost, every promise kept.

  npm run simulate -- --seeds N --from S [--fault NAME]

  --seeds N     how many seeds (default 200)
  --from S      the first one (default 1)
  --fault NAME  plant a fault; only those that a second defence heals may stay green: ${[...Object.keys(FAULTS_BY_NAME), ...Object.keys(ALLOTMENT_FAULTS)].join(', ')}

The last line is JSON. Exit 1 if a seed fails, 2 if the arguments make no sense.`

/** Failing seeds told in full; the rest only by number. */
const FULL_REPORTS = 3
const MAX_LISTED = 50

const main = (): number => {
  const options = readOptions()
  if (typeof options === 'string') {
    console.error(`${options}\nTry: npm run simulate -- --help`)
    return 2
  }
  if (options.help) {
    console.log(HELP)
    return 0
  }
  const began = performance.now()
  const runs: Outcome[] = []
  const failed = new Set<number>()
  for (let seed = options.from; seed < options.from + options.seeds; seed++) {
    const faults = FAULTS_BY_NAME[options.fault ?? ''] ?? {}
    const outcome = simulateFleet(seed, faults)
    runs.push(outcome)
    if (outcome.violation !== null) report(failed.size < FULL_REPORTS ? simulateFleet(seed, faults, true) : outcome)
    const offers = simulateAllotments(seed, ALLOTMENT_FAULTS[options.fault ?? ''] ?? {})
    if (offers.violation !== null) report({ ...offers, steps: failed.size < FULL_REPORTS ? offers.steps : [] })
    if (outcome.violation !== null || offers.violation !== null) failed.add(seed)
  }
  const counts = sumCounts(runs.map((run) => run.counts))
  for (const [what, times] of Object.entries(counts)) console.log(`${String(times).padStart(10)}  ${what}`)
  const events = runs.reduce((sum, run) => sum + run.events, 0)
  console.log(JSON.stringify({ seeds: options.seeds, from: options.from, events, failures: failed.size, failed: [...failed].slice(0, MAX_LISTED), seconds: Math.round((performance.now() - began) / 1000) }))
  return failed.size > 0 ? 1 : 0
}

type Options = { readonly seeds: number; readonly from: number; readonly fault: string | null; readonly help: boolean }

/** The options, or what is wrong with them. */
const readOptions = (): Options | string => {
  try {
    const { values } = parseArgs({
      options: { seeds: { type: 'string', default: '200' }, from: { type: 'string', default: '1' }, fault: { type: 'string' }, help: { type: 'boolean', default: false } },
    })
    const seeds = Number(values.seeds)
    const from = Number(values.from)
    if (!Number.isSafeInteger(seeds) || seeds < 1) return `--seeds must be a whole number from 1, not "${values.seeds}".`
    if (!Number.isSafeInteger(from) || from < 0) return `--from must be a whole number from 0, not "${values.from}".`
    if (values.fault !== undefined && !Object.hasOwn(FAULTS_BY_NAME, values.fault) && !Object.hasOwn(ALLOTMENT_FAULTS, values.fault)) return `There is no planted fault "${values.fault}".`
    return { seeds, from, fault: values.fault ?? null, help: values.help }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const report = ({ seed, violation, steps }: Pick<Outcome, 'seed' | 'violation' | 'steps'>): void => {
  console.log(`seed ${seed}: ${violation}`)
  for (const step of steps) console.log(`  ${step}`)
}

process.exitCode = main()
