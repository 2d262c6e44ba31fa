/** How the shop names things, and how the house does: numbers that the shop keeps unique per kind. */

/** The number at the end of gid://shopify/ProductVariant/123?…; null where there is none. */
export const numberOf = (gid: string): string | null => /^gid:\/\/shopify\/[A-Za-z]+\/(\d{1,20})(?:\?.*)?$/.exec(gid)?.[1] ?? null

export const variantGid = (key: string): string => `gid://shopify/ProductVariant/${key}`

/** Automatic discounts and codes are counted apart, so each keeps a word before its number. */
export const promotionId = (gid: string): string => {
  const number = numberOf(gid)
  return number === null ? gid.slice(0, 80) : `${gid.includes('DiscountAutomaticNode') ? 'automatic' : gid.includes('DiscountCodeNode') ? 'code' : 'discount'}:${number}`
}

export const collectionTaxon = (gid: string): string => `collection:${numberOf(gid) ?? 'unknown'}`

/** The shop compares codes without regard to case; the engine compares exactly, so both sides are written alike. */
export const normalCode = (code: string): string => code.trim().toUpperCase()
