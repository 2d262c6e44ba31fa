/** Reads the database of a start that did not: in a thread, while the hub already answers. */
import type { Backups } from '#hub/ports/backups.ts'
import type { Log } from '#hub/ports/log.ts'

export type CheckParts = {
  readonly backups: Pick<Backups, 'check' | 'mend'>
  readonly log: Log
  /** Pages are damaged: only a new start, from a copy, helps. */
  readonly onBroken: (why: string) => void
  /** The hub has stopped meanwhile. */
  isOver(): boolean
}

/** True if everything was read and is whole, or was mended row by row. */
export const checkData = async ({ backups, log, onBroken, isOver }: CheckParts): Promise<boolean> => {
  const checked = await backups.check()
  if (isOver()) return false
  if (checked.ok) return true
  log.error('the database is not whole', { why: checked.error.why })
  if (checked.error.type !== 'CopyDamaged') return false
  if (checked.error.pages !== null) {
    onBroken(checked.error.pages)
    return false
  }
  const mended = backups.mend(checked.error)
  log.error('rows had changed on the disk', { ...mended })
  return mended.lost === 0
}
