/** A file or folder to its disk, not only to the system's memory. */
import { closeSync, fsyncSync, openSync } from 'node:fs'

export const flush = (path: string): void => {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
