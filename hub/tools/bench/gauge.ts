/** Loaded into a server that is measured (`node --import`, with the place of its socket in GAUGE): tells what the process takes. */
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

/** Since the process began, but for the delays, which are those since the reading before. */
export type Reading = { readonly cpuMs: number; readonly rssBytes: number; readonly delayP99Ms: number; readonly delayMaxMs: number }

const STEP_MS = 5
const NANOS_PER_MS = 1e6

const open = (place: string): void => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const delay = monitorEventLoopDelay({ resolution: STEP_MS })
  delay.enable()
  // Whoever connects gets one reading; "gc" before it clears away what nobody holds, so that memory can be compared.
  const server = createServer((caller) => {
    caller.on('error', () => undefined)
    caller.once('data', (word) => {
      if (String(word) === 'gc') collect()
      caller.end(JSON.stringify(read(delay)))
      delay.reset()
    })
  })
  server.on('error', (error) => process.stderr.write(`gauge: ${error.message}\n`))
  rmSync(place, { force: true })
  server.listen(place).unref()
}

const read = (delay: ReturnType<typeof monitorEventLoopDelay>): Reading => {
  const { user, system } = process.cpuUsage()
  const late = (nanos: number): number => Math.max(0, (Number.isFinite(nanos) ? nanos : 0) / NANOS_PER_MS - STEP_MS)
  return { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss(), delayP99Ms: late(delay.percentile(99)), delayMaxMs: late(delay.max) }
}

const place = process.env['GAUGE']
if (place !== undefined && isMainThread) open(place)
