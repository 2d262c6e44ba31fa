import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EpochId, EventId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { appendEvent } from '#shared/sync/append-event.ts'
import { hearWord, hubTimeOf, missingFrom, notBefore, sealDay, standingOf, tellStanding, type DeviceFacts, type HeldStream, type StreamWord } from '#shared/sync/completeness.ts'
import { newOutbox, type OutboxRow, type OutboxState } from '#shared/sync/outbox.ts'

const HOUR = 3_600_000
const DAY = { from: 0, until: 24 * HOUR }
const EP = 'a'.repeat(16) as EpochId
const word = (over: Partial<HeldStream> = {}): HeldStream => ({ ep: EP, firstSeenAt: 0, brought: 0, seenAt: 25 * HOUR, next: 11, settled: { seq: 10, until: 25 * HOUR }, declaredTo: 0, again: null, held: 10, newOfBrought: 0, ...over })
const kiosk = (over: Partial<DeviceFacts> = {}): DeviceFacts => ({ pairedAt: 0, revokedAt: null, seenAt: 25 * HOUR, waiting: 0, streams: [word()], ...over })

describe('a day of a device is', () => {
  it('sealed once the device has said after its end that nothing of it waits', () => {
    expect(sealDay(kiosk(), DAY, 25 * HOUR)).toEqual({ type: 'sealed' })
  })
  it('sealed although the device is silent today: what it said stands', () => {
    expect(sealDay(kiosk(), DAY, 300 * HOUR)).toEqual({ type: 'sealed' })
  })
  it('sealed although events wait, if the oldest of them is younger', () => {
    const waiting = kiosk({ streams: [word({ next: 14, settled: { seq: 10, until: 24.5 * HOUR } })] })
    expect(sealDay(waiting, DAY, 25 * HOUR)).toEqual({ type: 'sealed' })
    expect(sealDay(waiting, { from: 24 * HOUR, until: 48 * HOUR }, 25 * HOUR)).toEqual({ type: 'open', atLeast: 3, since: 24.5 * HOUR })
  })
  it('complete so far while it still runs', () => {
    expect(sealDay(kiosk({ seenAt: 13 * HOUR, streams: [word({ settled: { seq: 10, until: 13 * HOUR } })] }), DAY, 13 * HOUR + 1)).toEqual({ type: 'so-far', until: 13 * HOUR })
  })
  it('open with at least 4 events since the oldest of them', () => {
    expect(sealDay(kiosk({ streams: [word({ next: 15, settled: { seq: 10, until: 20 * HOUR } })] }), DAY, 25 * HOUR)).toEqual({ type: 'open', atLeast: 4, since: 20 * HOUR })
  })
  it('open while the hub holds less than the device believes confirmed: its own database lost something', () => {
    expect(sealDay(kiosk({ streams: [word({ held: 9 })] }), DAY, 25 * HOUR)).toMatchObject({ type: 'open', atLeast: 1 })
  })
  it('unknown when the device fell silent before its end, with what was known to wait', () => {
    expect(sealDay(kiosk({ seenAt: 20 * HOUR, streams: [word({ next: 13, settled: { seq: 10, until: 19 * HOUR } })] }), DAY, 26 * HOUR)).toEqual({ type: 'unknown', atLeast: 2, since: 20 * HOUR })
    expect(sealDay(kiosk({ seenAt: null, streams: [] }), DAY, 26 * HOUR)).toEqual({ type: 'unknown', atLeast: 0, since: null })
  })
  it('gone when the device was signed out before it said that all was here', () => {
    expect(sealDay(kiosk({ revokedAt: 20 * HOUR, seenAt: 19 * HOUR, streams: [word({ next: 13, settled: { seq: 10, until: 19 * HOUR } })] }), DAY, 26 * HOUR)).toEqual({ type: 'gone', atLeast: 2, since: 19 * HOUR })
  })
  it('no day of a device that was not there yet, or no longer', () => {
    expect(sealDay(kiosk({ pairedAt: 24 * HOUR }), DAY, 25 * HOUR)).toBeNull()
    expect(sealDay(kiosk({ revokedAt: 24 * HOUR }), { from: 24 * HOUR, until: 48 * HOUR }, 50 * HOUR)).toBeNull()
  })
})

