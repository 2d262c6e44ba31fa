/** A shop's texts as the screens need them: both languages, within their length. */
import type { ShopTexts } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { formatMoney } from '#shared/offers/format-money.ts'
import type { Effect, Value } from '#shared/offers/offer.ts'
import { MAX_BADGE, MAX_NAME } from '#shared/protocol/document-fields.ts'

/** In the language where the shop has it, else in the other, else in any; `otherwise` where it has none. */
export const inBoth = (texts: ShopTexts, otherwise: Localised, most = MAX_NAME): Localised => {
  const named = (language: 'de' | 'en'): string | undefined =>
    usable(texts[language]) ?? usable(Object.entries(texts).find(([key]) => key.toLowerCase().startsWith(`${language}_`) || key.toLowerCase().startsWith(`${language}-`))?.[1])
  const any = Object.values(texts).map(usable).find((text) => text !== undefined)
  const de = named('de') ?? named('en') ?? any ?? otherwise.de
  const en = named('en') ?? named('de') ?? any ?? otherwise.en
  return { de: cut(de, most), en: cut(en, most) }
}

const usable = (text: string | undefined): string | undefined => (text === undefined || text.trim() === '' ? undefined : text.trim())

/** Whole characters, with a sign that there was more. */
const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`)

const PLAIN: Localised = { de: 'Angebot', en: 'Offer' }

/** The promise in a few characters, where it is a plain reduction of one kind. */
export const badgeOf = (effects: readonly Effect[]): Localised => {
  const [first] = effects
  if (!first || effects.length > 1) return PLAIN
  if (first.type === 'shippingDiscount') return 'percent' in first.value && Number(first.value.percent) >= 100 ? { de: 'Versand frei', en: 'Free delivery' } : PLAIN
  if (first.type === 'buyGet') return { de: 'Gratis dazu', en: 'Free with it' }
  return ('value' in first && reductionBadge(first.value)) || PLAIN
}

const reductionBadge = (value: Value): Localised | null => {
  const badge = (de: string, en: string): Localised | null => (de.length > MAX_BADGE || en.length > MAX_BADGE ? null : { de, en })
  if ('percent' in value) return badge(`−${value.percent.replace('.', ',')} %`, `−${value.percent}%`)
  return 'amountMinor' in value ? badge(`−${formatMoney(value.amountMinor, 'de')}`, `−${formatMoney(value.amountMinor, 'en')}`) : null
}
