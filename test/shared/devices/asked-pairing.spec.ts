import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerFromConsole, askWithCode, collect, CONFIRM_MS, consoleKeyHash, decideAsked, issuedAs, ticketHash, type Asking } from '#shared/devices/asked-pairing.ts'
import { openCode, type PairingCode } from '#shared/devices/pairing.ts'
import type { CodeText } from '#shared/devices/pairing-code.ts'
import { formatNumber, pairingNumber } from '#shared/devices/pairing-number.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'

const CODE = 'ABCD2345' as CodeText
const NEAR = 'ABCD2346' as CodeText
const DEV = 'd'.repeat(32) as DeviceId
const ENDS = 600_000
const at = (ms: number) => millis(ms)
const open = (over: Partial<PairingCode> = {}): PairingCode => ({ ...openCode(CODE, { roles: ['kiosk'], name: 'Eingang', touchpoint: null, expiresAt: at(ENDS), usesLeft: 1 }), ...over })
const asking = (over: Partial<Asking> = {}): Asking => ({ code: CODE, role: 'kiosk', name: 'Kiosk', pub: 'B', number: '482913', ticketHash: ticketHash('one'), keyHash: null, instead: null, now: at(1000), ...over })
const asked = (over: Partial<Asking> = {}): PairingCode => askWithCode(open(), asking(over)).next!
const decide = (code: PairingCode | null, letIn: boolean, number = '482913', now = 2000) => decideAsked(code, { number, letIn, by: 'anna', now: at(now) })
const collected = (code: PairingCode | null, ticket = 'one', now = 3000) => collect(code, { ticketHash: ticketHash(ticket), now: at(now) })

describe('the number that both screens show', () => {
  it('is six digits of SHA-256 over public key and code', () => {
    // Worked out beside the product: SHA-256 over the 65 bytes and the 8 characters; the first 6 bytes modulo a million.
    const pub = Uint8Array.from({ length: 65 }, (_, i) => (i === 0 ? 4 : i))
    expect([pairingNumber(pub, CODE), pairingNumber(pub, NEAR), pairingNumber(pub.map((byte) => byte ^ 1), CODE)]).toEqual(['538900', '755463', '411487'])
  })
  it('keeps its zeros, and is read in two groups', () => {
    expect(formatNumber('004071')).toBe('004 071')
    fc.assert(fc.property(fc.uint8Array({ minLength: 65, maxLength: 65 }), (pub) => /^\d{6}$/.test(pairingNumber(pub, CODE))))
  })
})

describe('a device that asks with a code', () => {
  it('waits, and the code is its alone', () => {
    const code = asked()
    expect(code).toMatchObject({ usesLeft: 0, asked: { number: '482913', name: 'Kiosk', at: 1000, state: { type: 'waiting' } } })
    expect(collected(code)).toEqual(ok({ type: 'waiting', leftMs: ENDS - 3000 }))
    expect(askWithCode(code, asking({ ticketHash: ticketHash('two') }))).toEqual({ result: err({ type: 'CodeTaken' }), next: code })
  })
  it('has three minutes also when it asked in the last second of the code', () => {
    expect(asked({ now: at(ENDS - 1000) }).expiresAt).toBe(ENDS - 1000 + CONFIRM_MS)
    expect(askWithCode(open(), asking({ now: at(ENDS) })).result).toEqual(err({ type: 'CodeExpired' }))
  })
  it('takes its own place again after its page began anew, with another number; a stranger does not', () => {
    const again = asking({ ticketHash: ticketHash('two'), number: '111222', instead: ticketHash('one'), now: at(5000) })
    const code = askWithCode(asked(), again).next
    expect(code?.asked).toMatchObject({ number: '111222', state: { type: 'waiting' } })
    expect([collected(code).ok, collected(code, 'two').ok]).toEqual([false, true])
    expect(askWithCode(asked(), { ...again, instead: ticketHash('stolen') }).result).toEqual(err({ type: 'CodeTaken' }))
  })
  it('learns nothing of a code that it does not know', () => {
    expect(askWithCode(asked(), asking({ code: NEAR })).result).toEqual(err({ type: 'CodeWrong' }))
    expect(askWithCode(null, asking()).result).toEqual(err({ type: 'CodeWrong' }))
  })
})

describe('whoever compares the numbers', () => {
  it('lets the device in, which may then ask as often as the answer gets lost', () => {
    const confirmed = decide(asked(), true).next!
    const first = collected(confirmed)
    expect(first).toMatchObject(ok({ type: 'in', asked: { state: { type: 'confirmed' } } }))
    const issued = issuedAs(confirmed, confirmed.asked!, DEV)
    expect(collected(issued)).toMatchObject(ok({ type: 'in', asked: { state: { type: 'issued', dev: DEV } } }))
    expect(askWithCode(issued, asking({ ticketHash: ticketHash('two'), instead: ticketHash('one') })).result).toEqual(err({ type: 'CodeUsed' }))
  })
  it('or refuses it, and then the code is dead', () => {
    const refused = decide(asked(), false).next
    expect(collected(refused)).toEqual(err({ type: 'Refused' }))
    expect(askWithCode(refused, asking()).result).toEqual(err({ type: 'CodeUsed' }))
    expect(decide(refused, true).result).toEqual(err({ type: 'NothingWaits' }))
  })
  it('never confirms a number that they did not see, nor one that came too late', () => {
    expect(decide(asked(), true, '482914').result).toEqual(err({ type: 'NothingWaits' }))
    expect(decide(asked(), true, '482913', ENDS).result).toEqual(err({ type: 'NothingWaits' }))
    expect(decide(null, true).result).toEqual(err({ type: 'NothingWaits' }))
  })
})

