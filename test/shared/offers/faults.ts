/** Faults that a price engine could have: each is made once, and the recorded baskets or the properties must notice it. */
import type { Fault } from './broken-engine.ts'

export const FAULTS: readonly Fault[] = [
  // rounding and exact numbers
  { what: 'half up goes down', file: 'kernel/rational.ts', from: "(mode === 'halfUp') === isPositiveSide", to: "(mode !== 'halfUp') === isPositiveSide" },
  { what: 'half even goes to the odd side', file: 'kernel/rational.ts', from: "mode === 'halfEven' ? isOdd :", to: "mode === 'halfEven' ? !isOdd :" },
  { what: 'ties of small fractions go down', file: 'kernel/rational.ts', from: '(above === 0 && tieGoesUp(', to: '(above < 0 && tieGoesUp(' },
  { what: 'a percentage is of its complement', file: 'offers/value.ts', from: 'round(percentOf(base, rational(value.percent)), mode), base)', to: 'round(percentOf(base, subtract(100, rational(value.percent))), mode), base)' },
  // bases and floors
  { what: 'an amount may exceed its base', file: 'offers/value.ts', from: "if ('amountMinor' in value) return minOf(rational(value.amountMinor), base)", to: "if ('amountMinor' in value) return rational(value.amountMinor)" },
  { what: 'a price above the list price makes it dearer', file: 'offers/value.ts', from: 'return maxOf(subtract(base, price), 0)', to: 'return subtract(base, price)' },
  { what: 'a line may fall below nothing', file: 'offers/pricing-state.ts', from: 'const taken = compare(wanted, room) > 0 ? room : wanted', to: 'const taken = wanted' },
  { what: 'what is left of a line is not brought down', file: 'offers/pricing-state.ts', from: 'line.rest = subtract(line.rest, taken)', to: 'line.rest = subtract(line.base, taken)' },
  { what: 'the second reduction of delivery is of the other base', file: 'offers/effects/shipping-discount.ts', from: "'now') === 'list'", to: "'now') !== 'list'" },
  { what: 'fractions of a cent are charged', file: 'offers/pricing-state.ts', from: "typeof amount === 'number' || typeof base !== 'number' || percentRound?.mode === 'none' ? amount :", to: "percentRound?.mode !== 'halfEven' ? amount :" },
  { what: 'the second percentage is of what is left', file: 'offers/effects/unit-discount.ts', from: "(state.policies.sequential ? 'current' : (state.policies.unitPercentBase ?? 'list'))", to: "'current'" },
  { what: 'an order percentage is of the list prices', file: 'offers/effects/order-discount.ts', from: "(effect.base ?? state.policies.orderBase ?? 'current') === 'initial'", to: "(effect.base ?? 'initial') === 'initial'" },
  { what: 'minimum prices are forgotten', file: 'offers/effects/discounted-units.ts', from: 'const minimum = state.policies.minPrice ?', to: 'const minimum = !state.policies.minPrice ?' },
  { what: 'a cap is a floor', file: 'offers/effects/order-discount.ts', from: 'return effect.capMinor === undefined ? amount : minOf(amount, rational(effect.capMinor))', to: 'return effect.capMinor === undefined ? amount : maxOf(amount, rational(effect.capMinor))' },
  { what: 'a cap of delivery is forgotten', file: 'offers/effects/shipping-discount.ts', from: '(capMinor === undefined ? amount : minOf(amount, rational(capMinor)))', to: '(capMinor === undefined ? amount : amount)' },
  // distribution
  { what: 'the odd cent goes to the smallest remainder', file: 'offers/distribution/largest-remainder.ts', from: 'if (remainders[i]! > remainders[largest]!) largest = i', to: 'if (remainders[i]! < remainders[largest]!) largest = i' },
  { what: 'the odd cent goes to the later line on a tie', file: 'offers/distribution/largest-remainder.ts', from: 'if (remainders[i]! > remainders[largest]!) largest = i', to: 'if (remainders[i]! >= remainders[largest]!) largest = i' },
  { what: 'the odd cent is lost', file: 'offers/distribution/largest-remainder.ts', from: 'if (left === 0) return shares', to: 'if (left <= 1) return shares' },
  { what: 'the rest goes to the first line instead of the last', file: 'offers/distribution/last-takes-rest.ts', from: 'weights.findLastIndex(isPositive)', to: 'weights.findIndex(isPositive)' },
  { what: 'the rounding rest goes to the last lines', file: 'offers/distribution/round-then-first.ts', from: 'for (let i = 0, left', to: 'for (let i = 1, left' },
  { what: 'the greatest error is looked for from the end', file: 'offers/distribution/floor-max-error.ts', from: 'compare(value, values[best]!) > 0', to: 'compare(value, values[best]!) >= 0' },
  { what: 'pieces share a rest from the end', file: 'offers/distribution/spread-evenly.ts', from: 'i < more ? 1 : 0', to: 'i >= pieces - more ? 1 : 0' },
  // order, priority, selection
  { what: 'the lowest priority comes first', file: 'offers/compile-offers.ts', from: '(b.priority ?? 0) - (a.priority ?? 0)', to: '(a.priority ?? 0) - (b.priority ?? 0)' },
  { what: 'equal priorities turn round', file: 'offers/compile-offers.ts', from: "policies.tie === 'newestFirst' ? [...offers].reverse() : [...offers]", to: "policies.tie !== 'newestFirst' ? [...offers].reverse() : [...offers]" },
  { what: 'the worst offer wins', file: 'offers/cart-stage.ts', from: 'one && compare(one[1], other[1]) >= 0 ? one : other', to: 'one && compare(one[1], other[1]) <= 0 ? one : other' },
  { what: 'the later of two equal offers wins', file: 'offers/cart-stage.ts', from: 'one && compare(one[1], other[1]) >= 0 ? one : other', to: 'one && compare(one[1], other[1]) > 0 ? one : other' },
  { what: 'order offers come before those on articles', file: 'offers/cart-stage.ts', from: "?? (['item', 'order', 'shipping'] as const)", to: "?? (['order', 'item', 'shipping'] as const)" },
  { what: 'an exclusive offer keeps nobody away', file: 'offers/exclusivity.ts', from: 'if (alone) for', to: 'if (!alone) for' },
  { what: 'an exclusive offer that does not fit keeps others away', file: 'offers/exclusivity.ts', from: 'offer.exclusive && fits(offer)', to: 'offer.exclusive' },
  { what: 'an offer that excludes others is excluded itself', file: 'offers/exclusivity.ts', from: 'displace(other.id, offer.id)', to: 'displace(offer.id, other.id)' },
  // borders
  { what: 'at least means more than', file: 'offers/conditions.ts', from: 'return order >= 0', to: 'return order > 0' },
  { what: 'more than means at least', file: 'offers/conditions.ts', from: 'return order > 0\n', to: 'return order >= 0\n' },
  { what: 'a window ends one instant early', file: 'offers/compile-offers.ts', from: 'nowMs <= untilMs', to: 'nowMs < untilMs' },
  { what: 'a window begins one instant late', file: 'offers/compile-offers.ts', from: 'nowMs >= fromMs', to: 'nowMs > fromMs' },
  { what: 'a limit holds once more', file: 'offers/compile-offers.ts', from: 'used >= total', to: 'used > total' },
  { what: 'an offer with a code needs none', file: 'offers/compile-offers.ts', from: "offer.trigger?.type === 'code' ? [] : keysOfOffer", to: "offer.trigger?.type === 'code' ? null : keysOfOffer" },
  { what: 'a tier is reached one too late', file: 'offers/value.ts', from: 'compare(rational(tier.from), reached) <= 0', to: 'compare(rational(tier.from), reached) < 0' },
  { what: 'the lowest tier reached holds', file: 'offers/value.ts', from: '.sort((a, b) => b.from - a.from)', to: '.sort((a, b) => a.from - b.from)' },
  // pieces
  { what: 'one group too many', file: 'offers/effects/quantity-groups.ts', from: 'Math.floor(pieces / effect.groupSize)', to: 'Math.ceil(pieces / effect.groupSize)' },
  { what: 'the dearest piece is the cheapest', file: 'offers/effects/cheapest.ts', from: 'compare(best.unit, line.unit) <= 0', to: 'compare(best.unit, line.unit) >= 0' },
  { what: 'the later of two cheapest', file: 'offers/effects/cheapest.ts', from: 'compare(best.unit, line.unit) <= 0', to: 'compare(best.unit, line.unit) < 0' },
  { what: 'bought pieces are given away as well', file: 'offers/effects/buy-get.ts', from: 'left >= times * effect.buy.quantity', to: 'left + given >= times * effect.buy.quantity' },
  { what: 'given once more than bought', file: 'offers/effects/buy-get.ts', from: 'Math.floor(pieces / buy.quantity)', to: 'Math.ceil(pieces / buy.quantity)' },
  { what: 'the dearest pieces of a set come last', file: 'offers/effects/pieces.ts', from: "(sort === 'priceAsc' ? compare(a.unit, b.unit) : compare(b.unit, a.unit))", to: "(sort !== 'priceAsc' ? compare(a.unit, b.unit) : compare(b.unit, a.unit))" },
  { what: 'an incomplete set counts', file: 'offers/effects/set.ts', from: 'pieces.length === groups[i]!.count : true', to: 'pieces.length <= groups[i]!.count : true' },
  { what: 'the second piece follows the first price', file: 'offers/value.ts', from: 'multiply(rational(nextMinor), counted - 1)', to: 'multiply(rational(nextMinor), counted)' },
  // catalogue, filter, tax, total
  { what: 'the shelf price is rounded as the reduction', file: 'offers/catalogue-stage.ts', from: "policies.catalog?.roundOn === 'discount'", to: "policies.catalog?.roundOn !== 'discount'" },
  { what: 'the smallest shelf reduction wins', file: 'offers/catalogue-stage.ts', from: 'compare(other.amount, one.amount) > 0 ? other : one', to: 'compare(other.amount, one.amount) < 0 ? other : one' },
  { what: 'excluded categories are included', file: 'offers/filter.ts', from: '!(filter.notTaxons && hasTaxon(', to: '(!filter.notTaxons || hasTaxon(' },
  { what: 'already reduced articles take part', file: 'offers/filter.ts', from: '!(filter.excludeReduced && line.reduced)', to: '!(filter.excludeReduced && !line.reduced && false)' },
  { what: 'tax is on top where it is contained', file: 'offers/tax/tax-of.ts', from: 'included ? divide(', to: '!included ? divide(' },
  { what: 'delivery is not in the total', file: 'offers/price-basket.ts', from: 'sumOf([items, shipping, tax.added])', to: 'sumOf([items, tax.added])' },
]
