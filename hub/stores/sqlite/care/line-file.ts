/** Short texts in a file that only grows, one a line, durable when the call returns. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export const appendLines = (folder: string, name: string, lines: readonly string[]): void => {
  if (lines.length === 0) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const handle = openSync(join(folder, name), 'a', 0o600)
  try {
    writeSync(handle, `${lines.join('\n')}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** None, if there is no such file yet. A line that a power cut ended in its middle is one that nobody has. */
export const readLines = (folder: string, name: string): readonly string[] => {
  const file = join(folder, name)
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : []
}
