import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMPTY_BASKET, MAX_LINES, MAX_QUANTITY, type Basket } from '#shared/basket/basket.ts'
import { changeBasket, type BasketCommand } from '#shared/basket/commands.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { basket, offer, shop } from './small-shop.ts'

const bread = 'bread' as Sku
const after = (start: Basket, ...commands: readonly BasketCommand[]): Basket =>
  commands.reduce((held, command) => {
    const changed = changeBasket(held, command, shop())
    return changed.ok ? changed.value : held
  }, start)

describe('a basket', () => {
  it('adds pieces to the line that is there, in its place', () => {
    const held = after(basket({ bread: 1, juice: 1 }), { type: 'add', sku: bread, quantity: 2 })
    expect(held.lines).toEqual([{ sku: 'bread', quantity: 3 }, { sku: 'juice', quantity: 1 }])
  })
  it('loses a line whose quantity becomes 0, or that is removed', () => {
    expect(after(basket({ bread: 1 }), { type: 'setQuantity', sku: bread, quantity: 0 }).lines).toEqual([])
    expect(after(basket({ bread: 1 }), { type: 'remove', sku: bread }).lines).toEqual([])
  })
  it('takes a code however it is typed, in the spelling of the merchant', () => {
    expect(after(EMPTY_BASKET, { type: 'enterCode', code: ' herbst10 ' }).codes).toEqual(['HERBST-10'])
  })
  it('lets a code go again, and remembers the delivery', () => {
    const held = after(basket({}, { codes: ['HERBST-10'] }), { type: 'removeCode', code: 'HERBST-10' }, { type: 'chooseDelivery', delivery: 'home' })
    expect(held).toEqual({ lines: [], codes: [], delivery: 'home' })
  })
})

describe('a basket says no', () => {
  const manyCodes = ['A', 'B', 'C', 'D', 'E', 'F'].map((code, i) => offer(20 + i, `code-${code}`, { trigger: { type: 'code', codes: [code] } }))
  it.each<[string, Basket, BasketCommand, object]>([
    ['to an article the store does not have', EMPTY_BASKET, { type: 'add', sku: 'x' as Sku, quantity: 1 }, { type: 'UnknownArticle', sku: 'x' }],
    ['to half a piece', EMPTY_BASKET, { type: 'add', sku: bread, quantity: 0.5 }, { type: 'NotWholePieces', quantity: 0.5 }],
    ['to fewer than none', EMPTY_BASKET, { type: 'setQuantity', sku: bread, quantity: -1 }, { type: 'NotWholePieces', quantity: -1 }],
    ['to the 100th piece', basket({ bread: 99 }), { type: 'add', sku: bread, quantity: 1 }, { type: 'TooManyPieces', sku: 'bread', most: 99 }],
    ['to the 61st line', basket(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`a${i}`, 1]))), { type: 'add', sku: bread, quantity: 1 }, { type: 'TooManyLines', most: 60 }],
    ['to removing what is not there', EMPTY_BASKET, { type: 'remove', sku: bread }, { type: 'NotInBasket', sku: 'bread' }],
    ['to a code that unlocks nothing', EMPTY_BASKET, { type: 'enterCode', code: 'FREE' }, { type: 'UnknownCode', code: 'FREE' }],
    ['to an empty code', EMPTY_BASKET, { type: 'enterCode', code: ' - ' }, { type: 'UnknownCode', code: ' - ' }],
    ['to the same code twice', basket({}, { codes: ['HERBST-10'] }), { type: 'enterCode', code: 'HERBST10' }, { type: 'CodeAlreadyEntered', code: 'HERBST-10' }],
    ['to the sixth code', basket({}, { codes: ['A', 'B', 'C', 'D', 'E'] }), { type: 'enterCode', code: 'F' }, { type: 'TooManyCodes', most: 5 }],
  ])('%s', (_, held, command, error) => {
    expect(changeBasket(held, command, shop({ offers: [...shop().offers, ...manyCodes] }))).toEqual({ ok: false, error })
  })
  it('and never holds more than its limits, whatever is asked', () => {
    const sku = fc.constantFrom('bread', 'juice', 'cheese', 'nothing').map((text) => text as Sku)
    const command: fc.Arbitrary<BasketCommand> = fc.oneof(
      fc.record({ type: fc.constantFrom('add', 'setQuantity'), sku, quantity: fc.integer({ min: -200, max: 200 }) }),
      fc.record({ type: fc.constant('remove'), sku }),
      fc.record({ type: fc.constant('enterCode'), code: fc.string() }),
    )
    fc.assert(fc.property(fc.array(command), (commands) => {
      const { lines } = after(EMPTY_BASKET, ...commands)
      return lines.length <= MAX_LINES && lines.every(({ quantity }) => quantity >= 1 && quantity <= MAX_QUANTITY) && new Set(lines.map((line) => line.sku)).size === lines.length
    }))
  })
})