describe('a storage that began anew', () => {
  const NEW = 'b'.repeat(16) as EpochId
  const old = word({ seenAt: 20 * HOUR, next: 16, settled: { seq: 10, until: 18 * HOUR }, held: 11 })
  it('lost up to 4 events of the day: 15 were made, 11 arrived', () => {
    const device = kiosk({ streams: [old, word({ ep: NEW, firstSeenAt: 23 * HOUR, next: 1, settled: { seq: 0, until: 25 * HOUR }, held: 0 })] })
    expect(standingOf(device).losses).toEqual([{ upTo: 4, from: 18 * HOUR, to: 23 * HOUR }])
    expect(sealDay(device, DAY, 25 * HOUR)).toEqual({ type: 'lost', upTo: 4 })
  })
  it('lost none if it brought them along under new numbers', () => {
    const device = kiosk({ streams: [old, word({ ep: NEW, firstSeenAt: 23 * HOUR, brought: 15, next: 16, settled: { seq: 15, until: 25 * HOUR }, held: 15, newOfBrought: 4 })] })
    expect(sealDay(device, DAY, 25 * HOUR)).toEqual({ type: 'sealed' })
  })
  it('names what it declared lost on both sides: numbers 12 to 14', () => {
    const declared = { ...old, next: 12, held: 11, declaredTo: 14 }
    const device = kiosk({ streams: [declared, word({ ep: NEW, firstSeenAt: 23 * HOUR, brought: 1, next: 2, settled: { seq: 1, until: 25 * HOUR }, held: 1, newOfBrought: 1 })] })
    expect(sealDay(device, DAY, 25 * HOUR)).toEqual({ type: 'lost', upTo: 3 })
  })
  it('does not speak for a copy that goes on in the epoch before', () => {
    const copy = { ...old, seenAt: 24 * HOUR }
    const device = kiosk({ streams: [copy, word({ ep: NEW, firstSeenAt: 23 * HOUR, next: 1, settled: { seq: 0, until: 25 * HOUR }, held: 0 })] })
    expect(sealDay(device, DAY, 25 * HOUR)).toEqual({ type: 'open', atLeast: 4, since: 18 * HOUR })
  })
})

describe('a device tells how far all is confirmed', () => {
  const outbox = { ...newOutbox(EP), next: 8, ack: 5 }
  const row = (at: number, off: number | null): OutboxRow => ({ seq: 6, id: 'id-6' as EventId, at, chain: outbox.chain, bytes: 1, json: JSON.stringify({ at, off }) })
  it('until now if nothing waits', () => {
    expect(tellStanding(9000).need({ ...outbox, ack: 7 })).toEqual({ from: 8, to: 8, limit: 1 })
    expect(tellStanding(9000).decide({ ...outbox, ack: 7 }, []).result).toEqual({ ep: EP, next: 8, settledUntil: 9000 })
  })
  it('until the oldest event that waits, by the clock of the hub', () => {
    expect(tellStanding(9000).decide(outbox, [row(500, 20)]).result).toEqual({ ep: EP, next: 8, settledUntil: 520 })
    expect(tellStanding(9000).decide(outbox, [row(500, null)]).result).toMatchObject({ settledUntil: 500 })
  })
  it('never until a time that has not come, nor before 1970', () => {
    expect([99_000, -5].map((at) => tellStanding(9000).decide(outbox, [row(at, 0)]).result?.settledUntil)).toEqual([9000, 0])
  })
  it('and nothing before it has an outbox', () => expect(tellStanding(9000).decide(null, []).result).toBeNull())
})

describe('the hub hears a device', () => {
  it('and believes that all is confirmed only as far as it holds it itself', () => {
    const said = { ep: EP, next: 11, queued: 0, settledUntil: 900, ack: null }
    expect(hearWord(null, said, 10, 1000).settled).toEqual({ seq: 10, until: 900 })
    expect(hearWord(null, said, 9, 1000).settled).toBeNull()
  })
  it('and never believes it about the future', () => {
    expect(hearWord(null, { ep: EP, next: 1, queued: 0, settledUntil: 5000, ack: null }, 0, 1000).settled).toEqual({ seq: 0, until: 1000 })
  })
  it('and asks again for 3 events that it had confirmed and lost', () => {
    const again = hearWord(null, { ep: EP, next: 11, queued: 0, settledUntil: 0, ack: 10 }, 7, 1000)
    expect(again.again).toEqual({ from: 8, to: 10 })
    expect(standingOf(kiosk({ streams: [{ ...again, held: 9, newOfBrought: 0 }] })).recovered).toBe(2)
  })
  it('and holds later events to that word: with number 11 nothing is older', () => {
    expect([notBefore({ settled: { seq: 10, until: 500 } }, 11, 3), notBefore({ settled: { seq: 10, until: 500 } }, 10, 3), notBefore(null, 11, 3)]).toEqual([500, 3, 3])
  })
})

