/** How much room the disk of this process has. */
import { statfs } from 'node:fs/promises'
import type { Load } from '#hub/ports/load.ts'
import type { Timer } from '#hub/ports/timer.ts'

const LOOK_MS = 5000

/** `folder`: where the database lies; `:memory:` has no disk. */
export const ownLoad = async (folder: string, timer: Timer): Promise<{ readonly load: Load; stop(): void }> => {
  let disk = await roomOn(folder)
  const stop = timer.every(LOOK_MS, () => {
    void roomOn(folder).then((now) => (disk = now))
  })
  return { load: { disk: () => disk }, stop }
}

const roomOn = async (folder: string): Promise<ReturnType<Load['disk']>> => {
  try {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { freeBytes: bavail * bsize, wholeBytes: blocks * bsize }
  } catch {
    return null
  }
}
