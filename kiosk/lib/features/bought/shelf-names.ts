/** Names of articles and departments as the release on this device has them, for finding one among thousands. */
import type { Localised } from '#shared/kernel/language.ts'
import type { BoughtTarget } from '#shared/protocol/bought.ts'
import type { Documents } from '#shared/sync/release.ts'

export type ShelfName = { readonly target: BoughtTarget; readonly name: Localised }

/** Order  departments first, then articles, as the release lists them. Shape  what has no readable name is left out. */
export const shelfNames = (items: Documents): readonly ShelfName[] => {
  const all = Object.entries(items)
  return [...all.flatMap(([id, body]) => named('category', id, body)), ...all.flatMap(([id, body]) => named('article', id, body))]
}

const PREFIX = { category: 'category/', article: 'product/' } as const

const named = (type: 'category' | 'article', id: string, body: unknown): readonly ShelfName[] => {
  if (!id.startsWith(PREFIX[type]) || typeof body !== 'object' || body === null || !('name' in body)) return []
  const { name } = body
  if (typeof name !== 'object' || name === null || !('de' in name) || !('en' in name) || typeof name.de !== 'string' || typeof name.en !== 'string') return []
  return [{ target: { type, id: id.slice(PREFIX[type].length) }, name: { de: name.de, en: name.en } }]
}

/** Those whose name has every word of it, or whose number begins with it. */
export const findNames = (names: readonly ShelfName[], query: string, most: number): readonly ShelfName[] => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const fits = ({ target, name }: ShelfName): boolean => (target.type !== 'store' && target.id.toLowerCase().startsWith(query.trim().toLowerCase())) || words.every((word) => `${name.de} ${name.en}`.toLowerCase().includes(word))
  const found: ShelfName[] = []
  for (const one of names) if (found.length < most && fits(one)) found.push(one)
  return found
}
