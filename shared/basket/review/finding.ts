/** What the review of a set of offers has to say: one sentence per trouble, with the place and the proof. */
import type { Cents } from '../../kernel/money.ts'
import type { Localised } from '../../kernel/language.ts'
import type { Day, Millis } from '../../kernel/time.ts'
import type { Offer, PublishedOffer } from '../../offers/offer.ts'
import type { BasketLine } from '../basket.ts'
import type { Channel } from '../quote.ts'

/** error: must not go live · warning: the merchant should know · note: good to know. */
export type Severity = 'error' | 'warning' | 'note'

/** Every rule of the review and how grave it is. */
export const RULES = {
  /** It has a shape that the engine does not let in. */
  malformed: 'error',
  'id-twice': 'error',
  'window-empty': 'error',
  'window-over': 'note',
  'channel-none': 'error',
  'channel-unknown': 'warning',
  'currency-none': 'error',
  /** A condition that no basket can meet. */
  never: 'error',
  contradiction: 'error',
  /** A threshold above any basket that can be filled. */
  'out-of-reach': 'error',
  /** No weekday or time of day is left, also inside the window. */
  'time-never': 'error',
  /** Bound to another country, store or delivery than this store has. */
  'place-never': 'error',
  'select-empty': 'error',
  'article-unknown': 'warning',
  'gift-unknown': 'error',
  /** Nobody can type it, or the field does not take it. */
  'code-unusable': 'error',
  /** Another offer spells the same code otherwise and wins. */
  'code-hidden': 'error',
  'code-shared': 'warning',
  'no-effect': 'error',
  'excludes-unknown': 'warning',
  exhausted: 'warning',
  unsupported: 'error',
  'policy-ignored': 'warning',
  /** Published as computable everywhere, although only the web shop knows the customer. */
  certainty: 'error',
  /** No basket that was built for it made it give anything. */
  'gives-nothing': 'warning',
  displaced: 'error',
  'displaced-in-trials': 'warning',
  free: 'warning',
  'below-cost': 'warning',
  'stacks-to-zero': 'error',
  'stacks-below-cost': 'error',
  'stacks-deep': 'warning',
  'reference-missing': 'error',
  'reference-lower': 'error',
  'percent-overstated': 'error',
  'sale-endless': 'warning',
  'sale-long': 'warning',
  /** The work was bounded; says what was left out. */
  'limit-reached': 'note',
} as const satisfies { readonly [rule: string]: Severity }
/** The name of a rule, as findings and their tests call it. */
export type Rule = keyof typeof RULES

/** A basket that shows it, as the engine priced it. */
export type BasketEvidence = {
  readonly type: 'basket'
  readonly lines: readonly BasketLine[]
  readonly codes: readonly string[]
  readonly delivery: 'pickup' | 'home'
  readonly channel: Channel
  readonly at: Millis
  /** Articles before and after all offers. */
  readonly baseCents: Cents
  readonly paidCents: Cents
  /** What the articles cost the merchant, where all of it is known. */
  readonly costCents?: Cents
  readonly shares: readonly { readonly offer: string; readonly cents: Cents }[]
}
/** An article whose reduction may not be announced as it is. */
export type PriceEvidence = {
  readonly type: 'price'
  readonly sku: string
  readonly since: Day
  readonly priceCents: Cents
  readonly previousCents: Cents
  /** Lowest of the 30 days before; null where the article was not sold. */
  readonly lowestCents: Cents | null
  /** How many articles of the offer are in the same position. */
  readonly articles: number
}
/** The proof of a finding. */
export type Evidence = BasketEvidence | PriceEvidence

/** One thing that the review found. */
export type Finding = {
  readonly rule: Rule
  readonly severity: Severity
  /** Offers it is about, in the order of the set; empty if it is about the set. */
  readonly offers: readonly string[]
  /** Where in the first of them, e.g. `when.of.0`; empty if it is about the whole offer. */
  readonly path: string
  readonly sentence: Localised
  readonly evidence?: Evidence
}

/** An offer under review; how it is told to people is optional, a bare offer of the engine will do. */
export type ReviewedOffer = { readonly offer: Offer } & Partial<Pick<PublishedOffer, 'title' | 'certainty' | 'number'>>

/** A finding with the gravity of its rule. */
export const found = (rule: Rule, offers: readonly string[], path: string, sentence: Localised, evidence?: Evidence): Finding => ({
  rule,
  severity: RULES[rule],
  offers,
  path,
  sentence,
  ...(evidence && { evidence }),
})

/** The same trouble at the same place, whatever the figures: what tells a new finding from a known one. */
export const findingKey = ({ rule, offers, path }: Finding): string => [rule, ...offers, path].join(' ')

/** Whether any finding must hold the set back. */
export const hasErrors = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === 'error')
