/** Offers of a feed: a few common kinds in plain columns, or an offer as the engine knows it. Each of them is computed exactly or told with the reason why not. */
import type { OfferId } from '#shared/kernel/ids.ts'
import { err, ok } from '#shared/kernel/result.ts'
import type { Condition, Effect, Filter, Offer } from '#shared/offers/offer.ts'
import { readOffer } from '#shared/offers/read-offers.ts'
import { allOf, amountField, countField, flagField, instantField, listField, needed, percentField, textField, unlessEmpty, type Fields, type Read } from './feed-fields.ts'

type Why = { readonly why: string }

/** `offer` is null where it is only told. */
export type FeedOffer = { readonly terms: Omit<Offer, 'effects' | 'when'>; readonly offer: Offer | Why }

/** Errors  why the row is damaged: nobody knows what it is or when it holds. */
export const offerOfRow = (fields: Fields): Read<FeedOffer> => {
  const read = allOf({
    id: needed(fields, 'id'),
    enabled: flagField(fields, 'enabled', true),
    from: unlessEmpty(fields, 'from', instantField),
    until: unlessEmpty(fields, 'until', instantField),
    minimum: unlessEmpty(fields, 'minimum', amountField),
    pieces: unlessEmpty(fields, 'pieces', (all, name) => countField(all, name, 1)),
    limit: unlessEmpty(fields, 'limit', (all, name) => countField(all, name, 1)),
  })
  if (!read.ok) return read
  const { id, enabled, from, until, minimum, pieces, limit } = read.value
  const codes = listField(fields, 'code')
  const terms = {
    id: id as OfferId,
    enabled,
    ...(from === null && until === null ? {} : { window: { ...(from === null ? {} : { from }), ...(until === null ? {} : { until }) } }),
    ...(codes.length > 0 ? { trigger: { type: 'code' as const, codes } } : {}),
    ...(limit === null ? {} : { limits: { total: limit } }),
  }
  const select = selectOf(fields)
  const conditions: readonly Condition[] = [
    ...(minimum === null ? [] : [{ type: 'subtotal' as const, op: 'gte' as const, amountMinor: minimum, basis: 'initial' as const }]),
    ...(pieces === null ? [] : [{ type: 'quantity' as const, op: 'gte' as const, value: pieces, ...(select && { select }) }]),
  ]
  const effect = effectOf(fields, select)
  if (!effect.ok) return effect
  if ('why' in effect.value) return ok({ terms, offer: effect.value })
  return ok({ terms, offer: { ...terms, ...(flagged(fields) && { exclusive: true }), ...(conditions.length > 0 ? { when: { type: 'all', of: conditions } } : {}), effects: [effect.value] } })
}

/** An offer in the words of the engine, as JSON: every field is checked, nothing is added. */
export const offerOfJson = (json: unknown): Read<FeedOffer> => {
  const read = readOffer(json)
  if (!read.ok) return err(`offer.${read.error.path}: ${read.error.reason}`)
  const { effects: _, when: __, ...terms } = read.value
  return ok({ terms, offer: read.value })
}

const flagged = (fields: Fields): boolean => {
  const alone = flagField(fields, 'alone', false)
  return alone.ok && alone.value
}

const selectOf = (fields: Fields): Filter | undefined => {
  const [skus, taxons, tags] = [listField(fields, 'articles'), listField(fields, 'categories'), listField(fields, 'tags')]
  const ways: readonly Filter[] = [...(skus.length > 0 ? [{ skus }] : []), ...(taxons.length > 0 ? [{ taxons: taxons.map(categoryKey), taxonMode: 'subtree' as const }] : []), ...(tags.length > 0 ? [{ taxons: tags.map(tagKey) }] : [])]
  return ways.length > 1 ? { any: ways } : ways[0]
}

/** Ids of groups may hold no blanks and slashes: everything else becomes a dash, so that equal names stay equal. */
const keyOf = (name: string): string =>
  name.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 60)
export const categoryKey = (path: string): string => `category:${path.split('>').map(keyOf).filter((one) => one !== '').join('.')}`.slice(0, 80)
export const tagKey = (tag: string): string => `tag:${keyOf(tag)}`

const effectOf = (fields: Fields, select: Filter | undefined): Read<Effect | Why> => {
  const kind = textField(fields, 'kind')
  const narrowed = select && { select }
  switch (kind) {
    case 'percent': {
      const percent = percentField(fields, 'value')
      return percent.ok ? ok(select ? { type: 'unitDiscount', value: { percent: percent.value }, select } : { type: 'orderDiscount', value: { percent: percent.value } }) : percent
    }
    case 'amount': {
      const minor = amountField(fields, 'value')
      return minor.ok ? ok(select ? { type: 'unitDiscount', value: { amountMinor: minor.value }, select } : { type: 'orderDiscount', value: { amountMinor: minor.value } }) : minor
    }
    case 'price': {
      const minor = amountField(fields, 'value')
      if (!select) return err('a price without articles, categories or tags')
      return minor.ok ? ok({ type: 'unitDiscount', value: { unitPriceMinor: minor.value }, select }) : minor
    }
    case 'buy_get': {
      const counts = allOf({ buy: countField(fields, 'buy', 1), get: countField(fields, 'get', 1) })
      return counts.ok ? ok({ type: 'buyGet', mode: 'apart', repeat: MOST, buy: { quantity: counts.value.buy, ...narrowed }, get: { quantity: counts.value.get, value: { percent: '100' }, ...narrowed } }) : counts
    }
    case 'delivery': {
      const percent = percentField(fields, 'value')
      return percent.ok ? ok({ type: 'shippingDiscount', value: { percent: percent.value } }) : percent
    }
    case 'checkout':
      return ok({ why: 'the feed says that the checkout works it out' })
    default:
      return ok({ why: `kind "${kind}" is not known here` })
  }
}

/** "For every two": as often as there are pieces. */
const MOST = 9999