describe('a device may be missing from a figure', () => {
  const named = (over: Partial<DeviceFacts>) => [{ dev: 'a', name: 'Eingang', ...kiosk(over) }]
  const today = { from: 24 * HOUR, until: 25 * HOUR + 1 }
  it('when events of that time wait on it', () => {
    expect(missingFrom(named({ streams: [word({ next: 14, settled: { seq: 10, until: 24.5 * HOUR } })] }), today, 25 * HOUR)).toEqual([{ dev: 'a', name: 'Eingang', waiting: 3, since: 25 * HOUR }])
  })
  it('when it has been silent for more than three minutes, or for ever', () => {
    expect(missingFrom(named({ streams: [word({ settled: { seq: 10, until: 24.9 * HOUR } })], seenAt: 25 * HOUR - 180_001 }), today, 25 * HOUR)).toHaveLength(1)
    expect(missingFrom(named({ streams: [], seenAt: null }), today, 25 * HOUR)).toEqual([{ dev: 'a', name: 'Eingang', waiting: 0, since: null }])
  })
  it('when some of that time are lost for good', () => {
    const device = named({ revokedAt: 25 * HOUR, streams: [word({ next: 13, settled: { seq: 10, until: 24.5 * HOUR } })] })
    expect(missingFrom(device, today, 26 * HOUR)).toEqual([{ dev: 'a', name: 'Eingang', waiting: 0, since: 25 * HOUR, lost: 2 }])
  })
  it('but not when it has just said that all is sent, nor when what waits is younger than the figure', () => {
    expect(missingFrom(named({}), today, 25 * HOUR + 179_000)).toEqual([])
    expect(missingFrom(named({ streams: [word({ next: 99, settled: { seq: 10, until: 24.5 * HOUR } })] }), DAY, 25 * HOUR)).toEqual([])
  })
})

/** One storage, its hub and a clock that anybody may set; every step is one that stores make happen. */
const history = () => {
  let now = 100 * HOUR
  let off: number | null = 0
  let wrongBy = 0
  let state: OutboxState = newOutbox(EP)
  let rows: OutboxRow[] = []
  let known: StreamWord | null = null
  const arrived: { readonly seq: number; readonly atHub: number }[] = []
  return {
    pass: (ms: number) => void (now += ms),
    /** The device's own clock is set; until it hears the hub again it does not know by how much. */
    setClock: (by: number) => void ([wrongBy, off] = [by, null]),
    meetHub: () => void (off = -wrongBy),
    say: () => {
      const draft = { id: `id-${state.next}` as EventId, t: 'feedback.answered', v: 1, at: millis(Math.max(0, now + wrongBy)), off, boot: 'b', mono: 0, sid: null, p: null }
      const { change } = appendEvent(draft, 'durable', { epoch: () => EP, notice: () => draft }).decide(state, [])
      state = change!.state
      rows = [...rows, ...(change!.put ?? [])]
    },
    /** Up to `n` events reach the hub; whether the device hears of it is another matter. */
    send: (n: number, hearsAck: boolean) => {
      for (const row of rows.filter(({ seq }) => seq > arrived.length).slice(0, n)) arrived.push({ seq: row.seq, atHub: Math.min(now, notBefore(known, row.seq, hubTimeOf(JSON.parse(row.json)))) })
      if (hearsAck) state = { ...state, ack: arrived.length }
    },
    report: (lateMs: number) => {
      const step = tellStanding(now)
      const { from, to } = step.need(state)!
      const told = step.decide(state, rows.filter(({ seq }) => seq >= from && seq <= to)).result!
      const queued = state.next - 1 - state.ack
      now += lateMs
      known = hearWord(known, { ...told, queued, ack: null }, arrived.length, now)
    },
    seals: (days: number) =>
      Array.from({ length: days }, (_, i) => {
        const day = { from: (100 + 24 * (i - 3)) * HOUR, until: (100 + 24 * (i - 2)) * HOUR }
        const device = kiosk({ seenAt: known?.seenAt ?? null, streams: known ? [{ ...known, held: arrived.length, newOfBrought: 0 }] : [] })
        return { sealed: sealDay(device, day, now)?.type === 'sealed', answers: arrived.filter(({ atHub }) => atHub >= day.from && atHub < day.until).length }
      }),
  }
}

type Step = (fleet: ReturnType<typeof history>) => void
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((hours): Step => (fleet) => fleet.pass(hours * HOUR)),
  fc.constantFrom(-9999 * HOUR, -25 * HOUR, -HOUR, 0, HOUR, 30 * HOUR).map((by): Step => (fleet) => fleet.setClock(by)),
  fc.constant<Step>((fleet) => fleet.meetHub()),
  fc.constant<Step>((fleet) => fleet.say()),
  fc.constant<Step>((fleet) => fleet.say()),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.boolean()).map(([n, hears]): Step => (fleet) => fleet.send(n, hears)),
  fc.constantFrom(0, 4000).map((late): Step => (fleet) => fleet.report(late)),
)

describe('a sealed day', () => {
  it('never gains an answer, whatever clocks, connections and lost answers do', () => {
    let everSealed = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const fleet = history()
        const sealedAt = new Map<number, number>()
        for (const take of steps) {
          take(fleet)
          fleet.seals(10).forEach(({ sealed, answers }, day) => {
            if (sealedAt.has(day)) expect(answers).toBe(sealedAt.get(day))
            else if (sealed) sealedAt.set(day, answers)
          })
        }
        everSealed += sealedAt.size
      }),
      { numRuns: 300 },
    )
    expect(everSealed).toBeGreaterThan(100)
  })
})
