/** Finds by the lines of a basket what may concern it, without looking at the rest. */
import type { OfferKey, OfferKeys } from './offer-keys.ts'
import type { PricingContext } from './pricing-context.ts'

type Places = Map<string, number[]>

/** Places in a list, by what a basket must hold; `anywhere`: those that concern any basket. */
export type KeyIndex = { readonly anywhere: readonly number[]; readonly spaces: { readonly [space in OfferKey['space']]: Places } }

/** Shape  the place of an entry is its place in `all`. */
export const indexByKeys = (all: readonly OfferKeys[]): KeyIndex => {
  const spaces: KeyIndex['spaces'] = { line: new Map(), sku: new Map(), product: new Map(), taxon: new Map(), tree: new Map() }
  const anywhere: number[] = []
  all.forEach((keys, place) => {
    if (keys === null) anywhere.push(place)
    else for (const { space, key } of keys) enter(spaces[space], key, place)
  })
  return { anywhere, spaces }
}

const enter = (places: Places, key: string, place: number): void => {
  const known = places.get(key)
  if (known) known.push(place)
  else places.set(key, [place])
}

/** Order  none; a place comes once per key that finds it. */
export const findByKeys = ({ anywhere, spaces }: KeyIndex, { lines, taxonParents }: Pick<PricingContext, 'lines' | 'taxonParents'>): number[] => {
  const found = [...anywhere]
  const look = (places: Places, key: string): void => {
    const some = places.size === 0 ? undefined : places.get(key)
    if (some) for (const place of some) found.push(place)
  }
  for (const { id, sku, product, taxons } of lines) {
    look(spaces.sku, sku)
    look(spaces.line, id)
    if (product !== undefined) look(spaces.product, product)
    if (!taxons) continue
    for (const taxon of taxons) {
      look(spaces.taxon, taxon)
      look(spaces.tree, taxon)
      if (spaces.tree.size > 0) for (const parent of taxonParents?.[taxon] ?? []) look(spaces.tree, parent)
    }
  }
  return found
}
