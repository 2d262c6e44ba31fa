/** What this process uses, and how late it comes round. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { ProcessFacts } from '#hub/use-cases/care/tell-metrics.ts'

const RESOLUTION_MS = 20

/** Order  the delay is that since the last call. */
export const ownProcess = (): { readonly facts: () => ProcessFacts; stop(): void } => {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  const facts = (): ProcessFacts => {
    const { user, system } = process.cpuUsage()
    const loopDelayP99Seconds = Math.max(0, delay.percentile(99) / 1e9 - RESOLUTION_MS / 1000)
    delay.reset()
    return { processorSeconds: (user + system) / 1e6, residentBytes: process.memoryUsage.rss(), loopDelayP99Seconds }
  }
  return { facts, stop: () => void delay.disable() }
}
