/** Categories as a tree to walk: down to browse, up to say where one is. */
import type { Category } from './product.ts'

export type CategoryTree = {
  readonly byId: ReadonlyMap<string, Category>
  /** Children in their order; those of `null` are the top level. */
  readonly childrenOf: (id: string | null) => readonly Category[]
  /** From the top level down to the category itself. */
  readonly pathTo: (id: string) => readonly Category[]
}

/**
 * Order   siblings by position, then id.
 * Errors  a category whose parent is not there, or that is its own ancestor, stands at the top level: it stays reachable.
 */
export const categoryTree = (categories: readonly Category[]): CategoryTree => {
  const byId = new Map(categories.map((category) => [category.id, category]))
  const children = new Map<string | null, Category[]>([[null, []]])
  for (const category of [...categories].sort(byPlace)) {
    const parent = parentOf(category, byId)
    children.set(parent, [...(children.get(parent) ?? []), category])
  }
  return {
    byId,
    childrenOf: (id) => children.get(id) ?? [],
    pathTo: (id) => {
      const path: Category[] = []
      for (let at: string | null = id; at !== null; ) {
        const category = byId.get(at)
        if (!category) break
        path.unshift(category)
        at = parentOf(category, byId)
      }
      return path
    },
  }
}

const byPlace = (a: Category, b: Category): number => a.order - b.order || (a.id < b.id ? -1 : 1)

const parentOf = (category: Category, byId: ReadonlyMap<string, Category>): string | null => {
  const { parent } = category
  if (parent === null || !byId.has(parent)) return null
  const seen = new Set<string>()
  for (let at: string | null = parent; at !== null && !seen.has(at); at = byId.get(at)?.parent ?? null) {
    if (at === category.id) return null
    seen.add(at)
  }
  return parent
}
