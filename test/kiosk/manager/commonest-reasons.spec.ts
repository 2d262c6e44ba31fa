import { describe, expect, it } from 'vitest'
import { commonestReasons } from '../../../kiosk/manager/commonest-reasons.ts'
import type { FeedbackItem } from '#shared/protocol/feedback.ts'

const tick = (ids: readonly string[], part: Partial<FeedbackItem> = {}): FeedbackItem => ({ id: 'i', response: 'r', touchpoint: 'checkout', question: 'reason', kind: 'choice', value: ids, at: 1000, receivedAt: 1000, dev: 'k', channel: 'kiosk', ...part })

describe('the commonest reasons at a place', () => {
  it('are the two ticked most often, with the number of people who ticked anything', () => {
    const items = [tick(['queue', 'price']), tick(['queue']), tick(['queue']), tick(['price']), tick(['clean']), tick(['queue'], { touchpoint: 'exit' }), tick(['queue'], { at: 1 })]
    expect(commonestReasons(items, 'checkout', 500)).toEqual({ of: 5, top: [{ question: 'reason', id: 'queue', n: 3 }, { question: 'reason', id: 'price', n: 2 }] })
  })
  it('are none when fewer than 5 people ticked, or no two the same', () => {
    expect(commonestReasons([tick(['queue']), tick(['queue'])], 'checkout', 0)).toBeNull()
    expect(commonestReasons(['a', 'b', 'c', 'd', 'e'].map((id) => tick([id])), 'checkout', 0)).toBeNull()
  })
})
