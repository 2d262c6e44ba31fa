/** The few documents that every screen reads, each checked by its own schema: without the catalogue and all its rules, which a small app need not carry. */
import * as v from 'valibot'
import type { Brand, Store } from '../catalogue/store.ts'
import type { Survey, Touchpoint } from '../feedback/survey.ts'
import { surveySchema, touchpointSchema } from './feedback-document.ts'
import { brandSchema, storeSchema } from './store-document.ts'
import type { Documents } from '../sync/release.ts'

/** Null or left out: not there, or damaged. */
export type StoreDocuments = {
  readonly store: Store | null
  readonly brand: Brand | null
  readonly surveys: readonly Survey[]
  readonly touchpoints: readonly Touchpoint[]
}

/** Damaged documents are left out; the screen then names things by their ids. */
export const readStoreDocuments = (items: Documents): StoreDocuments => ({
  store: readOne(storeSchema, items['store/main']),
  brand: readOne(brandSchema, items['brand/main']),
  surveys: readAll(surveySchema, 'survey/', items),
  touchpoints: readAll(touchpointSchema, 'touchpoint/', items),
})

const readOne = <T>(schema: v.GenericSchema<unknown, T>, body: unknown): T | null => {
  const read = v.safeParse(schema, body)
  return read.success ? read.output : null
}

const readAll = <T>(schema: v.GenericSchema<unknown, T>, prefix: string, items: Documents): readonly T[] =>
  Object.keys(items)
    .filter((id) => id.startsWith(prefix))
    .sort()
    .flatMap((id) => readOne(schema, items[id]) ?? [])
