/** Documents `profile/<dev>`: what one device is for. */
import * as v from 'valibot'
import { MODULES, profileFaults, type DeviceProfile, type ProfileDraft } from '../devices/profile.ts'
import { LANGUAGES } from '../kernel/language.ts'
import type { Category } from '../catalogue/product.ts'
import type { Documents } from '../sync/release.ts'
import { key, whole } from './document-fields.ts'
import { categorySchema } from './product-document.ts'

/** Longest description of a place, in characters. */
export const MAX_PLACE = 120
/** From a phone to a video wall. */
const DIAGONAL_MM = { least: 80, most: 4_000 } as const
const EDGE_PX = { least: 240, most: 16_384 } as const
/** A panel hangs in a room. */
const MIDDLE_MM = { least: 200, most: 3_000 } as const
const TEXT_STEPS = 4

const isUnique = (all: readonly string[]): boolean => new Set(all).size === all.length
const edgePx = whole(EDGE_PX.least, EDGE_PX.most)
const draftFields = {
  place: v.pipe(v.string(), v.maxLength(MAX_PLACE)),
  touchpoint: v.nullable(key),
  department: v.nullable(key),
  languages: v.pipe(v.array(v.picklist(LANGUAGES)), v.minLength(1), v.check((all) => isUnique(all), 'twice')),
  modules: v.pipe(v.array(v.picklist(MODULES)), v.minLength(1), v.check((all) => isUnique(all), 'twice')),
  panel: v.nullable(v.strictObject({ diagonalMm: v.pipe(v.number(), v.minValue(DIAGONAL_MM.least), v.maxValue(DIAGONAL_MM.most)), widthPx: edgePx, heightPx: edgePx })),
  middleMm: v.nullable(whole(MIDDLE_MM.least, MIDDLE_MM.most)),
  textStep: whole(0, TEXT_STEPS - 1),
}
const isSound = (draft: ProfileDraft): boolean => profileFaults(draft).length === 0

/** Refused with every fault that the editor names, so a device never has to work with one. */
export const profileDraftSchema: v.GenericSchema<unknown, ProfileDraft> = v.pipe(v.strictObject(draftFields), v.check((draft) => isSound(draft), 'faulty'))
export const profileSchema: v.GenericSchema<unknown, DeviceProfile> = v.pipe(v.strictObject({ id: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)), ...draftFields }), v.check((draft) => isSound(draft), 'faulty'))

/** What a device is for, as a release says; null: it says nothing that can be read. */
export const readProfile = (items: Documents, dev: string): ProfileDraft | null => {
  const read = v.safeParse(profileSchema, items[profileId(dev)])
  if (!read.success) return null
  const { id: _id, ...profile } = read.output
  return profile
}

/** Categories that a device may stand in. Order  as on the shelf. */
export const readDepartments = (items: Documents): readonly Category[] =>
  Object.entries(items)
    .filter(([id]) => id.startsWith('category/'))
    .flatMap(([, body]) => {
      const read = v.safeParse(categorySchema, body)
      return read.success && read.output.parent === null ? [read.output] : []
    })
    .toSorted((a, b) => a.order - b.order)

export const profileId = (dev: string): string => `profile/${dev}`
