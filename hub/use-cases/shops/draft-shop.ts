/** A snapshot as it would be published, in every way in which the shop may calculate: what is probed before anybody sees it. */
import type { DialectCandidate, ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'
import type { Candidate } from '../parity/probe-shop.ts'
import { shopDocuments, type ImportTerms, type ShopImport, type ShopUnsuitable } from './shop-documents.ts'

export type Draft = { readonly imported: ShopImport; readonly candidate: Candidate }
export type DraftTerms = Omit<ImportTerms, 'policies'>

/** Damaged articles and categories are taken out and told, so that one of them never holds up a release. */
export const draftOf = (snapshot: ShopSnapshot, dialect: DialectCandidate, base: Documents, terms: DraftTerms): Result<Draft, ShopUnsuitable> => {
  const made = shopDocuments(snapshot, base, { ...terms, policies: dialect.policies })
  if (!made.ok) return made
  const read = documentsToAssortment({ hash: '', items: made.value.items })
  if (!read.ok) return err({ type: 'ShopUnsuitable', why: `${read.error.id} cannot be read` })
  const bad = new Map(read.value.damaged.filter(({ id }) => /^(product|category)\//.test(id)).map(({ id, reason }) => [id, reason]))
  const imported: ShopImport = {
    ...made.value,
    items: Object.fromEntries(Object.entries(made.value.items).filter(([id]) => !bad.has(id))),
    leftOut: [...made.value.leftOut, ...[...bad].map(([what, why]) => ({ what, why }))],
  }
  return ok({ imported, candidate: { name: dialect.name, assortment: read.value, keys: made.value.keys } })
}

/** One candidate per dialect, likeliest first; nothing is distrusted in them. */
export const candidatesOf = (snapshot: ShopSnapshot, base: Documents, terms: Omit<DraftTerms, 'distrusted'>): Result<readonly [Candidate, ...Candidate[]], ShopUnsuitable> => {
  const candidates: Candidate[] = []
  for (const dialect of snapshot.dialects) {
    const draft = draftOf(snapshot, dialect, base, { ...terms, distrusted: new Map() })
    if (!draft.ok) return draft
    candidates.push(draft.value.candidate)
  }
  const [first, ...others] = candidates
  return ok([first!, ...others])
}

/** Numbers in the order of asking, for who looks at a shop without a store of its own. */
export const freshNumbers = (): DraftTerms['numberOf'] => {
  const given = { article: new Map<string, number>(), offer: new Map<string, number>() }
  return (kind, key) => {
    const book = given[kind]
    if (!book.has(key)) book.set(key, book.size + 1)
    return book.get(key)!
  }
}
