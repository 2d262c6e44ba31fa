import { describe, expect, it } from 'vitest'
import { openHandoff } from '#hub/use-cases/baskets/open-handoff.ts'
import { cents } from '#shared/kernel/money.ts'
import type { Day } from '#shared/kernel/time.ts'
import { basket, NOON, shop } from '../../shared/basket/small-shop.ts'
import { checkoutBench } from './checkout-bench.ts'

const HOUR = 3_600_000
const PROMISED = 1299
const cheeseAt = (priceCents: number) =>
  shop({ products: shop().products.map((one) => (one.sku === 'cheese' ? Object.assign({}, one, { priceCents: cents(priceCents), priceHistory: [{ from: '2026-11-20' as Day, cents: cents(priceCents) }] }) : one)) })

/** Hours after the code was made, by the hub's clock. `lie`: what the kiosk's clock is off. `retired`: when another price came; null: never. */
type Case = { readonly lie: number; readonly isVerified: boolean; readonly retired: number | null; readonly today: number; readonly claimed: number }

const LIES = [-48, -24, -1, -2 / 60, 0, 2 / 60, 1, 24] as const
const CLAIMED = [0, 0.9, 1.1, 7, 22, 24, 24.5, 30.5, 45] as const
const HISTORIES = [null, 1, 6, 20].flatMap((retired) => (retired === null ? [1399] : [1399, 1199]).map((today) => ({ retired, today })))
const KIOSKS = LIES.flatMap((lie) => [true, false].map((isVerified) => ({ lie, isVerified })))

/**
 * The rule once more, in the words of the specification: 24 hours from the time the code names, 24 hours of honour after its release was retired, the lower of
 * the two prices within both; a clock that nobody verified, or that is more than two minutes ahead, promises nothing.
 */
const owed = ({ lie, isVerified, retired, today, claimed }: Case): number => {
  const isRetired = retired !== null && claimed >= retired
  const nowCents = isRetired ? today : PROMISED
  const isInTime = claimed - lie <= 24
  const isBelieved = isVerified && lie - claimed <= 2 / 60 + 1e-9
  const isHonoured = !isRetired || claimed - retired <= 24
  // The release began at 0: a clock that stood before says the kiosk showed what was not in force yet.
  const hadBegun = lie >= -2 / 60 - 1e-9
  return isInTime && isBelieved && isHonoured && hadBegun ? Math.min(PROMISED, nowCents) : nowCents
}

describe('a code under clocks that are right, wrong and nobody’s', () => {
  it(`costs the lower of both prices within its time, today’s otherwise: ${HISTORIES.length * KIOSKS.length * CLAIMED.length} cases`, async () => {
    const differing: unknown[] = []
    const seen = new Map<number, number>()
    let kept = 0
    for (const { retired, today } of HISTORIES) {
      const bench = await checkoutBench()
      const shown = await Promise.all(KIOSKS.map(async ({ lie, isVerified }) => {
        const { digits } = await bench.show(basket({ cheese: 1 }), { issuedAtS: Math.round((NOON + lie * HOUR) / 1000), clockVerified: isVerified })
        return { lie, isVerified, digits }
      }))
      let hours = 0
      const passTo = (then: number): void => {
        bench.later(then - hours)
        hours = then
      }
      for (const claimed of CLAIMED) {
        if (retired !== null && hours < retired && claimed >= retired) {
          passTo(retired)
          bench.publish(cheeseAt(today))
        }
        passTo(claimed)
        for (const { lie, isVerified, digits } of shown) {
          const one = { lie, isVerified, retired, today, claimed }
          const opened = await openHandoff(bench.question(digits), bench.parts)
          const total = opened.type === 'open' ? opened.view.totalCents : null
          if (total !== owed(one)) differing.push({ ...one, total, owed: owed(one) })
          seen.set(owed(one), (seen.get(owed(one)) ?? 0) + 1)
          if (retired !== null && today > PROMISED && claimed >= retired && owed(one) === PROMISED) kept += 1
        }
      }
    }
    expect(differing).toEqual([])
    expect([...seen.keys()].sort()).toEqual([1199, 1299, 1399])
    expect(kept).toBeGreaterThan(20)
  })
})
