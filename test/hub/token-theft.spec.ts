import { createServer, type IncomingMessage } from 'node:http'
import { connect as connectTcp, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Challenge } from '#shared/protocol/channels.ts'
import { connect, newDeviceKey, pairTestDevice, postJson, signChallenge, startTestHub, type LinkOptions, type TestDevice, type TestHub } from './test-hub.ts'

let hub: TestHub
let [kiosk, staff]: TestDevice[] = []
/** What somebody who listened to one handshake has: a challenge and its answer. */
const heard: { challenge?: Challenge; reply?: unknown } = {}
beforeAll(async () => {
  hub = await startTestHub()
  kiosk = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk')
  staff = await pairTestDevice(hub.url, hub.pairingCode!, 'staff')
  const link = await connect(hub.url, kiosk, { sign: (challenge, host) => (heard.reply = signChallenge(kiosk!.key)((heard.challenge = challenge), host)) })
  link.close()
})
afterAll(() => hub.remove())

const own = (): string => new URL(hub.url).host

describe('a stolen token', () => {
  const thefts: readonly (readonly [what: string, options: () => LinkOptions])[] = [
    ['without the key behind it', () => ({ sign: signChallenge(newDeviceKey().key) })],
    ['with the key of another device', () => ({ sign: signChallenge(staff!.key) })],
    ['with an answer that was heard before', () => ({ sign: () => heard.reply })],
    ['with the answer to an earlier question, signed anew by a device that was tricked', () => ({ sign: () => signChallenge(kiosk!.key)(heard.challenge!, own()) })],
    ['with an answer that was given to a hub of another name', () => ({ sign: (challenge) => signChallenge(kiosk!.key)(challenge, 'elsewhere.example') })],
    ['with the answer of another start of the hub', () => ({ sign: (challenge, host) => signChallenge(kiosk!.key)({ ...challenge, hubEpoch: 'other.1' }, host) })],
    ['with no answer at all', () => ({ sign: () => null })],
    ['with an answer of zeros', () => ({ sign: () => ({ sig: 'A'.repeat(86) }) })],
    ['with too much in its answer', () => ({ sign: (challenge, host) => ({ ...signChallenge(kiosk!.key)(challenge, host), role: 'manager' }) })],
  ]
  it.each(thefts)('%s opens nothing', async (_what, options) => {
    await expect(connect(hub.url, kiosk!, options())).rejects.toThrow('io server disconnect')
  })
  it('opens nothing under the name of another device', async () => {
    await expect(connect(hub.url, { ...staff!, token: kiosk!.token })).rejects.toThrow('auth')
    await expect(connect(hub.url, { ...kiosk!, token: kiosk!.token.slice(0, -1) + (kiosk!.token.endsWith('A') ? 'B' : 'A') })).rejects.toThrow('auth')
  })
  it('is worth nothing to another hub that tells a device to sign for it', async () => {
    // A page of another hub asks the device's browser; what it signs names that hub.
    const other = await startTestHub()
    let challenge: Challenge | null = null
    const foreign = await pairTestDevice(other.url, other.pairingCode!, 'kiosk')
    const link = await connect(other.url, foreign, { sign: (asked, host) => signChallenge(foreign.key)((challenge = asked), host) })
    link.close()
    await expect(connect(hub.url, kiosk!, { sign: () => signChallenge(kiosk!.key)(challenge!, new URL(other.url).host) })).rejects.toThrow('io server disconnect')
    await other.remove()
  })
})

/** A socket opened by hand, as a page of somebody else has its visitor's browser do it: the first line of the answer. */
const upgrade = (headers: Record<string, string>): Promise<string> =>
  new Promise((resolve) => {
    const lines = Object.entries({ Host: own(), Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', ...headers }).map(([name, value]) => `${name}: ${value}`)
    const line = connectTcp(hub.port, '127.0.0.1', () => line.write(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`))
    line.once('data', (chunk) => {
      resolve(String(chunk).split('\r\n', 1)[0]!)
      line.destroy()
    })
    line.on('error', () => resolve('closed')).on('close', () => resolve('closed'))
  })

describe('a page of another origin', () => {
  const foreign = ['https://elsewhere.example', 'null', 'http://127.0.0.1', 'http://127.0.0.1:1', 'https://HOST', 'http://HOST.elsewhere.example', 'http://elsewhere.example/http://HOST', 'http://localhost:1', 'file://', 'chrome-extension://abc', '']
  it.each(foreign)('%j opens no socket', async (origin) => {
    expect(await upgrade({ Origin: origin.replace('HOST', own()) })).toBe('HTTP/1.1 403 Forbidden')
  })
  it.each(foreign)('%j gets no answer of a call', async (origin) => {
    const response = await postJson(`${hub.url}/api/pair`, { pv: 1, code: hub.pairingCode, pub: newDeviceKey().pub, role: 'kiosk', name: 'x' }, { origin: origin.replace('HOST', own()) })
    expect([response.status, await response.json()]).toEqual([403, { code: 'forbidden' }])
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })
  it('is not let in by a cookie, because the hub knows none: it sets none, and reads none', async () => {
    expect(await upgrade({ Origin: 'https://elsewhere.example', Cookie: `token=${kiosk!.token}` })).toBe('HTTP/1.1 403 Forbidden')
    expect(await upgrade({ Origin: hub.url })).toBe('HTTP/1.1 101 Switching Protocols')
    for (const path of ['/', '/shopper/', '/api/store', '/socket.io/?EIO=4&transport=polling']) expect((await fetch(hub.url + path)).headers.get('set-cookie')).toBeNull()
  })
  it('is not asked for permission: a question ahead of a call is answered without one', async () => {
    const asked = await fetch(`${hub.url}/api/pair`, { method: 'OPTIONS', headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' } })
    expect([asked.status, asked.headers.get('access-control-allow-origin'), asked.headers.get('access-control-allow-methods')]).toEqual([404, null, null])
  })
  it('reaches nothing under a name of its own that leads to this hub', async () => {
    expect(await upgrade({ Host: 'rebound.example', Origin: 'http://rebound.example' })).toBe('HTTP/1.1 403 Forbidden')
    expect(await upgrade({ Host: 'rebound.example' })).toBe('HTTP/1.1 403 Forbidden')
  })
})

describe('a device', () => {
  it('shows its token to nobody before it knows the address: it stands in no URL and no header', async () => {
    const asked: IncomingMessage[] = []
    const trap = createServer((request, response) => {
      asked.push(request)
      response.end()
    }).on('upgrade', (request, line) => {
      asked.push(request)
      line.destroy()
    })
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve))
    await connect(`http://127.0.0.1:${(trap.address() as AddressInfo).port}`, kiosk!).catch(() => undefined)
    trap.close()
    expect(asked.length).toBeGreaterThan(0)
    for (const { url, headers } of asked) expect(JSON.stringify([url, headers])).not.toContain(kiosk!.token)
  })
})
