/** A code that somebody types while the page still looks whether one waited before. */
import { describe, expect, it } from 'vitest'
import type { DeviceIdentity, PairError, PairingRequest } from '#kiosk/lib/sync/device.ts'
import { DeviceView } from '#kiosk/lib/state/device-view.svelte.ts'
import { PairingView } from '#kiosk/lib/state/pairing-view.svelte.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { fakeClock } from '../../fake-clock.ts'
import { fakeDevice, IDENTITY } from '../../fake-device.ts'

type Asked = { readonly request: PairingRequest; readonly reply: (answer: Result<DeviceIdentity, PairError>) => Promise<void> }

const unpaired = (given = ''): { readonly asked: readonly Asked[]; readonly pairing: PairingView; readonly ready: readonly string[] } => {
  const asked: Asked[] = []
  const ready: string[] = []
  const { device } = fakeDevice({ identity: null })
  const pair: typeof device.pair = (request) => new Promise((resolve) => {
    asked.push({ request, reply: async (answer) => { resolve(answer); await new Promise((done) => { queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => done(undefined)))) }) } })
  })
  const view = new DeviceView(Object.assign(Object.create(device) as typeof device, { pair }))
  return { asked, ready, pairing: new PairingView({ view, clock: fakeClock().clock, role: 'staff', name: () => 'Tablet', given, onready: ({ name }) => ready.push(name) }) }
}

describe('a code typed while the page looks whether one waited', () => {
  it('stays when none did', async () => {
    const { asked, pairing } = unpaired()
    pairing.begin()
    pairing.type('K7P2M9')
    await asked[0]?.reply(err({ type: 'NothingLeft' }))
    expect([pairing.code, pairing.busy, pairing.error]).toEqual(['K7P2M9', false, null])
  })

  it('is the one that counts once pressed: whatever the look says later changes nothing', async () => {
    const { asked, pairing, ready } = unpaired()
    pairing.begin()
    pairing.type('K7P2M9')
    void pairing.pair()
    expect(asked.map(({ request }) => [request.code, request.signal?.aborted])).toEqual([[null, true], ['K7P2M9', false]])
    await asked[0]?.reply(err({ type: 'CodeExpired' }))
    expect([pairing.code, pairing.busy, pairing.error, ready]).toEqual(['K7P2M9', true, null, []])
    asked[0]?.request.onwait?.({ number: '111111', confirm: 'console', leftMs: 5000, unheard: false, keyWrong: false, answer: () => undefined })
    expect(pairing.wait).toBeNull()
    await asked[1]?.reply(ok(IDENTITY))
    expect([pairing.busy, ready]).toEqual([false, ['Eingang']])
  })

  it('goes when the hub refuses it, and stays when the hub is out of reach', async () => {
    const { asked, pairing } = unpaired('K7P2M9')
    pairing.begin()
    await asked[0]?.reply(err({ type: 'HubUnreachable' }))
    expect([pairing.code, pairing.error]).toEqual(['K7P2M9', 'HubUnreachable'])
    void pairing.pair()
    await asked[1]?.reply(err({ type: 'CodeUsed' }))
    expect([pairing.code, pairing.error]).toEqual(['', 'CodeUsed'])
  })
})
