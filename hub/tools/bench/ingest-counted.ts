/** What it costs to keep the cells of figures up with the answers: the same events stored with and without them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openIngest, refuseErrors, tapsOf, timeOf } from './ingest-events.ts'
import { compare, type Comparison, type Scale } from './measure.ts'

const DEVICES = 50

/** Sums of times, not medians: cells are counted for hundreds of answers at once, and those rounds belong to it. */
export const ingestCounted = async ({ quick }: Scale): Promise<readonly Comparison[]> => [await cost(20, quick ? 20 : 150), await cost(1, quick ? 60 : 600)]

const cost = async (batch: number, rounds: number): Promise<Comparison> => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-bench-'))
  try {
    const ingest = { counted: openIngest(join(folder, 'counted')), plain: openIngest(join(folder, 'plain'), false) }
    const devices = Array.from({ length: DEVICES }, (_, i) => tapsOf(i, batch))
    const sums = { counted: 0, plain: 0 }
    for (let round = -10; round < rounds; round++) {
      const pushes = devices.map(({ dev, next }) => ({ dev, push: next() }))
      for (const name of round % 2 === 0 ? (['counted', 'plain'] as const) : (['plain', 'counted'] as const)) {
        const ms = await timeOf(() => Promise.all(pushes.map(({ dev, push }) => ingest[name](dev, push))).then(refuseErrors))
        if (round >= 0) sums[name] += ms
      }
    }
    const perEvent = (ms: number): number => (ms * 1000) / (rounds * DEVICES * batch)
    return compare(`ingest-counted, ${DEVICES} devices × ${batch}`, 'µs an event, durable, without sockets', perEvent(sums.counted), perEvent(sums.plain), 'the same events without cells')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