describe('a device that the console lets in', () => {
  const told = (key: string, now = 2000) => ({ ticketHash: ticketHash('one'), keyHash: consoleKeyHash(key), now: at(now) })
  const consoleOpen = (): PairingCode => open({ confirm: 'console', expiresAt: at(86_400_000) })
  const code = askWithCode(consoleOpen(), asking({ keyHash: consoleKeyHash('7KQM') })).next!
  it('tells what only the console shows', () => {
    expect(collected(answerFromConsole(code, told('7KQM')).next)).toMatchObject({ ok: true, value: { type: 'in' } })
  })
  it('and is refused for good at the fifth wrong answer, also after its page began anew', () => {
    let now: PairingCode | null = code
    const results: unknown[] = []
    for (let i = 0; i < 5; i++) {
      const step = answerFromConsole(now, told('AAAA'))
      results.push(step.result.ok ? 'in' : step.result.error.type)
      now = step.next
      if (i === 2) now = askWithCode(now, asking({ keyHash: consoleKeyHash('7KQM'), instead: ticketHash('one') })).next
    }
    expect(results).toEqual(['KeyWrong', 'KeyWrong', 'KeyWrong', 'KeyWrong', 'Refused'])
    expect(answerFromConsole(now, told('7KQM')).result).toEqual(err({ type: 'Refused' }))
  })
  it('holds the code for three minutes, not for the day that it is good: whoever asked first must not keep everybody else out', () => {
    const late = { ticketHash: ticketHash('two'), number: '111222' }
    expect(collected(code, 'one', 1000 + CONFIRM_MS - 1)).toEqual(ok({ type: 'waiting', leftMs: 1 }))
    expect(collected(code, 'one', 1000 + CONFIRM_MS)).toEqual(err({ type: 'CodeExpired' }))
    expect(askWithCode(code, asking({ ...late, now: at(1000 + CONFIRM_MS - 1) })).result).toEqual(err({ type: 'CodeTaken' }))
    const next = askWithCode(code, asking({ ...late, keyHash: consoleKeyHash('AAAA'), now: at(1000 + CONFIRM_MS) })).next
    expect(next?.asked).toMatchObject({ number: '111222', state: { type: 'waiting' } })
    expect(collected(next, 'one', 1000 + CONFIRM_MS)).toEqual(err({ type: 'Unknown' }))
  })
  it('cannot answer what a manager decides, nor with another one’s ticket, nor late', () => {
    expect(answerFromConsole(asked(), told('7KQM')).result).toEqual(err({ type: 'Refused' }))
    expect(answerFromConsole(code, { ...told('7KQM'), ticketHash: ticketHash('two') }).result).toEqual(err({ type: 'Unknown' }))
    expect(answerFromConsole(code, told('7KQM', 1000 + CONFIRM_MS)).result).toEqual(err({ type: 'CodeExpired' }))
  })
})

describe('whatever happens in whatever order', () => {
  const step = fc.record({ what: fc.constantFrom('ask', 'again', 'stranger', 'confirm', 'refuse', 'stale', 'collect', 'key'), right: fc.boolean(), wait: fc.nat(60_000) })
  it('nothing is issued without somebody who saw that very number, nothing after a refusal, and one device at most', () => {
    fc.assert(fc.property(fc.boolean(), fc.array(step, { maxLength: 40 }), (console, steps) => {
      let code: PairingCode | null = open({ confirm: console ? 'console' : 'manager' })
      let now = 0
      let tickets = 0
      let shown: string | null = null
      let allowed: string | null = null
      let refused = false
      const issued = new Set<string>()
      for (const { what, right, wait } of steps) {
        now += wait
        const ticket = `t${tickets}`
        const seen = code?.asked?.number ?? null
        if (what === 'ask' || what === 'again' || what === 'stranger') {
          tickets += 1
          const number = String(tickets).padStart(6, '0')
          const outcome = askWithCode(code, asking({ code: right ? CODE : NEAR, ticketHash: ticketHash(`t${tickets}`), number, keyHash: console ? consoleKeyHash('7KQM') : null, instead: what === 'again' ? ticketHash(ticket) : null, now: at(now) }))
          code = outcome.next
          if (outcome.result.ok) shown = number
        } else if (what === 'confirm' || what === 'refuse' || what === 'stale') {
          const outcome = decideAsked(code, { number: what === 'stale' ? 'never' : (seen ?? ''), letIn: what !== 'refuse', by: 'anna', now: at(now) })
          code = outcome.next
          if (outcome.result.ok && what === 'refuse') refused = true
          else if (outcome.result.ok) allowed = seen
        } else if (what === 'key') {
          const outcome = answerFromConsole(code, { ticketHash: code?.asked?.ticketHash ?? '', keyHash: consoleKeyHash(right ? '7KQM' : 'AAAA'), now: at(now) })
          if (outcome.result.ok) allowed = seen
          code = outcome.next
        } else if (code?.asked) {
          const outcome = collect(code, { ticketHash: code.asked.ticketHash, now: at(now) })
          if (outcome.ok && outcome.value.type === 'in') {
            if (allowed === null || allowed !== shown || outcome.value.asked.number !== allowed || refused) return false
            issued.add(outcome.value.asked.number)
            code = issuedAs(outcome.value.code, outcome.value.asked, DEV)
          }
        }
      }
      return issued.size <= 1
    }))
  })
})
