/** Document `wall/main`: what customers have brought about. */
import * as v from 'valibot'
import { MAX_WALL, MAX_WALL_CHARS, type Wall, type WallEntry } from '../cx/wall.ts'
import { day, key, text, whole } from './document-fields.ts'
import type { Documents } from '../sync/release.ts'

const points = whole(-200, 200)
export const wallEntry: v.GenericSchema<unknown, WallEntry> = v.strictObject({
  id: key,
  text: v.strictObject({ de: text(MAX_WALL_CHARS), en: text(MAX_WALL_CHARS) }),
  place: key,
  metric: v.picklist(['nps', 'csat', 'ces', 'smiley']),
  before: points,
  after: points,
  low: points,
  high: points,
  n: whole(1, 100_000_000),
  day,
})

export const wallSchema: v.GenericSchema<unknown, Wall> = v.strictObject({ entries: v.pipe(v.array(wallEntry), v.maxLength(MAX_WALL)) })

export const WALL_ID = 'wall/main'

/** Nothing where there is none, or a damaged one. */
export const readWall = (items: Documents): Wall => {
  const read = v.safeParse(wallSchema, items[WALL_ID])
  return read.success ? read.output : { entries: [] }
}
