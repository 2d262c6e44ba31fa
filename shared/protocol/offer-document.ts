/** Document `offer/<id>`: an offer, and how it is told to people. */
import * as v from 'valibot'
import type { OfferId } from '../kernel/ids.ts'
import type { Json } from '../kernel/json.ts'
import type { Localised } from '../kernel/language.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Offer, PublishedOffer } from '../offers/offer.ts'
import { offerSchema as anyOfferSchema } from '../offers/offer-schema.ts'
import type { Policies } from '../offers/policies.ts'
import { faultOf, readOffers, type OfferFault, type UnreadOffer } from '../offers/read-offers.ts'
import { whyUnsupported } from '../offers/unsupported.ts'
import { isKey, localised, localisedText, picture, shortLocalised, shortNumber } from './document-fields.ts'

export { MAX_CONDITIONS, MAX_EFFECTS, MAX_FILTER_IDS } from '../offers/offer-schema.ts'

/** The keys that lead to the first amount with a part of a minor unit. */
const fractionIn = (part: unknown): readonly string[] | null => {
  if (typeof part === 'number') return Number.isInteger(part) ? null : []
  if (typeof part !== 'object' || part === null) return null
  for (const [key, value] of Object.entries(part)) {
    const inner = fractionIn(value)
    if (inner) return [key, ...inner]
  }
  return null
}

/** The engine computes with parts of a cent, as some shops keep them; what a store promises to people is whole. */
const wholeAmounts = v.rawCheck<Offer>(({ dataset, addIssue }) => {
  const keys = dataset.typed ? fractionIn(dataset.value) : null
  const path = keys?.map((key): v.UnknownPathItem => ({ type: 'unknown', origin: 'value', input: null, key, value: null }))
  if (path) addIssue({ message: 'not whole minor units', path: path as [v.UnknownPathItem, ...v.UnknownPathItem[]] })
})

/** Ids that are part of document ids; amounts are whole. */
export const offerSchema: v.GenericSchema<unknown, Offer> = v.pipe(
  anyOfferSchema,
  v.forward(v.check(({ id }) => isKey(id), 'id with other characters than letters, digits and . _ : -'), ['id']),
  v.forward(v.check(({ effects }) => effects.length > 0, 'without an effect'), ['effects']),
  v.forward(v.check(({ effects }) => effects.every((effect) => effect.type !== 'gift' || isKey(effect.sku)), 'gift with an article number of other characters than letters, digits and . _ : -'), ['effects']),
  wholeAmounts,
)

const telling = {
  number: shortNumber,
  badge: shortLocalised,
  title: localised,
  summary: localisedText,
  picture,
  certainty: v.picklist(['exact', 'checkout']),
} as const

/** What keeps an offer that the engine computes from being published; null if nothing does. */
export const whyNotPublishable = (offer: Offer): OfferFault | null => {
  const read = v.safeParse(offerSchema, offer, { abortEarly: true })
  return read.success ? null : faultOf(read.issues)
}

export const publishedOfferSchema: v.GenericSchema<unknown, PublishedOffer> = v.strictObject({ offer: offerSchema, ...telling })

/**
 * Reads an offer as the store published it under `id`.
 * Errors  path inside the document and reason: malformed, of another id, or beyond what this engine computes under these policies.
 */
export const readPublishedOffer = (id: OfferId, body: Json, policies: Policies): Result<PublishedOffer, OfferFault> => {
  const [refused] = readOffers([fieldOf(body, 'offer')]).refused
  if (refused) return err({ path: `offer${refused.path.slice(1)}`, reason: refused.reason })
  const read = v.safeParse(publishedOfferSchema, body, { abortEarly: true })
  if (!read.success) return err(faultOf(read.issues))
  if (read.output.offer.id !== id) return err({ path: 'offer.id', reason: `holds ${read.output.offer.id}` })
  const unsupported = whyUnsupported([read.output.offer], policies, {})
  return unsupported.length > 0 ? err({ path: 'offer', reason: `cannot be computed: ${unsupported.join('; ')}` }) : ok(read.output)
}

/** What people are told of an offer whose own words cannot be read either. */
export const UNREAD_TELLING: Pick<PublishedOffer, 'title' | 'summary' | 'badge' | 'picture'> = {
  title: { de: 'Ein Angebot, das dieses Gerät nicht versteht', en: 'An offer that this device does not understand' },
  summary: { de: 'Was es ergibt, weiß unser Personal.', en: 'Our staff know what it gives.' },
  badge: { de: 'Angebot', en: 'Offer' },
  picture: '/icons/mark.svg',
}

/** Whatever can still be told of an offer that was refused: title, time and channels as far as they are readable by themselves. */
export const unreadOffer = (id: OfferId, body: Json, fault: OfferFault): UnreadOffer => {
  const words = <K extends 'title' | 'summary' | 'badge'>(field: K, schema: v.GenericSchema<unknown, Localised>): Localised => {
    const read = v.safeParse(schema, fieldOf(body, field))
    return read.success ? read.output : UNREAD_TELLING[field]
  }
  const pictured = v.safeParse(picture, fieldOf(body, 'picture'))
  const number = v.safeParse(shortNumber, fieldOf(body, 'number'))
  return {
    path: fault.path,
    reason: fault.reason,
    told: {
      offer: { id, ...readableLimits(fieldOf(body, 'offer')), when: { type: 'never' }, effects: [] },
      number: number.success && fault.path !== 'number' ? number.output : 0, // 0: the number is another offer's, or none
      badge: words('badge', shortLocalised),
      title: words('title', localised),
      summary: words('summary', localisedText),
      picture: pictured.success ? pictured.output : UNREAD_TELLING.picture,
      // Only the store can say that its checkout computes what nobody here does.
      certainty: fieldOf(body, 'certainty') === 'checkout' ? 'checkout' : 'exact',
    },
  }
}

const LIMITS = ['enabled', 'channels', 'window', 'trigger'] as const

/** Each limit that is sound by itself: an offer that is over needs no mention. */
const readableLimits = (offer: Json | undefined): Partial<Pick<Offer, (typeof LIMITS)[number]>> =>
  Object.assign({}, ...LIMITS.map((field) => {
    const limit = fieldOf(offer, field)
    return limit !== undefined && v.is(anyOfferSchema, { id: 'x', effects: [], [field]: limit }) ? { [field]: limit } : {}
  })) as Partial<Offer>

const fieldOf = (body: Json | undefined, field: string): Json | undefined =>
  typeof body === 'object' && body !== null && !Array.isArray(body) && Object.hasOwn(body, field) ? (body as { readonly [key: string]: Json })[field] : undefined
