/** Whether a hub that has run for years still takes events as quickly as on its first day. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openIngest, refuseErrors, tapsOf, timeOf, type Tapping } from './ingest-events.ts'
import { compare, median, type Comparison, type Scale } from './measure.ts'

const DEVICES = 50
const BATCH = 20
const ROUNDS = 60
/** Batches at a time while it grows. */
const FILL_BATCH = 100
const YEARS_MS = 3 * 365 * 86_400_000

/** Both are asked in turns, so a busy machine slows both. */
export const ingestGrown = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const size = quick ? 300_000 : 3_000_000
  const folder = mkdtempSync(join(tmpdir(), 'einklang-bench-'))
  try {
    const ingest = { grown: openIngest(join(folder, 'grown')), fresh: openIngest(join(folder, 'fresh')) }
    await grow(ingest.grown, size)
    const devices = Array.from({ length: DEVICES }, (_, i) => tapsOf(i, BATCH))
    const times = { grown: [] as number[], fresh: [] as number[] }
    for (let round = -3; round < ROUNDS; round++) {
      const pushes = devices.map(({ dev, next }) => ({ dev, push: next() }))
      for (const name of ['fresh', 'grown'] as const) {
        const ms = await timeOf(() => Promise.all(pushes.map(({ dev, push }) => ingest[name](dev, push))).then(refuseErrors))
        if (round >= 0) times[name].push(ms)
      }
    }
    const perSecond = (values: readonly number[]): number => (DEVICES * BATCH * 1000) / median(values)
    return [compare('ingest-grown', `events/s into a database of ${size.toLocaleString('en')} answers, durable, without sockets`, perSecond(times.grown), perSecond(times.fresh), 'the same events into an empty database')]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Answers of three years, as many kiosks gave them. */
export const grow = async (ingest: ReturnType<typeof openIngest>, size: number): Promise<void> => {
  let at = Date.now() - YEARS_MS
  const wall = (): number => (at += YEARS_MS / size)
  const devices: readonly Tapping[] = Array.from({ length: DEVICES }, (_, i) => tapsOf(i, FILL_BATCH, () => Math.floor(wall())))
  for (let done = 0; done < size; done += DEVICES * FILL_BATCH) refuseErrors(await Promise.all(devices.map(({ dev, next }) => ingest(dev, next()))))
}
