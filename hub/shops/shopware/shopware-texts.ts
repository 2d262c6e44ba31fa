/** Names of the shop by language. */
import type { ShopTexts } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { TranslationRecord } from './shopware-replies.ts'

type Named = { readonly name: string | null; readonly translated: { readonly name: string | null } | null; readonly translations?: readonly TranslationRecord[] }

/** In every language that came along, and the one in which the shop answered. `behind` is put after each. */
export const textsOf = ({ name, translated, translations = [] }: Named, behind = ''): ShopTexts => {
  const named: readonly (readonly [string, string | null])[] = [['und', translated?.name ?? name], ...translations.map((one) => [one.language?.locale?.code ?? 'und', one.name] as const)]
  return Object.fromEntries(named.flatMap(([language, text]) => (text === null || text.trim() === '' ? [] : [[language, `${text}${behind}`]])))
}
