/** Verdicts and reductions as short sentences for people, in German and English. */
import type { Language } from '../kernel/language.ts'
import type { OfferId } from '../kernel/ids.ts'
import { explanationWords, type ExplanationWords } from './explanation-words.ts'
import { formatMoney } from './format-money.ts'
import type { Filter, Offer } from './offer.ts'
import type { Missing, PricedLine, PricedShipping, Reduction, Verdict } from './priced-basket.ts'

/** How things are called; the caller knows the documents. */
export type Names = {
  readonly offer: (id: OfferId) => string
  readonly product: (sku: string) => string
  readonly taxon: (id: string) => string
  readonly customerGroup?: (id: string) => string
  readonly country?: (code: string) => string
  readonly shippingMethod?: (id: string) => string
}

/** To whom and how a verdict is told. */
export type Telling = {
  readonly language: Language
  readonly names: Names
  /** `EUR` if absent. */
  readonly currency?: string
  /** For dates; UTC if absent. */
  readonly timeZone?: string
  /** `checkout`: only the web shop knows the facts, so it takes the money off. */
  readonly certainty?: 'exact' | 'checkout'
}

/** One sentence about what became of an offer. */
export const explainVerdict = (verdict: Verdict, telling: Telling): string => {
  const words = explanationWords[telling.language]
  switch (verdict.status) {
    case 'applied':
      return explainApplied(verdict, words, telling)
    case 'missed':
      return explainMissed(verdict.missing, telling.names.offer(verdict.offerId), words, telling)
    case 'displaced':
      return words.replacedBy(telling.names.offer(verdict.by))
    case 'without effect':
      return words.nothingLeft
    case 'inactive':
      return explainInactive(verdict, words, telling)
  }
}

/** What a next step would need, for example "Noch 1 Stück bis zum nächsten Vorteil"; null if there is none. */
export const explainNext = (verdict: Verdict, telling: Telling): string | null => {
  if (verdict.status !== 'applied' || !verdict.next) return null
  const words = explanationWords[telling.language]
  const more = verdict.next.flatMap((one) => moreOf(one, words, telling))
  return more.length === 0 ? null : words.untilNext(words.and(more))
}

/** One reduction: "20 % auf Saft −1,20 €". */
export const explainReduction = ({ offerId, amountMinor }: Reduction, { language, names, currency }: Telling): string =>
  `${names.offer(offerId)} ${formatMoney(-amountMinor, language, currency)}`

/** Why a line or a shipping charge costs what it costs: one sentence per reduction, in the order in which they came off. */
export const explainLine = (line: Pick<PricedLine | PricedShipping, 'reductions'>, telling: Telling): readonly string[] =>
  line.reductions.map((reduction) => explainReduction(reduction, telling))

/** When an offer holds, for staff and offer pages: "Ab 1. Dezember", "1. bis 24. Dezember"; null without a window. */
export const explainWindow = ({ window }: Pick<Offer, 'window'>, telling: Telling): string | null => {
  const words = explanationWords[telling.language]
  const from = window?.from === undefined ? null : dayOf(window.from, telling)
  const until = window?.until === undefined ? null : dayOf(window.until, telling)
  if (from && until) return words.fromUntil(from, until)
  return from ? words.from(from) : until ? words.until(until) : null
}

const explainApplied = (verdict: Extract<Verdict, { status: 'applied' }>, words: ExplanationWords, { language, names, currency }: Telling): string => {
  const gifts = (verdict.gifts ?? []).map(({ sku, quantity }) => words.gift(quantity, names.product(sku)))
  const saved = verdict.amountMinor === 0 ? [] : [words.saved(formatMoney(verdict.amountMinor, language, currency))]
  return [...saved, ...gifts].join(' · ')
}

/** What more shopping can reach comes in one sentence; everything else stands before it. */
const explainMissed = (missing: readonly Missing[], offer: string, words: ExplanationWords, telling: Telling): string => {
  const more = missing.flatMap((one) => moreOf(one, words, telling))
  const limits = [...new Set(missing.flatMap((one) => limitOf(one, words, telling)))].join(' · ')
  const told = telling.certainty === 'checkout' && missing.some(({ type }) => KNOWN_AT_CHECKOUT.has(type)) ? words.atCheckout(limits) : limits
  const reach = more.length > 0 ? words.reach(words.and(more), offer) : ''
  return [told, reach].filter((part) => part !== '').join(' · ')
}

/** Facts that only the web shop may have. */
const KNOWN_AT_CHECKOUT: ReadonlySet<Missing['type']> = new Set(['customerGroup', 'customerTag', 'birthday', 'nthOrder'])

const moreOf = (missing: Missing, words: ExplanationWords, telling: Telling): readonly string[] => {
  switch (missing.type) {
    case 'amount':
      return [words.amount(formatMoney(missing.minor, telling.language, telling.currency), nameOf(missing.select, words, telling))]
    case 'quantity':
      return [words.pieces(missing.pieces, nameOf(missing.select, words, telling))]
    case 'product':
      return [words.pieces(1, nameOf(missing.select, words, telling))]
    default:
      return []
  }
}

const limitOf = (missing: Missing, words: ExplanationWords, { names }: Telling): readonly string[] => {
  switch (missing.type) {
    case 'code':
      return [words.withCode]
    case 'customerGroup':
      return [words.withGroup(names.customerGroup ? missing.in.map(names.customerGroup) : [])]
    case 'customerTag':
      return [words.withGroup([])]
    case 'store':
      return [words.otherStore]
    case 'birthday':
      return [words.birthday]
    case 'nthOrder':
      return [words.nthOrder(missing.n)]
    case 'country':
      return [words.countries(missing.in.map((code) => names.country?.(code) ?? code))]
    case 'shippingMethod':
      return [words.shipping(missing.in.map((id) => names.shippingMethod?.(id) ?? id))]
    case 'weekday':
      return [words.weekdays(missing.days)]
    case 'timeOfDay':
      return [words.hours(clock(missing.fromMinute), clock(missing.untilMinute))]
    case 'unmeetable':
      return [words.notThisBasket]
    default:
      return []
  }
}

/** Names told in full; beyond that a sentence says "and others". */
const MAX_NAMES = 2

const nameOf = (filter: Filter | undefined, words: ExplanationWords, { names }: Telling): string | null => {
  const all = filter?.skus ? filter.skus.map(names.product) : (filter?.taxons ?? []).map(names.taxon)
  if (all.length === 0) return null
  return words.or(all.length > MAX_NAMES ? [...all.slice(0, MAX_NAMES - 1), words.others] : all)
}

const explainInactive = (verdict: Extract<Verdict, { status: 'inactive' }>, words: ExplanationWords, telling: Telling): string => {
  const day = verdict.at === undefined ? null : dayOf(verdict.at, telling)
  switch (verdict.why) {
    case 'not yet':
      return day ? words.from(day) : words.disabled
    case 'over':
      return day ? words.over(day) : words.disabled
    case 'disabled':
      return words.disabled
    case 'channel':
      return words.otherChannel
    case 'currency':
      return words.otherCurrency
    case 'exhausted':
      return words.exhausted
  }
}

const LOCALES: { readonly [language in Language]: string } = { de: 'de-DE', en: 'en-GB' }

const dayOf = (instant: string, { language, timeZone = 'UTC' }: Telling): string =>
  new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'long', timeZone }).format(Date.parse(instant))

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
