/* json-rules-engine: one rule per offer says whether it holds; what it takes off is worked out after, in the order in which the rules answer. */
import { Engine } from 'json-rules-engine'

const ruleOf = (offer) => ({
  conditions: offer.skus ? { any: offer.skus.map((value) => ({ fact: 'articles', operator: 'contains', value })) } : { all: [{ fact: 'subtotal', operator: 'greaterThanInclusive', value: offer.fromMinor }] },
  event: { type: 'reduce', params: offer },
})

export const engineOf = (offers) => {
  const engine = new Engine(offers.map(ruleOf))
  return async (lines) => {
    const rests = lines.map(({ unitPriceMinor, quantity }) => unitPriceMinor * quantity)
    const sum = () => rests.reduce((all, rest) => all + rest, 0)
    const { events } = await engine.run({ articles: lines.map(({ sku }) => sku), subtotal: sum() })
    let offOrder = 0
    for (const { params: { skus, percent } } of events) {
      if (!skus) offOrder += Math.round(((sum() - offOrder) * percent) / 100)
      else lines.forEach(({ sku }, i) => { if (skus.includes(sku)) rests[i] -= Math.round((rests[i] * percent) / 100) })
    }
    return sum() - offOrder
  }
}
