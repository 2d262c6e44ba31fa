/** What a member of staff means by what was typed or scanned. */
import type { Assortment } from '#shared/basket/assortment.ts'
import { readEan } from '#shared/catalogue/ean.ts'
import { foldedWords, foldText } from '#shared/catalogue/fold-text.ts'
import type { Product } from '#shared/catalogue/product.ts'
import { digitsIn } from '#shared/handoff/decode-handoff.ts'
import { spelledShortCode } from '#shared/handoff/short-code.ts'
import type { PublishedOffer } from '#shared/offers/offer.ts'

/** The shortest basket from a phone, one line, has more digits than this; the longest goods code has 14. */
const MIN_HANDOFF_DIGITS = 40

export type Found = {
  /** Digits of a shopper's code; with them nothing else is meant. */
  readonly handoff: string | null
  /** The article of a goods code. */
  readonly scanned: Product | null
  /** Could be the six characters under a QR code. */
  readonly code: string | null
  /** Contains a digit, as most codes do and no everyday word does. */
  readonly codeLikely: boolean
  readonly offers: readonly PublishedOffer[]
}

const NOTHING: Found = { handoff: null, scanned: null, code: null, codeLikely: false, offers: [] }

/** Articles by name are found by the store's own search; this finds everything else. */
export const find = (typed: string, assortment: Assortment): Found => {
  const query = typed.trim()
  if (query === '') return NOTHING
  const digits = digitsIn(query)
  if (digits !== null && digits.length >= MIN_HANDOFF_DIGITS) return { ...NOTHING, handoff: digits }
  const ean = readEan(query)
  const scanned = (ean && assortment.products.find((product) => product.ean === ean)) || null
  const code = scanned ? null : spelledShortCode(query)
  return { handoff: null, scanned, code, codeLikely: code !== null && /[0-9]/.test(query), offers: scanned ? [] : offersNamed(query, [...assortment.offers, ...(assortment.unread ?? []).map(({ told }) => told)]) }
}

const offersNamed = (query: string, offers: readonly PublishedOffer[]): readonly PublishedOffer[] => {
  const words = foldedWords(query)
  return offers.filter(({ title, summary, offer }) => {
    const codes = offer.trigger?.type === 'code' ? offer.trigger.codes : []
    const all = foldText([title.de, title.en, summary.de, summary.en, ...codes].join(' '))
    return words.length > 0 && words.every((word) => all.includes(word))
  })
}
