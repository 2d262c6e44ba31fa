/** How late this process comes round, and how much room its disk has. */
import { statfs } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Load } from '#hub/ports/load.ts'
import type { Timer } from '#hub/ports/timer.ts'

const SAMPLE_MS = 20
/** Looked at so often, each time over what came since: one long pause is no load, many are. */
const LOOK_MS = 5000
const NS_PER_MS = 1e6

/** `folder`: where the database lies; `:memory:` has no disk. */
export const ownLoad = async (folder: string, timer: Timer): Promise<{ readonly load: Load; stop(): void }> => {
  const delays = monitorEventLoopDelay({ resolution: SAMPLE_MS })
  delays.enable()
  let loopDelayMs = 0
  let disk = await roomOn(folder)
  const end = timer.every(LOOK_MS, () => {
    // The histogram holds the whole time between two samples.
    loopDelayMs = Math.max(0, delays.percentile(99) / NS_PER_MS - SAMPLE_MS)
    delays.reset()
    void roomOn(folder).then((now) => (disk = now))
  })
  return {
    load: { loopDelayMs: () => loopDelayMs, disk: () => disk },
    stop: () => {
      end()
      delays.disable()
    },
  }
}

const roomOn = async (folder: string): Promise<ReturnType<Load['disk']>> => {
  try {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { freeBytes: bavail * bsize, wholeBytes: blocks * bsize }
  } catch {
    return null
  }
}
