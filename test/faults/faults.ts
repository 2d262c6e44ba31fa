/** `npm run faults`: drills against real processes, disks and networks. One JSON line each and one for all; exit 1 if anything was lost. */
import { parseArgs } from 'node:util'
import type { Drill, DrillResult, Need } from './drill.ts'
import { DRILLS } from './drills.ts'
import { lackOf } from './needs.ts'

const HELP = `npm run faults [-- DRILL …]   all drills, or the named ones
  --rounds N      instead of the drill's own number
  --from N        begin with this round, where rounds differ by their number: a long run in parts
  --light         the short form that runs with every change, without drills that need root
  --plants        with every planted fault instead: each drill must then fail
  --plant NAME    with this planted fault
  --list          names of the drills, with what they need and their planted faults
The last line is {"drills":n,"lost":n,"duplicated":n,"failed":n}; what is lost under a planted fault counts there too.

${DRILLS.map(({ name, about, needs }) => `  ${name.padEnd(18)} ${about}${needs.length > 0 ? ` (needs ${needs.join(', ')})` : ''}`).join('\n')}
`

type Wish = { readonly drills: readonly Drill[]; readonly light: boolean; readonly rounds: number | null; readonly from: number; readonly plant: string | null; readonly plants: boolean }

const readArguments = (): Wish | number => {
  try {
    const options = { help: { type: 'boolean' }, light: { type: 'boolean' }, rounds: { type: 'string' }, from: { type: 'string' }, plant: { type: 'string' }, plants: { type: 'boolean' }, list: { type: 'boolean' } } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    if (values.help) {
      console.log(HELP)
      return 0
    }
    if (values.list) {
      for (const { name, about, needs, rounds, plants } of DRILLS) console.log(JSON.stringify({ drill: name, about, needs, rounds, plants }))
      return 0
    }
    const unknown = positionals.find((name) => !DRILLS.some((drill) => drill.name === name))
    if (unknown !== undefined) throw new Error(`there is no drill "${unknown}"; drills: ${DRILLS.map(({ name }) => name).join(', ')}`)
    for (const name of ['rounds', 'from'] as const) if (!/^[1-9]\d{0,5}$/.test(values[name] ?? '1')) throw new Error(`--${name}: a number from 1 to 999999`)
    const light = values.light ?? false
    const named = DRILLS.filter(({ name }) => positionals.includes(name))
    const drills = named.length > 0 ? named : DRILLS.filter(({ needs }) => !light || !needs.includes('root'))
    const leftOut = named.length > 0 ? [] : DRILLS.filter((drill) => !drills.includes(drill))
    if (leftOut.length > 0) console.log(`Not among the light ones, because they need root: ${leftOut.map(({ name }) => name).join(', ')}`)
    return { drills, light, rounds: values.rounds === undefined ? null : Number(values.rounds), from: Number(values.from ?? 1), plant: values.plant ?? null, plants: values.plants ?? false }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 2
  }
}

const lacking = (needs: readonly Need[]): readonly string[] => needs.flatMap((need) => lackOf(need) ?? [])

type Outcome = { readonly ok: boolean; readonly lost: number; readonly twice: number }

const runOne = async (drill: Drill, wish: Wish, plant: string | null): Promise<Outcome> => {
  const lacks = lacking(drill.needs)
  if (lacks.length > 0) {
    console.log(JSON.stringify({ drill: drill.name, ok: false, broken: lacks }))
    return { ok: false, lost: 0, twice: 0 }
  }
  const rounds = wish.rounds ?? (wish.light ? drill.rounds.light : drill.rounds.full)
  const from = performance.now()
  const { figures, broken } = await drill.run({ rounds, from: wish.from, plant, say: (text) => console.error(`${drill.name}: ${text}`) }).catch(ended)
  const seconds = Math.round((performance.now() - from) / 1000)
  // A planted fault that goes unnoticed is the failure, and one that could not be planted shows nothing.
  const ok = plant === null ? broken.length === 0 : broken.length > 0 && !broken.some((what) => what.includes(NOT_PLANTED))
  console.log(JSON.stringify({ drill: drill.name, ok, ...(plant !== null && { plant }), seconds, ...figures, broken }))
  return { ok, lost: Number(figures['lost'] ?? 0), twice: Number(figures['twice'] ?? 0) }
}

/** In the words of `rewrite` and `plantedBuild`. */
const NOT_PLANTED = 'mend the planted fault'

const ended = (error: unknown): DrillResult => {
  const text = error instanceof Error ? error.message : String(error)
  return { figures: {}, broken: [`ended with: ${text.includes(NOT_PLANTED) ? `${NOT_PLANTED}: ` : ''}${bothEnds(text)}`] }
}

/** A hub that ended has its whole log in the message; the reason stands last. */
const bothEnds = (text: string): string => (text.length <= 700 ? text : `${text.slice(0, 100)} … ${text.slice(-600)}`)

const main = async (): Promise<number> => {
  const wish = readArguments()
  if (typeof wish === 'number') return wish
  const outcomes: Outcome[] = []
  for (const drill of wish.drills) for (const plant of wish.plants ? drill.plants : [wish.plant]) outcomes.push(await runOne(drill, wish, plant))
  const total = (count: (outcome: Outcome) => number): number => outcomes.reduce((sum, outcome) => sum + count(outcome), 0)
  const failed = total(({ ok }) => Number(!ok))
  console.log(JSON.stringify({ drills: outcomes.length, lost: total(({ lost }) => lost), duplicated: total(({ twice }) => twice), failed }))
  return failed === 0 ? 0 : 1
}

process.exitCode = await main()
process.exit()
