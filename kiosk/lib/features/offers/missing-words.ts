/** What is still missing for an offer, as far as a shopper can do something about it. */
import { formatPrice } from '../../i18n/format.ts'
import { offersText } from '../../i18n/offers.ts'
import type { Language } from '#shared/kernel/language.ts'
import type { Missing } from '#shared/offers/priced-basket.ts'

export const missingWords = (missing: readonly Missing[], language: Language): readonly string[] => {
  const t = offersText[language].usual
  return missing.flatMap((one) => {
    if (one.type === 'amount') return [t.moreMoney(formatPrice(one.minor, language))]
    if (one.type === 'quantity') return [t.morePieces(one.pieces)]
    if (one.type === 'product') return [t.anArticle]
    return one.type === 'code' ? [t.withCode] : []
  })
}
