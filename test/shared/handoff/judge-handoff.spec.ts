import { describe, expect, it } from 'vitest'
import { judgeHandoff, type HandoffFacts, type HandoffJudgement } from '#shared/handoff/judge-handoff.ts'
import { millis } from '#shared/kernel/time.ts'
import { handoffOfLines } from './random-handoff.ts'

const HOUR = 3_600_000
const handoff = handoffOfLines(3)
const issuedAt = handoff.issuedAtS * 1000
const hoursAfter = (hours: number) => millis(issuedAt + hours * HOUR)

const RELEASE = { activeFrom: hoursAfter(-100), retiredAt: null, maxOfflineMs: 72 * HOUR }

const facts = (more: Partial<HandoffFacts> = {}): HandoffFacts => ({
  now: hoursAfter(1), session: 'mine', store: 17, key: 'known', signatureValid: true, claim: null, release: RELEASE,
  handoffHours: 24, honourHours: 12, ...more,
})
const open = (more: Partial<HandoffFacts>, changes: Partial<typeof handoff> = {}): Partial<HandoffJudgement> => {
  const judgement = judgeHandoff({ ...handoff, ...changes }, facts(more))
  return judgement.type === 'open' ? { price: judgement.price, why: judgement.why, expired: judgement.expired, elsewhere: judgement.elsewhere } : judgement
}
const promised = { price: 'kiosk or today', expired: false, elsewhere: false }
const todayOnly = { price: 'today', expired: false, elsewhere: false }

describe('a code opens with the kiosk price or a lower one', () => {
  it('while its release is in force', () => expect(open({})).toEqual({ ...promised, why: 'in force' }))
  it('to the last second of its 24 hours', () => expect(open({ now: hoursAfter(24) })).toEqual({ ...promised, why: 'in force' }))
  it('for 12 hours after its release was retired', () => expect(open({ now: hoursAfter(14), release: { ...RELEASE, retiredAt: hoursAfter(2) } })).toEqual({ ...promised, why: 'honoured' }))
  it('also if the kiosk was offline when its release was retired', () => expect(open({ now: hoursAfter(1), release: { ...RELEASE, retiredAt: hoursAfter(-5) } })).toEqual({ ...promised, why: 'honoured' }))
})

describe('a code opens at today’s price', () => {
  it('a second after its 24 hours', () => expect(open({ now: millis(hoursAfter(24) + 1000) })).toEqual({ ...todayOnly, why: 'expired', expired: true }))
  it('when its release was retired longer ago than is honoured', () => expect(open({ now: hoursAfter(14.1), release: { ...RELEASE, retiredAt: hoursAfter(2) } })).toEqual({ ...todayOnly, why: 'release too old' }))
  it('when the kiosk used a release retired before it could still be offline', () => expect(open({ now: hoursAfter(1), release: { ...RELEASE, retiredAt: hoursAfter(-73) } })).toEqual({ ...todayOnly, why: 'release too old' }))
  it('when its release had not begun, however the kiosk came to show it', () => expect(open({ release: { ...RELEASE, activeFrom: hoursAfter(0.1) } })).toEqual({ ...todayOnly, why: 'release not begun' }))
  it('when nobody here knows its release', () => expect(open({ release: null })).toEqual({ ...todayOnly, why: 'release unknown' }))
  it('when the kiosk did not know the time', () => expect(open({}, { clockVerified: false })).toEqual({ ...todayOnly, why: 'clock unverified' }))
  it('when it was made more than two minutes in the future', () => expect(open({ now: millis(issuedAt - 121_000) })).toEqual({ ...todayOnly, why: 'clock unverified' }))
})

describe('benefits that exist once', () => {
  const once = (hours: number): unknown => {
    const judgement = judgeHandoff(handoff, facts({ now: hoursAfter(hours) }))
    return judgement.type === 'open' && judgement.onceOver
  }
  it('end two hours after the code was made, to the millisecond', () => expect([once(0), once(2), once(2 + 1 / HOUR), once(30)]).toEqual([false, false, true, true]))
})

describe('a code that somebody claimed', () => {
  const claim = { session: 'mine', state: 'opened' } as const
  it('opens again for the same session', () => expect(open({ claim })).toMatchObject({ elsewhere: false }))
  it('opens for another session, which is told', () => expect(open({ claim: { ...claim, session: 'other' } })).toMatchObject({ elsewhere: true }))
  it('is used once ordered, and tells its number to who ordered', () => {
    expect(open({ claim: { ...claim, state: 'ordered' } })).toEqual({ type: 'used' })
    expect(open({ claim: { session: 'other', state: 'ordered' } })).toEqual({ type: 'used' })
  })
})

describe('a code is not opened', () => {
  it.each<[string, Partial<HandoffFacts>, string]>([
    ['of another store', { store: 18 }, 'other store'],
    ['of a key that nobody knows', { key: 'unknown' }, 'unknown key'],
    ['of a key that was withdrawn', { key: 'revoked' }, 'revoked key'],
    ['whose signature does not fit', { signatureValid: false }, 'signature'],
  ])('%s', (_, more, why) => {
    expect(open({ ...more, claim: { session: 'x', state: 'ordered' } })).toEqual({ type: 'altered', why })
  })
})
