import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BasketView } from '#kiosk/lib/state/basket-view.svelte.ts'
import { standings } from '#kiosk/lib/state/offers-view.ts'
import { offerWords } from '#kiosk/lib/state/offer-words.ts'
import { tellingOf } from '#shared/basket/tell-offers.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { SMALL_SHOP } from '../../small-shop.ts'

const read = documentsToAssortment({ hash: 'ab'.repeat(32), items: SMALL_SHOP })
if (!read.ok) throw new Error(JSON.stringify(read.error))
const assortment = read.value
const NOON = Date.UTC(2026, 10, 24, 11)
const HOUR = 3_600_000

const basket = (at = NOON, checkedAt: number | null = NOON, said: { readonly maxOfflineMs?: number; readonly switchInDoubt?: boolean } = {}) => {
  const moment = { at }
  const view = new BasketView({ assortment: () => assortment, now: () => ({ at: millis(moment.at), verified: true }), checkedAt: () => (checkedAt === null ? null : millis(checkedAt)), maxOfflineMs: () => said.maxOfflineMs ?? 168 * HOUR, switchInDoubt: () => said.switchInDoubt ?? false, uses: () => ({ units: {}, asOf: null }) })
  return { view, moment }
}
const add = (view: BasketView, ...skus: readonly string[]): void => {
  for (const sku of skus) view.add(sku as Sku)
}

describe('the basket on the screen', () => {
  it('reads the small shop without a damaged document', () => {
    expect(assortment.damaged).toEqual([])
  })
  it('shows juice at 1.80 € with its reason, and its deposit apart', () => {
    const { view } = basket()
    add(view, 'juice')
    const [line] = view.quote!.lines
    expect([line!.baseCents, line!.totalCents, line!.depositCents, view.quote!.totalCents, view.quote!.savingsCents]).toEqual([200, 180, 25, 205, 20])
    expect(line!.reasons.map(({ offer, cents }) => [offer.offer.id, cents])).toEqual([['juice-10', 20]])
  })
  it('says exactly what is missing: 9.00 € from 11.00 € to 20.00 €, more than half of the way', () => {
    const { view } = basket()
    add(view, 'cheese', 'milk')
    const near = standings(view.quote!, assortment).filter(({ status }) => status === 'near')
    expect(near.map(({ offer, missing, share }) => [offer.offer.id, missing[0], share])).toEqual([['five-from-20', expect.objectContaining({ type: 'amount', minor: 900 }), 0.55]])
    expect(offerWords(near[0]!, tellingOf(assortment, 'de'))[0]).toContain('9,00')
  })
  it('leaves to the checkout what only the checkout knows, and out what is over', () => {
    const { view } = basket()
    add(view, 'cheese')
    const all = standings(view.quote!, assortment)
    expect(all.find(({ offer }) => offer.offer.id === 'members')!.status).toBe('checkout')
    expect(all.some(({ offer }) => offer.offer.id === 'over')).toBe(false)
  })
  it('stops an offer at its last second while the basket is open', () => {
    const { view, moment } = basket(Date.UTC(2026, 10, 30, 22, 59, 59))
    add(view, 'juice')
    expect(view.quote!.itemsCents).toBe(180)
    moment.at += 1000
    view.refresh()
    expect(view.quote!.itemsCents).toBe(200)
  })
  it('shows base prices only after 168 h without the hub', () => {
    const fresh = basket(NOON + 168 * HOUR)
    add(fresh.view, 'cheese', 'cheese')
    expect(fresh.view.quote!.savingsCents).toBe(500)
    const old = basket(NOON + 169 * HOUR)
    add(old.view, 'cheese', 'cheese')
    expect([old.view.quote!.savingsCents, old.view.facts.stale]).toEqual([0, true])
  })
  it('keeps a line that was taken out until the next command', () => {
    const { view } = basket()
    add(view, 'milk', 'milk')
    view.run({ type: 'remove', sku: 'milk' as Sku })
    expect([view.isEmpty, view.removed]).toEqual([true, { sku: 'milk', quantity: 2 }])
    view.putBack()
    expect([view.pieces, view.removed]).toEqual([2, null])
  })
  it('says why a code did nothing, and takes a good one however it is spelt', () => {
    const { view } = basket()
    add(view, 'cheese')
    expect(view.run({ type: 'enterCode', code: 'nix' })).toBe(false)
    expect(view.refusal).toEqual({ type: 'UnknownCode', code: 'nix' })
    expect(view.run({ type: 'enterCode', code: 'kae se' })).toBe(true)
    expect([view.refusal, view.quote!.savingsCents]).toEqual([null, 100])
  })
  it('shows the cents of quoteBasket, whatever is put in', () => {
    const commands = fc.array(fc.tuple(fc.constantFrom('milk', 'juice', 'cheese'), fc.integer({ min: 0, max: 12 })), { maxLength: 12 })
    fc.assert(
      fc.property(commands, (all) => {
        const { view } = basket()
        for (const [sku, quantity] of all) view.run({ type: 'setQuantity', sku: sku as Sku, quantity })
        return view.quote!.totalCents === quoteBasket(view.basket, assortment, view.facts).totalCents
      }),
    )
  })
})
