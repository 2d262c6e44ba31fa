/** How much room the disk of a folder has. */
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DiskRoom } from '#shared/protocol/hub-health.ts'

/** Of the folder, or of where it will be made; null where the system does not say. */
export const diskRoom = (folder: string): DiskRoom | null => {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder)
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  } catch {
    const above = dirname(folder)
    return above === folder || folder === ':memory:' ? null : diskRoom(above)
  }
}
