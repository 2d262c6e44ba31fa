/** Recorded offers in the one form that the engine knows: the case format leaves some of it open. */
import type { Condition, Effect, Offer } from '#shared/offers/offer.ts'

/** A condition as the format allows it: every key optional, `of` of any shape. */
type WrittenCondition = { readonly type: string; readonly of?: unknown; readonly [key: string]: unknown }

/** What a leaf means where the format lets its figure be left out. */
const DEFAULTS: { readonly [type: string]: object } = {
  subtotal: { amountMinor: 0 },
  grandTotal: { amountMinor: 0 },
  quantity: { value: 1 },
  lineQuantity: { value: 1 },
  contains: { select: {} },
  allLines: { select: {} },
  customerGroup: { in: [] },
  country: { in: [] },
  shippingMethod: { in: [] },
  nthOrder: { n: 1 },
}

export const readCaseOffer = (offer: Offer): Offer => ({
  ...offer,
  ...(offer.when ? { when: readCondition(offer.when as WrittenCondition) } : {}),
  effects: offer.effects.map(readEffect),
})

const readCondition = (written: WrittenCondition): Condition => {
  if (written.type === 'all' || written.type === 'any') return { type: written.type, of: listOf(written.of).map(readCondition) }
  if (written.type !== 'not') return { ...DEFAULTS[written.type], ...written } as unknown as Condition
  const inner = listOf(written.of).map(readCondition)
  return { type: 'not', of: inner.length === 1 ? inner[0]! : { type: 'any', of: inner } }
}

const listOf = (of: unknown): readonly WrittenCondition[] => (Array.isArray(of) ? of : of === undefined || of === null ? [] : [of]) as readonly WrittenCondition[]

/** Positions and uses of a set are numbers, texts of numbers, or all. */
const readEffect = (effect: Effect): Effect => {
  if (effect.type !== 'set' || !effect.pick) return effect
  const { nth, maxUses, ...pick } = effect.pick as { readonly nth?: unknown; readonly maxUses?: unknown }
  return { ...effect, pick: { ...pick, ...(nth === undefined ? {} : { nth: numbersOf(nth) }), ...(maxUses === undefined ? {} : { maxUses: numberOf(maxUses) }) } } as Effect
}

const numberOf = (written: unknown): number | 'all' => (/^\d+$/.test(String(written)) ? Number(written) : 'all')

const numbersOf = (written: unknown): number | readonly number[] | 'all' => {
  if (!Array.isArray(written)) return numberOf(written)
  const numbers = written.map(numberOf)
  return numbers.some((one) => one === 'all') ? 'all' : (numbers as readonly number[])
}
