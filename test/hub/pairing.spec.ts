import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { memoryStores } from '#hub/stores/memory/memory-stores.ts'
import { decidePairing, listAsked } from '#hub/use-cases/devices/decide-pairing.ts'
import { openCode } from '#shared/devices/pairing.ts'
import { parseCode, type CodeText } from '#shared/devices/pairing-code.ts'
import { formatNumber, pairingNumber } from '#shared/devices/pairing-number.ts'
import { PLAIN_PROFILE } from '#shared/devices/profile.ts'
import { base64UrlToBytes } from '#shared/kernel/bytes.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import type { PairReply, PairWaiting } from '#shared/protocol/pairing.ts'
import type { AskedDevice, CodeWish } from '#shared/protocol/pairing-calls.ts'
import { connect, newDeviceKey, pairTestDevice, postJson, signIn, startTestHub, type Link, type TestHub } from './test-hub.ts'

type Reply<T> = { readonly ok: boolean; readonly value: T; readonly error?: { readonly code: string } }
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

let hub: TestHub
let manager: Link
let at: number | null = null
beforeAll(async () => {
  hub = await startTestHub({ deps: { clock: { now: () => millis(at ?? Date.now()) } } })
  manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  await signIn(hub, manager)
})
afterAll(() => hub?.remove())
afterEach(() => {
  at = null
})

const makeCode = async (wish: Partial<CodeWish> = {}): Promise<{ readonly code: string; readonly id: string }> =>
  ((await manager.ask('device.code', { role: 'kiosk', name: 'Eingang', touchpoint: null, ...wish })) as Reply<{ readonly code: string; readonly id: string }>).value
const askWith = async (code: string, { url = hub.url, instead, role = 'kiosk' }: { readonly url?: string; readonly instead?: string; readonly role?: string } = {}) => {
  const { pub } = newDeviceKey()
  const response = await postJson(`${url}/api/pair`, { pv: 4, code, pub, role, name: 'Kiosk', ...(instead && { instead }) })
  const parsed = parseCode(code)
  const raw = base64UrlToBytes(pub)
  if (!parsed.ok || !raw.ok) throw new Error('no code')
  return { status: response.status, ...((await response.json()) as PairWaiting & { readonly code?: string }), number: pairingNumber(raw.value, parsed.value) }
}
const waitWith = async (ticket: string, url = hub.url): Promise<{ readonly status: number; readonly body: Partial<PairReply> & { readonly code?: string; readonly leftMs?: number } }> => {
  const response = await postJson(`${url}/api/pair/wait`, { ticket })
  return { status: response.status, body: (await response.json()) as Partial<PairReply> }
}
const waiting = async (): Promise<readonly AskedDevice[]> => ((await manager.ask('pairing.list', {})) as Reply<readonly AskedDevice[]>).value
const decide = (request: { readonly id: string; readonly number: string; readonly letIn: boolean }) => manager.ask('pairing.decide', request) as Promise<Reply<unknown>>
const deviceCount = async (): Promise<number> => ((await manager.ask('devices.list', {})) as Reply<readonly unknown[]>).value.length

