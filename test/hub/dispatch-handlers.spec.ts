import { EventEmitter } from 'node:events'
import type { Socket } from 'socket.io'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { DISPATCH_LIMITS, on, openConnection, type Guard, type Refusal, type Session } from '#hub/transport/socket/dispatcher.ts'
import type { PersonId } from '#shared/devices/person.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'

class FakeSocket extends EventEmitter {
  onAny(): void {}
}
const SESSION: Session = { dev: 'd'.repeat(32) as DeviceId, role: 'kiosk', touchpoint: null, person: null, connection: 'c' }
const GUARD: Guard<{ n: number }> = { rule: { devices: ['kiosk'], person: 'none', fresh: false }, schema: v.strictObject({ n: v.number() }), cost: 1, refuse: (refusal: Refusal) => ({ refused: refusal.code }) }

const dispatch = (handler: (input: { n: number }, session: Session) => unknown, session: () => Session | null = () => SESSION) => {
  const socket = new FakeSocket()
  const errors: string[] = []
  const warnings: string[] = []
  const log = { info: () => undefined, warn: (what: string, facts = {}) => void warnings.push(`${what} ${JSON.stringify(facts)}`), error: (what: string, facts = {}) => void errors.push(`${what} ${JSON.stringify(facts)}`) }
  const connection = openConnection(socket as unknown as Socket, {
    session, kick: () => undefined, log, clock: { now: () => millis(0) }, limits: { ...DISPATCH_LIMITS, handlerMs: 20 },
  })
  on(connection, 'ask', GUARD, handler)
  const ask = (payload: unknown): Promise<unknown> => new Promise((resolve) => socket.emit('ask', payload, resolve))
  return { ask, errors, warnings, socket }
}

describe('whatever a handler does', () => {
  it('its reply goes to the acknowledgement, with the payload checked and the session live', async () => {
    const { ask } = dispatch(({ n }, { role }) => ({ double: 2 * n, role }))
    expect(await ask({ n: 4 })).toEqual({ double: 8, role: 'kiosk' })
    expect(await ask({ n: '4' })).toEqual({ refused: 'bad_request' })
    expect(await ask({ n: 4, more: 1 })).toEqual({ refused: 'bad_request' })
  })
  it('throwing and rejecting become one code without detail for the device, and a line in the log', async () => {
    const thrown = dispatch(() => {
      throw new TypeError('inner detail')
    })
    expect(await thrown.ask({ n: 1 })).toEqual({ refused: 'failed' })
    expect(thrown.errors).toEqual(['event handler failed {"event":"ask","error":"TypeError: inner detail"}'])
    expect(await dispatch(() => Promise.reject(new Error('later'))).ask({ n: 1 })).toEqual({ refused: 'failed' })
  })
  it('what was not allowed or not understood is a line with device, person and call, and no more than one a minute', async () => {
    const person = { id: 'a'.repeat(16) as PersonId, name: 'Ada', role: 'staff' as const, fresh: false }
    const { ask, warnings } = dispatch(() => 1, () => ({ ...SESSION, role: 'staff', person }))
    for (let i = 0; i < 20; i++) expect(await ask({ n: 1 })).toEqual({ refused: 'forbidden' })
    const odd = dispatch(() => 1)
    for (let i = 0; i < 20; i++) expect(await odd.ask({ n: 'canary' })).toEqual({ refused: 'bad_request' })
    expect(warnings).toEqual([`call not allowed {"dev":"${SESSION.dev}","person":"${person.id}","event":"ask"}`])
    expect(odd.warnings).toEqual([`call not understood {"dev":"${SESSION.dev}","person":null,"event":"ask"}`])
  })
  it('never answering becomes a timeout', async () => {
    expect(await dispatch(() => new Promise(() => undefined)).ask({ n: 1 })).toEqual({ refused: 'timeout' })
  })
  it('a reply that cannot be sent ends nothing', async () => {
    const { socket, errors } = dispatch(() => 1n)
    const answered = new Promise<void>((resolve) => {
      socket.emit('ask', { n: 1 }, (reply: unknown) => {
        setImmediate(resolve)
        JSON.stringify(reply)
      })
    })
    await answered
    expect(errors).toEqual(['reply not sent {"event":"ask","error":"TypeError"}'])
  })
  it('a session that is gone is asked for at every event, not once', async () => {
    let live: Session | null = SESSION
    const { ask } = dispatch(() => 'yes', () => live)
    expect(await ask({ n: 1 })).toBe('yes')
    live = null
    expect(await ask({ n: 1 })).toEqual({ refused: 'revoked' })
    live = { ...SESSION, role: 'staff' }
    expect(await ask({ n: 1 })).toEqual({ refused: 'forbidden' })
  })
})
