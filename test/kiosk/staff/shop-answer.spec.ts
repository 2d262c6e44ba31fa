import { describe, expect, it } from 'vitest'
import { compareAnswers } from '#kiosk/staff/shop-answer.ts'
import { answerOffers } from '#shared/basket/offer-answers.ts'
import { millis } from '#shared/kernel/time.ts'
import { facts, NOON, shop } from '../../shared/basket/small-shop.ts'

const ours = answerOffers({ sku: 'juice' }, shop(), facts({ channel: 'web' }))

describe('the web shop is compared with this device', () => {
  it('and says the same, also some seconds later', () => {
    const theirs = answerOffers({ sku: 'juice' }, shop(), facts({ channel: 'web', now: millis(NOON + 5000) }))
    expect(compareAnswers(ours, theirs, 1)).toEqual({ type: 'same', at: 1 })
  })
  it('and differs by name under the same release', () => {
    const theirs = ours.map((answer) => (answer.offer === 'juice-20' ? Object.assign({}, answer, { validNow: false }) : answer))
    expect(compareAnswers(ours, theirs, 1)).toEqual({ type: 'different', at: 1, differing: ['juice-20'] })
    expect(compareAnswers(ours, ours.slice(1), 1)).toMatchObject({ type: 'different', differing: [ours[0]!.offer] })
  })
  it('and may differ because it works with another release', () => {
    const theirs = ours.slice(1).map((answer) => Object.assign({}, answer, { releaseHash: 'other' }))
    expect(compareAnswers(ours, theirs, 1).type).toBe('other release')
  })
})

describe('the answer about an article', () => {
  it('names every offer it can take part in, with its verdict for one piece', () => {
    expect(ours.map(({ offer, validNow, verdict }) => [offer, validNow, verdict.status])).toEqual([
      ['juice-20', true, 'applied'],
      ['basket-5', true, 'missed'],
      ['code-10', true, 'missed'],
      ['member-5', true, 'missed'],
      ['free-home', true, 'missed'],
    ])
  })
  it('judges an offer of one channel on that channel', () => {
    const [answer] = answerOffers({ offer: 'web-only' }, shop(), facts())
    expect(answer).toMatchObject({ channels: ['web'], validNow: true })
  })
  it('says nothing about an article or offer that is not there', () => {
    expect(answerOffers({ sku: 'unicorn' }, shop(), facts())).toEqual([])
    expect(answerOffers({ offer: 'unicorn' }, shop(), facts())).toEqual([])
  })
})
