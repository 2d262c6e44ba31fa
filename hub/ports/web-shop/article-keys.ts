/** The names of articles inside the house: what a shop calls its article numbers may hold blanks and slashes, be missing, or be there twice. */

const KEY = /^[A-Za-z0-9._:-]{1,80}$/

/**
 * One name per article, in the given order: the shop's own number where it can be used and is unique, else one made of `key`, which every shop keeps unique.
 * Shape  letters, digits and `. _ : -`, 80 at most; null where neither can be used.
 */
export const articleKeys = (articles: readonly { readonly sku: string; readonly key: string }[]): readonly (string | null)[] => {
  const spelled = new Map<string, number>()
  for (const { sku } of articles) spelled.set(sku, (spelled.get(sku) ?? 0) + 1)
  return articles.map(({ sku, key }) => {
    const made = `id:${key}`
    if (KEY.test(sku) && !sku.startsWith('id:') && spelled.get(sku) === 1) return sku
    return KEY.test(made) ? made : null
  })
}
