/** Bytes of the hub's database change while it is off, as on a tired disk, and it is started again. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { unless, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, Fleet, idsAtHub, pause } from '../fleet.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'

const DEVICES = 3
const PAGE = 4096
const WAIT_MS = 10_000

const KINDS = ['bit flip', 'zero page', 'random page'] as const

/** Order  every round starts from the same folder: taps in two copies, taps in one, taps in none; then the database file changes and the hub starts. */
export const hubDamaged: Drill = {
  name: 'hub-damaged',
  about: 'a bit flips, a page is zeroed or overwritten in the database: it is noticed or harmless, and all taps are there again',
  needs: [],
  rounds: { light: 6, full: 200 },
  plants: ['no-digests'],
  run: async ({ rounds, from, plant, say }) => {
    const home = mkdtempSync(join(tmpdir(), 'einklang-damaged-'))
    const [data, good] = [join(home, 'data'), join(home, 'good')]
    const tally = { restored: 0, mended: 0, harmless: 0 }
    const broken: string[] = []
    const hub = await startDrilledHub(plant, { dataDir: data })
    const fleet = await Fleet.pair(hub, DEVICES)
    try {
      for (let part = 0; part < 3; part++) {
        for (let i = 0; i < 10; i++) await fleet.tapAll()
        await fleet.drained(WAIT_MS)
        if (part < 2) await hub.backUp()
      }
      await hub.stop()
      cpSync(data, good, { recursive: true })
      const truth = contentOf(good)
      const first = new Set(fleet.saved)
      for (let round = from; round < from + rounds; round++) {
        rmSync(data, { recursive: true, force: true })
        cpSync(good, data, { recursive: true })
        const kind = KINDS[round % KINDS.length]!
        damage(join(data, 'hub.sqlite'), kind, new SeededRandom(4711 + round))
        const became = await recover(hub, fleet).catch(reasonOf)
        await hub.stop()
        if (typeof became === 'object') {
          broken.push(`round ${round} (${kind}): the hub would not go on: ${became.reason}`)
          continue
        }
        tally[became] += 1
        const { lost, twice } = compareLedgers(first, idsAtHub(data))
        broken.push(...unless(lost === 0, `round ${round} (${kind}): ${lost} taps were lost`), ...unless(twice === 0, `round ${round} (${kind}): ${twice} taps are there twice`))
        const changed = contentOf(data).filter((row) => !truth.includes(row))
        broken.push(...unless(changed.length === 0, `round ${round} (${kind}): nobody noticed that this changed: ${changed[0]?.slice(0, 200)}`))
        if (round % 20 === 0) say(`${round} changes: ${JSON.stringify(tally)}`)
      }
      const hits = tally.restored + tally.mended
      return { figures: { from, changes: rounds, taps: first.size, ...tally }, broken: [...broken, ...unless(hits > rounds / 4, `only ${hits} changes hit anything`)] }
    } finally {
      await fleet.close()
      await hub.remove()
      rmSync(home, { recursive: true, force: true })
    }
  },
}

/** Starts, lets the hub look at all its rows, and gives the devices time to send what it lacks. */
const recover = async (hub: HubProcess, fleet: Fleet): Promise<'restored' | 'mended' | 'harmless'> => {
  const logged = hub.log.length
  await hub.startAgain()
  if (!(await hub.backUp())) {
    // Pages that only the copy's reader met: the run has ended itself, and the next begins from a copy.
    await hub.stop()
    await hub.startAgain()
  }
  await fleet.tapAll()
  const from = performance.now()
  while (performance.now() - from < WAIT_MS && (fleet.waiting > 0 || compareLedgers(fleet.saved, idsAtHub(hub.dataDir)).lost > 0)) await pause(50)
  const said = hub.log.slice(logged).join('\n')
  if (said.includes('was put back from a copy')) return 'restored'
  return said.includes('rows had changed on the disk') ? 'mended' : 'harmless'
}

/** A hub that ended has its whole log in the message. */
const reasonOf = (error: unknown): { readonly reason: string } => ({ reason: (/^\w*Error: .*$/m.exec(String(error).split('\n').slice(1).join('\n'))?.[0] ?? String(error)).slice(0, 200) })

const damage = (file: string, kind: (typeof KINDS)[number], random: SeededRandom): void => {
  const bytes = readFileSync(file)
  let at = random.below(bytes.length)
  while (bytes[at] === 0) at = (at + 1) % bytes.length // most of a small file is empty
  const page = at - (at % PAGE)
  if (kind === 'bit flip') bytes[at] = bytes[at]! ^ (1 << random.below(8))
  else if (kind === 'zero page') bytes.fill(0, page, page + PAGE)
  else bytes.set(random.bytes(PAGE), page)
  writeFileSync(file, bytes)
}

/** Rows that do not change by themselves, each as text. */
const contentOf = (folder: string): readonly string[] => {
  const sql = new DatabaseSync(join(folder, 'hub.sqlite'), { readOnly: true })
  try {
    return ['event', 'document_op', 'release', 'device'].flatMap((table) => {
      const columns = sql.prepare(`SELECT name FROM pragma_table_xinfo('${table}') WHERE hidden = 0 AND name <> 'n'`).all().map((row) => String(row['name']))
      const known = table === 'event' ? `WHERE t.type = 'visit.started' AND t.seq <= 30` : ''
      const wanted = columns.filter((column) => column !== 'received_at' && column !== 'at_hub')
      return sql.prepare(`SELECT ${wanted.map((column) => `t.${column}`).join(', ')} FROM ${table} t ${known}`).all().map((row) => `${table} ${JSON.stringify(row)}`)
    })
  } finally {
    sql.close()
  }
}
