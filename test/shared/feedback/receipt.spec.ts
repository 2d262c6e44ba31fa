import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_SHOPPER_WORDS, MAX_WORDS, mayWrite, moveReceipt, RECEIPT_STATES, receiptStanding, receiptState, stateAfterReply, type ReceiptStep } from '#shared/feedback/receipt.ts'
import { millis } from '#shared/kernel/time.ts'

const step = (state: ReceiptStep['state'], at: number): ReceiptStep => ({ state, at: millis(at) })
const RECEIVED = [step('received', 1)]
const say = (...who: readonly ('store' | 'shopper')[]) => who.map((one) => ({ who: one }))

describe('an answer goes its way', () => {
  it('from received to looking, answered and improved, each with its moment', () => {
    const looking = moveReceipt(RECEIVED, 'looking', millis(2))
    expect(moveReceipt(moveReceipt(looking, 'answered', millis(3)), 'improved', millis(4))).toEqual([step('received', 1), step('looking', 2), step('answered', 3), step('improved', 4)])
  })
  it('and may skip a step', () => {
    expect(moveReceipt(RECEIVED, 'improved', millis(9))).toEqual([step('received', 1), step('improved', 9)])
  })
  it('back, when somebody was too quick: what came later is taken back, what came before keeps its moment', () => {
    const all = [step('received', 1), step('looking', 2), step('answered', 3)]
    expect(moveReceipt(all, 'looking', millis(8))).toEqual([step('received', 1), step('looking', 2)])
    expect(moveReceipt(all, 'received', millis(8))).toEqual(RECEIVED)
  })
  it('nowhere, if it is there already', () => {
    expect(moveReceipt(RECEIVED, 'received', millis(8))).toBe(RECEIVED)
  })
  it('in order and ending where it was sent, whatever people do', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...RECEIPT_STATES), { maxLength: 20 }), (moves) => {
      const steps = moves.reduce<readonly ReceiptStep[]>((all, state, i) => moveReceipt(all, state, millis(i + 2)), RECEIVED)
      const ranks = steps.map(({ state }) => RECEIPT_STATES.indexOf(state))
      return ranks.every((rank, i) => i === 0 || rank > ranks[i - 1]!) && receiptState(steps) === (moves.at(-1) ?? 'received')
    }))
  })
  it('to answered by a reply, unless it was improved already', () => {
    expect(RECEIPT_STATES.map(stateAfterReply)).toEqual(['answered', 'answered', 'answered', 'improved'])
  })
})

describe('a word over it', () => {
  it('waits for the store while the shopper had the last one', () => {
    expect([receiptStanding('received', null), receiptStanding('looking', 'shopper'), receiptStanding('answered', 'store')].map(({ waiting }) => waiting)).toEqual([false, true, false])
  })
  it('may be said five times by the shopper, and again after the store has replied', () => {
    const five = Array.from({ length: MAX_SHOPPER_WORDS }, () => 'shopper' as const)
    expect([mayWrite('shopper', say(...five.slice(1))), mayWrite('shopper', say(...five)), mayWrite('shopper', say(...five, 'store')), mayWrite('store', say(...five))]).toEqual([true, false, true, true])
  })
  it('is the last one at forty, whoever speaks', () => {
    const all = say(...Array.from({ length: MAX_WORDS }, (_, i) => (i % 2 ? 'store' : 'shopper') as 'store' | 'shopper'))
    expect([mayWrite('store', all), mayWrite('shopper', all), mayWrite('store', all.slice(1))]).toEqual([false, false, true])
  })
})
