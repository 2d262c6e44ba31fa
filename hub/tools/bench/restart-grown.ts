/** How long a hub with a large database is away after a kill, beside one with nothing in it. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { HubProcess } from '../rig/hub-process.ts'
import { openIngest } from './ingest-events.ts'
import { grow } from './ingest-grown.ts'
import { compare, median, type Comparison, type Scale } from './measure.ts'

/** Every further start that nobody waits for is read to its end first. */
const STARTS = 3

export const restartGrown = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const size = quick ? 46_500 : 465_000
  const hubs = { grown: await HubProcess.start(), empty: await HubProcess.start() }
  try {
    for (const hub of Object.values(hubs)) await hub.kill()
    const { dataDir } = hubs.grown
    await grow(openIngest(dataDir), size)
    const times = { grown: [] as number[], empty: [] as number[] }
    for (let i = 0; i < STARTS; i++) {
      for (const name of ['empty', 'grown'] as const) {
        const from = performance.now()
        await hubs[name].startAgain()
        times[name].push(performance.now() - from)
        await hubs[name].kill()
      }
    }
    const row = compare('restart-grown', `ms from the start of the process until it listens, killed before, ${size.toLocaleString('en')} answers`, median(times.grown), median(times.empty), 'an empty hub, killed as well')
    return [Object.assign({}, row, { databaseMb: Math.round(statSync(join(dataDir, 'hub.sqlite')).size / 1e6), slowest: Math.round(Math.max(...times.grown)), slowestEmpty: Math.round(Math.max(...times.empty)) })]
  } finally {
    for (const hub of Object.values(hubs)) await hub.remove()
  }
}
