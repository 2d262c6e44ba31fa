import { describe, expect, it } from 'vitest'
import { contactEndsAt } from '#shared/feedback/contact-time.ts'
import { millis } from '#shared/kernel/time.ts'

const day = (n: number) => millis(n * 86_400_000)

describe('a contact is kept', () => {
  it('for 30 days after the answer', () => {
    expect(contactEndsAt({ at: day(0), answeredAt: day(2) })).toBe(day(32))
  })
  it('never for longer than 90 days after it was given', () => {
    expect(contactEndsAt({ at: day(0), answeredAt: day(80) })).toBe(day(90))
    expect(contactEndsAt({ at: day(0), answeredAt: null })).toBe(day(90))
  })
})
