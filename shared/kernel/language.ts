/** The languages the screens speak, and texts written in each of them. */
export const LANGUAGES = ['de', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** A text in every language the product speaks; German first, English equal. */
export type Localised = { readonly [L in Language]: string }