describe('a device that asks with a manager’s code', () => {
  it('is issued nothing before the manager has compared the number, which each side works out by itself', async () => {
    const { code, id } = await makeCode()
    const before = await deviceCount()
    const asked = await askWith(code)
    expect(asked).toMatchObject({ status: 202, confirm: 'manager', ticket: expect.stringMatching(new RegExp(`^${id}`)) })
    expect(await waiting()).toEqual([{ id, number: asked.number, role: 'kiosk', name: 'Eingang', askedAt: expect.any(Number), expiresAt: expect.any(Number) }])
    expect(await waitWith(asked.ticket)).toEqual({ status: 202, body: { leftMs: expect.any(Number) } })
    expect(await deviceCount()).toBe(before)
    expect(await decide({ id, number: asked.number, letIn: true })).toEqual({ ok: true, value: { decided: true } })
    const first = await waitWith(asked.ticket)
    expect(first).toMatchObject({ status: 200, body: { role: 'kiosk', name: 'Eingang', token: expect.stringMatching(/^[\w-]{43}$/) } })
    // The answer got lost on its way: it is the same device, with the same token.
    expect(await waitWith(asked.ticket)).toEqual(first)
    expect([await deviceCount(), await waiting()]).toEqual([before + 1, []])
  })
  it('that is refused is told so, and its code is dead', async () => {
    const { code, id } = await makeCode()
    const asked = await askWith(code)
    await decide({ id, number: asked.number, letIn: false })
    expect(await waitWith(asked.ticket)).toEqual({ status: 403, body: { code: 'Refused' } })
    expect(await askWith(code)).toMatchObject({ status: 403, code: 'CodeUsed' })
  })
  it('has the code alone: a second one is told that another waits, and neither takes its place', async () => {
    const { code, id } = await makeCode()
    const asked = await askWith(code)
    expect(await askWith(code)).toMatchObject({ status: 403, code: 'CodeTaken' })
    expect(await askWith(code, { instead: `${id}${'A'.repeat(43)}` })).toMatchObject({ status: 403, code: 'CodeTaken' })
    expect((await waiting()).map(({ number }) => number)).toEqual([asked.number])
    await decide({ id, number: asked.number, letIn: false })
  })
  it('shows another number after its page began anew, and the one before counts no more', async () => {
    const { code, id } = await makeCode()
    const before = await askWith(code)
    const asked = await askWith(code, { instead: before.ticket })
    expect((await waiting()).map(({ number }) => number)).toEqual([asked.number])
    expect(await decide({ id, number: before.number === asked.number ? 'same' : before.number, letIn: true })).toMatchObject({ ok: false, error: { code: 'not_found' } })
    await decide({ id, number: asked.number, letIn: true })
    expect([(await waitWith(before.ticket)).status, (await waitWith(asked.ticket)).status]).toEqual([403, 200])
  })
  it('comes too late after ten minutes, and waits three at most', async () => {
    const { code } = await makeCode()
    at = Date.now() + 600_000
    expect(await askWith(code)).toMatchObject({ status: 403, code: 'CodeExpired' })
    at = Date.now()
    const { code: second, id } = await makeCode()
    const asked = await askWith(second)
    at += 600_001
    expect(await waitWith(asked.ticket)).toEqual({ status: 403, body: { code: 'CodeExpired' } })
    expect(await decide({ id, number: asked.number, letIn: true })).toMatchObject({ ok: false })
  })
  it('dies after five wrong tries, whoever made them', async () => {
    const { code } = await makeCode()
    const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`
    const tries: (string | undefined)[] = []
    for (let i = 0; i < 5; i++) tries.push((await askWith(wrong)).code)
    expect(tries).toEqual(['CodeWrong', 'CodeWrong', 'CodeWrong', 'CodeWrong', 'TooManyTries'])
    expect(await askWith(code)).toMatchObject({ status: 429, code: 'TooManyTries' })
  })
})

describe('a hub that is started anew', () => {
  it('still knows the device that waits; the manager’s word reaches it', async () => {
    const own = await startTestHub()
    const paired = await pairTestDevice(own.url, own.setupCode!, 'manager')
    const link = await connect(own.url, paired)
    await signIn(own, link)
    const { value } = (await link.ask('device.code', { role: 'kiosk', name: 'Eingang', touchpoint: null })) as Reply<{ readonly code: string; readonly id: string }>
    const asked = await askWith(value.code, { url: own.url })
    await own.stop()
    const again = await startTestHub({ folder: own.folder, port: own.port })
    closers.push(() => again.remove())
    const anew = await connect(again.url, paired)
    closers.push(() => anew.close())
    await signIn(again, anew)
    expect((await waitWith(asked.ticket, again.url)).status).toBe(202)
    expect(await anew.ask('pairing.decide', { id: value.id, number: asked.number, letIn: true })).toEqual({ ok: true, value: { decided: true } })
    expect((await waitWith(asked.ticket, again.url)).status).toBe(200)
  })
})

describe('the setup code of a hub that others can reach', () => {
  const setUp = async (): Promise<{ readonly own: TestHub; readonly key: string; readonly asked: Awaited<ReturnType<typeof askWith>> }> => {
    const own = await startTestHub({ empty: true })
    closers.push(() => own.remove())
    expect(own.pairingCode).toBeNull()
    const asked = await askWith(own.setupCode!, { url: own.url, role: 'manager' })
    expect(own.told.at(-1)).toContain(`the number ${formatNumber(asked.number)}`)
    return { own, asked, key: own.told.at(-1)!.slice(-4) }
  }
  const answer = async (own: TestHub, ticket: string, key: string) => {
    const response = await postJson(`${own.url}/api/pair/answer`, { ticket, key })
    return { status: response.status, body: (await response.json()) as Partial<PairReply> & { readonly code?: string } }
  }
  it('is confirmed by what only the console shows, beside the number', async () => {
    const { own, asked, key } = await setUp()
    expect(asked).toMatchObject({ status: 202, confirm: 'console' })
    expect((await answer(own, asked.ticket, key === 'AAAA' ? 'BBBB' : 'AAAA')).body).toEqual({ code: 'KeyWrong' })
    expect(await answer(own, asked.ticket, key.toLowerCase())).toMatchObject({ status: 200, body: { role: 'manager' } })
  })
  it('is refused for good after five wrong answers', async () => {
    const { own, asked, key } = await setUp()
    const wrong = key === 'AAAA' ? 'BBBB' : 'AAAA'
    const codes: (string | undefined)[] = []
    for (let i = 0; i < 5; i++) codes.push((await answer(own, asked.ticket, wrong)).body.code)
    expect(codes).toEqual(['KeyWrong', 'KeyWrong', 'KeyWrong', 'KeyWrong', 'Refused'])
    expect((await answer(own, asked.ticket, key)).body).toEqual({ code: 'Refused' })
    expect(own.told.at(-1)).toContain('used up')
  })
  it('is nothing that a manager sees or decides on', () => {
    const { codes, transactions, audit } = memoryStores()
    const parts = { codes, transactions, audit, clock: { now: () => millis(5) }, hints: { devices: () => undefined }, log: { info: () => undefined, warn: () => undefined, error: () => undefined } }
    const code = openCode('ABCD2345' as CodeText, { roles: ['manager'], name: null, touchpoint: null, expiresAt: millis(9), usesLeft: 0, confirm: 'console' })
    const asked = { ticketHash: 't', number: '004071', pub: 'B', role: 'manager' as const, name: 'x', at: millis(1), keyHash: 'k', wrongKeys: 0, by: null, state: { type: 'waiting' as const } }
    codes.save({ ...code, asked })
    const decided = (): unknown => decidePairing(parts)({ id: 'AB', number: '004071', letIn: true }, { who: 'anna', dev: 'd' as DeviceId })
    expect([listAsked(parts)(), decided()]).toEqual([[], { ok: false, error: { type: 'NothingWaits' } }])
    codes.save({ ...code, confirm: 'manager', asked })
    expect([listAsked(parts)().length, decided()]).toEqual([1, { ok: true, value: { decided: true } }])
  })
  it('asks nobody in a demo that only this machine reaches; the console tells the number', () => {
    expect(hub.told.filter((line) => line.includes('It showed the number'))).toHaveLength(1)
  })
})

describe('what a device is for', () => {
  const profile = { ...PLAIN_PROFILE, place: 'links vom Eingang', languages: ['en'] as const, modules: ['offers', 'feedback'] as const, touchpoint: 'cheese-counter' }
  const documentOf = async (dev: string): Promise<unknown> => {
    type Part = { readonly head: { readonly hash: string }; readonly items: readonly (readonly [string, unknown])[]; readonly parts: number }
    const items = new Map<string, unknown>()
    for (let index = 0, parts = 1, hash = ''; index < parts; index++) {
      const part = (await manager.ask('pull', { pv: 4, have: null, ...(index > 0 && { part: { hash, index } }) })) as unknown as Part
      for (const [id, body] of part.items) items.set(id, body)
      parts = part.parts
      hash = part.head.hash
    }
    return items.get(`profile/${dev}`)
  }
  it('is chosen with the code, and stands in the release that the device fetches', async () => {
    const { code } = await makeCode({ profile: { ...profile } })
    const device = await pairTestDevice(hub.url, code, 'kiosk', 'x', manager)
    expect(device.touchpoint).toBe('cheese-counter')
    expect(await documentOf(device.dev)).toEqual({ id: device.dev, ...profile })
  })
  it('is changed by a manager, goes along with whatever is published, and ends with the device', async () => {
    const { code } = await makeCode()
    const device = await pairTestDevice(hub.url, code, 'kiosk', 'x', manager)
    expect(await manager.ask('profile.save', { id: device.dev, ...profile })).toMatchObject({ ok: true, value: { type: 'saved' } })
    expect(await documentOf(device.dev)).toMatchObject({ place: 'links vom Eingang' })
    expect(await manager.ask('profile.save', { id: device.dev, ...profile, touchpoint: 'moon' })).toEqual({ ok: true, value: { type: 'faulty', field: 'touchpoint' } })
    expect(await manager.ask('profile.save', { id: device.dev, ...profile, modules: [] })).toMatchObject({ ok: false, error: { code: 'bad_request' } })
    expect(await manager.ask('profile.save', { id: device.dev, ...profile, panel: { diagonalMm: 812, widthPx: 1080, heightPx: 1920 }, middleMm: 2000 })).toMatchObject({ ok: false, error: { code: 'bad_request' } })
    await manager.ask('device.revoke', { dev: device.dev })
    expect(await manager.ask('profile.save', { id: device.dev, ...profile })).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })
})
