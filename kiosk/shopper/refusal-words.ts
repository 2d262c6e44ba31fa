/** Why the basket refused, in the words of the screen. */
import { basketText } from '../lib/i18n/basket.ts'
import { shopperText } from '../lib/i18n/shopper.ts'
import { text } from '../lib/i18n/locale.svelte.ts'
import type { BasketRefusal } from '#shared/basket/commands.ts'

export const refusalWords = (refusal: BasketRefusal): string => {
  const t = text(basketText)
  switch (refusal.type) {
    case 'TooManyPieces':
      return t.tooMany(refusal.most)
    case 'TooManyLines':
      return t.tooManyLines(refusal.most)
    case 'UnknownCode':
      return t.codeUnknown(refusal.code)
    case 'CodeAlreadyEntered':
      return t.codeTwice
    case 'TooManyCodes':
      return t.codeTooMany
    case 'UnknownArticle':
    case 'NotInBasket':
    case 'NotWholePieces':
      return text(shopperText).notOnDevice
  }
}
