/** Verdicts and reductions as short sentences for people, in German and English. */
import type { Language } from '../kernel/language.ts'
import { localTime, millis } from '../kernel/time.ts'
import { explanationWords, type ExplanationWords } from './explanation-words.ts'
import { formatMoney } from './format-money.ts'
import type { Telling } from './telling.ts'
import { selectionName } from './selection-words.ts'
import type { Offer } from './offer.ts'
import type { Missing, PricedLine, PricedShipping, Reduction, Verdict } from './priced-basket.ts'

/** One sentence about what became of an offer. */
export const explainVerdict = (verdict: Verdict, telling: Telling): string => {
  const words = explanationWords[telling.language]
  switch (verdict.status) {
    case 'applied':
      return explainApplied(verdict, words, telling)
    case 'missed':
      return explainMissed(verdict.missing, telling.names.offer(verdict.offerId), words, telling)
    case 'displaced':
      return verdict.by === verdict.offerId ? words.alreadyReduced : words.replacedBy(telling.names.offer(verdict.by))
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
  const from = window?.from === undefined ? null : momentOf(window.from, false, telling)
  const until = window?.until === undefined ? null : momentOf(window.until, true, telling)
  if (from && until) return words.fromUntil(from, until)
  return from ? words.from(from) : until ? words.until(until) : null
}

const explainApplied = (verdict: Extract<Verdict, { status: 'applied' }>, words: ExplanationWords, { language, names, currency }: Telling): string => {
  const gifts = (verdict.gifts ?? []).map(({ sku, quantity, unitPriceMinor }) => words.gift(quantity, names.product(sku), unitPriceMinor ? formatMoney(unitPriceMinor * quantity, language, currency) : null))
  const saved = verdict.amountMinor === 0 ? [] : [words.saved(formatMoney(verdict.amountMinor, language, currency))]
  return [...saved, ...gifts].join(' · ')
}

/** What more shopping can reach comes in one sentence; everything else stands before it. */
const explainMissed = (missing: readonly Missing[], offer: string, words: ExplanationWords, telling: Telling): string => {
  const more = missing.flatMap((one) => moreOf(one, words, telling))
  const limits = limitsOf(missing, words, telling).join(' · ')
  const told = telling.certainty === 'checkout' && missing.some(isKnownAtCheckout) ? words.atCheckout(limits) : limits
  const reach = more.length > 0 ? words.reach(words.and(more), offer) : ''
  return [told, reach].filter((part) => part !== '').join(' · ')
}

/** Facts that only the web shop may have. */
const KNOWN_AT_CHECKOUT: ReadonlySet<Missing['type']> = new Set(['customerGroup', 'customerTag', 'birthday', 'nthOrder'])
const isKnownAtCheckout = (missing: Missing): boolean => KNOWN_AT_CHECKOUT.has(missing.type) || (missing.type === 'either' && missing.of.flat().some(isKnownAtCheckout))

const moreOf = (missing: Missing, words: ExplanationWords, telling: Telling): readonly string[] => {
  switch (missing.type) {
    case 'amount':
      return [words.amount(formatMoney(missing.minor, telling.language, telling.currency), selectionName(missing.select, words, telling))]
    case 'quantity':
      return [words.pieces(missing.pieces, selectionName(missing.select, words, telling), missing.perLine ?? false)]
    case 'product':
      return [words.pieces(1, selectionName(missing.select, words, telling), false)]
    default:
      return []
  }
}

/** All that is no matter of shopping, each said once; where and when in one sentence. */
const limitsOf = (missing: readonly Missing[], words: ExplanationWords, telling: Telling, where: readonly string[] = []): readonly string[] => {
  const when = [...where, ...phrasesOf(missing, 'weekday', words), ...phrasesOf(missing, 'timeOfDay', words)]
  return [...new Set([...(when.length > 0 ? [words.only(when)] : []), ...missing.flatMap((one) => limitOf(one, words, telling))])]
}

/** Two demands on the day, or on the hour, are both told. */
const phrasesOf = (missing: readonly Missing[], type: 'weekday' | 'timeOfDay', words: ExplanationWords): readonly string[] => {
  const phrases = missing.flatMap((one) => (one.type !== type ? [] : one.type === 'weekday' ? [words.days(one.days)] : one.type === 'timeOfDay' ? [words.hours(clock(one.fromMinute), clock(one.untilMinute))] : []))
  return phrases.length === 0 ? [] : [words.and([...new Set(phrases)])]
}

const limitOf = (missing: Missing, words: ExplanationWords, telling: Telling): readonly string[] => {
  const { names, language, currency } = telling
  const not = 'not' in missing
  switch (missing.type) {
    case 'code':
      return [words.withCode]
    case 'customerGroup':
      return [words.withGroup(names.customerGroup ? missing.in.map(names.customerGroup) : [], not)]
    case 'customerTag':
      return [words.withTag(names.customerTag ? missing.in.map(names.customerTag) : [], not)]
    case 'store':
      return [words.stores(names.store ? missing.in.map(names.store) : [], not)]
    case 'birthday':
      return [words.birthday(missing.daysBefore ?? 0, missing.daysAfter ?? 0, not)]
    case 'nthOrder':
      return [words.nthOrder(missing.n, not)]
    case 'country':
      return [words.countries(missing.in.map((code) => words.country(countryName(code, language), code)), not)]
    case 'shippingMethod':
      return [words.shipping(missing.in.map((id) => names.shippingMethod?.(id) ?? id), not)]
    case 'amountLimit':
      return [words.amountLimit(missing.op, formatMoney(missing.minor, language, currency), selectionName(missing.select, words, telling))]
    case 'quantityLimit':
      return [words.quantityLimit(missing.op, missing.pieces, selectionName(missing.select, words, telling), missing.perLine ?? false)]
    case 'only':
      return [words.nothingBut(selectionName(missing.select, words, telling) ?? words.someArticles)]
    case 'without':
      return [words.notWith(selectionName(missing.select, words, telling) ?? words.someArticles)]
    case 'other':
      return [words.onlyBeside(selectionName(missing.select, words, telling) ?? words.someArticles)]
    case 'either':
      return [explainEither(missing.of, words, telling)]
    case 'unmeetable':
      return [words.notThisBasket]
    default:
      return []
  }
}

/** "Gilt nur mit Kundenkarte oder am Wochenende". */
const explainEither = (ways: readonly (readonly Missing[])[], words: ExplanationWords, telling: Telling): string =>
  words.only([
    words.or(
      ways.map((way) => {
        const more = way.flatMap((one) => moreOf(one, words, telling))
        return words.and([...limitsOf(way, words, telling).map(words.asWay), ...(more.length > 0 ? [words.still(words.and(more))] : [])])
      }),
    ),
  ])

const explainInactive = (verdict: Extract<Verdict, { status: 'inactive' }>, words: ExplanationWords, telling: Telling): string => {
  const day = verdict.at === undefined ? null : momentOf(verdict.at, verdict.why === 'over', telling)
  switch (verdict.why) {
    case 'not yet':
      return day ? words.from(day) : words.disabled
    case 'over':
      return day ? words.over(day) : words.disabled
    case 'disabled':
      return words.disabled
    case 'channel': {
      const channels = (verdict.in ?? []).map((id) => words.channels[id] ?? words.viaChannel(id))
      return channels.length > 0 ? limitsOf(verdict.missing ?? [], words, telling, [words.or(channels)]).join(' · ') : words.otherChannel
    }
    case 'currency':
      return words.currencies(verdict.in ?? [])
    case 'exhausted':
      return verdict.byCustomer ? words.usedByYou : words.exhausted
  }
}

const LOCALES: { readonly [language in Language]: string } = { de: 'de-DE', en: 'en-GB' }

/** The day, with the hour where it is not the border of a day. What ends at midnight ends with the day before. */
const momentOf = (instant: string, isEnd: boolean, { language, timeZone = 'UTC' }: Telling): string => {
  const at = Date.parse(instant)
  const { hour, minute } = localTime(millis(at), timeZone)
  const border = 60 * hour + minute
  const shown = isEnd && border === 0 ? at - 1 : at
  const day = new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'long', timeZone }).format(shown)
  return border === 0 || (isEnd && border === DAY_MINUTES - 1) ? day : explanationWords[language].at(day, clock(border))
}
const DAY_MINUTES = 1440

/** The name in the language of the reader; the code itself where there is none. */
const countryName = (code: string, language: Language): string => (/^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames(LOCALES[language], { type: 'region' }).of(code) ?? code) : code)

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
