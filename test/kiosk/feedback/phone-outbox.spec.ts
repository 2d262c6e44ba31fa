import { describe, expect, it } from 'vitest'
import { PhoneOutbox } from '#kiosk/feedback/phone-outbox.svelte.ts'
import type { ReceiptHash } from '#shared/feedback/receipt-code.ts'
import { err, ok } from '#shared/kernel/result.ts'
import type { AnswerSignReply, PhoneAnswer } from '#shared/protocol/phone-feedback.ts'

type Sent = { readonly language: string; readonly answers: readonly PhoneAnswer[] }
/** A hub that hears every message and says what it is told to; a clock that moves when it is asked. */
const phone = (replies: readonly ('kept' | 'deaf' | 'none')[]) => {
  const [sent, pauses]: [Sent[], { ms: number; run: () => void }[]] = [[], []]
  let [now, n] = [1_000, 0]
  const clock = { now: () => now, every: () => () => undefined, after: (ms: number, run: () => void) => {
    const pause = { ms, run }
    pauses.push(pause)
    return () => void pauses.splice(pauses.indexOf(pause), 1)
  } }
  const ask = async (_path: string, body: object) => {
    const message = body as Sent
    const reply = replies[sent.length] ?? 'kept'
    sent.push(message)
    if (reply === 'deaf') return err({ type: 'offline' as const })
    return ok((reply === 'none' ? { type: 'none' } : { type: 'kept', ids: message.answers.map(({ id }) => id), refused: [] }) satisfies AnswerSignReply as never)
  }
  const outbox = new PhoneOutbox({ random: (count) => new Uint8Array(count).fill(++n), clock, ask }, { sign: 'exit.1.CODE', response: 'a'.repeat(32), receipt: 'b'.repeat(32) as ReceiptHash })
  const settle = () => new Promise<void>((done) => setImmediate(done))
  return { outbox, sent, pauses, settle, wait: (ms: number) => (now += ms) }
}

describe('an answer on a phone', () => {
  it('is sent at once, and is done when the hub has it', async () => {
    const { outbox, sent, settle } = phone([])
    outbox.put('visit', 4, 'de')
    expect(outbox.waiting).toBe(1)
    await settle()
    expect([outbox.waiting, outbox.isLate, sent.length]).toEqual([0, false, 1])
    expect(sent[0]).toMatchObject({ sign: 'exit.1.CODE', language: 'de', answers: [{ id: '01'.repeat(16), question: 'visit', value: 4, ago: 0 }] })
  })
  it('is sent again under the same name until then, after 2, 4 and 8 seconds, and says how long ago it was', async () => {
    const { outbox, sent, pauses, settle, wait } = phone(['deaf', 'deaf', 'deaf'])
    outbox.put('visit', 4, 'de')
    for (const ms of [2_000, 4_000, 8_000]) {
      await settle()
      expect([outbox.isLate, pauses.at(-1)!.ms]).toEqual([true, ms])
      wait(ms)
      pauses.pop()!.run()
    }
    await settle()
    expect(outbox.waiting).toBe(0)
    expect(sent.map(({ answers }) => [answers[0]!.id.slice(0, 2), answers[0]!.ago])).toEqual([['01', 0], ['01', 2_000], ['01', 6_000], ['01', 14_000]])
  })
  it('goes along with those before it that are still on their way', async () => {
    const { outbox, sent, pauses, settle } = phone(['deaf'])
    outbox.put('visit', 2, 'de')
    await settle()
    outbox.put('reason', ['queue'], 'de')
    await settle()
    expect(sent.at(-1)!.answers.map(({ question }) => question)).toEqual(['visit', 'reason'])
    expect([outbox.waiting, pauses.length]).toEqual([0, 0])
  })
  it('keeps the language of the screen it was given on', async () => {
    const { outbox, sent, settle } = phone(['deaf'])
    outbox.put('visit', 2, 'de')
    outbox.put('find', 5, 'en')
    await settle()
    await outbox.send()
    await settle()
    expect(sent.slice(1).map(({ language, answers }) => [language, answers.length])).toEqual([['de', 1], ['en', 1]])
  })
  it('is kept in sight, not sent for ever, when the store has taken the sign down', async () => {
    const { outbox, sent, pauses, settle } = phone(['none'])
    outbox.put('visit', 2, 'de')
    await settle()
    await outbox.send()
    expect([outbox.isOver, outbox.waiting, sent.length, pauses.length]).toEqual([true, 1, 1, 0])
  })
})
