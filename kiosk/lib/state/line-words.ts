/** What one piece of a basket line is and costs, in a phrase. */
import { basketText } from '../i18n/basket.ts'
import { catalogueText } from '../i18n/catalogue.ts'
import { contents, price, text } from '../i18n/locale.svelte.ts'
import type { QuoteLine } from '#shared/basket/quote.ts'

/** `1,5 l, je 1,19 € zzgl. 0,25 € Pfand`: price and deposit both of a single piece, however many there are. */
export const pieceWords = ({ product, unitCents }: Pick<QuoteLine, 'product' | 'unitCents'>): string => {
  const deposit = product.depositCents > 0 ? ` ${text(catalogueText).deposit(price(product.depositCents))}` : ''
  return `${contents(product.contents)}, ${text(basketText).each(price(unitCents))}${deposit}`
}
