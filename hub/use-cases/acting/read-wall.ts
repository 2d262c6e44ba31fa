/** The improvements that are told everybody, newest first. */
import type { WallEntry } from '#shared/cx/wall.ts'
import { readDocument } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'

const WALL = 'wall/main'

export const wallEntries = (items: Documents): readonly WallEntry[] => {
  const body = items[WALL]
  if (body === undefined) return []
  const wall = readDocument('wall', WALL, body)
  return wall.ok ? wall.value.entries : []
}
