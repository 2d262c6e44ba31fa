import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { callDoor, headersOf } from '#hub/transport/outgoing/call-door.ts'
import { isOwnNetwork } from '#hub/transport/outgoing/own-networks.ts'
import { millis } from '#shared/kernel/time.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
const listen = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`
}
const call = (url: string) => ({ url, id: 'msg_1', at: millis(1_614_265_330_000), body: '{"test": 2432232314}', secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] })
const own = callDoor(['127.0.0.1'], { timeoutMs: 300, maxBytes: 1000 })

describe('a signature', () => {
  it('is that of the published example of Standard Webhooks, and there are two while the secret is renewed', () => {
    const example = { ...call(''), id: 'msg_p5jXN8AQM9LWM0D4loKWxJek' }
    expect(headersOf(example)).toMatchObject({ 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' })
    expect(headersOf({ ...example, secrets: [...example.secrets, 'whsec_AAAA'] })['webhook-signature']!.split(' ').length).toBe(2)
  })
})

describe('an address', () => {
  it.each([
    ['https://elsewhere.example/told', null],
    ['http://elsewhere.example/told', 'insecure'],
    ['https://10.0.0.5/', 'private'],
    ['https://0x7f.1/', 'private'],
    ['https://2130706433/', 'private'],
    ['https://[::1]/', 'private'],
    ['https://[::ffff:10.0.0.1]/', 'private'],
    ['https://localhost/', 'private'],
    ['https://169.254.169.254/latest', 'private'],
    ['https://user:word@elsewhere.example/', 'address'],
    ['ftp://elsewhere.example/', 'address'],
    ['elsewhere', 'address'],
  ])('%s: %s', (url, fault) => expect(callDoor([]).faultOf(url)).toBe(fault))
  it('in a network of one\'s own is allowed by the configuration alone, in clear on this machine alone', () => {
    const door = callDoor(['10.0.0.5', '127.0.0.1'])
    expect(['https://10.0.0.5/', 'http://10.0.0.5/', 'http://127.0.0.1:8080/', 'https://10.0.0.6/'].map((url) => door.faultOf(url))).toEqual([null, 'insecure', null, 'private'])
  })
  it('is judged where the name leads when it is called', async () => {
    const asked: string[] = []
    const door = callDoor([], { timeoutMs: 300, maxBytes: 1000 }, (host, done) => {
      asked.push(host)
      done(null, [{ address: '9.9.9.9', family: 4 }, { address: '10.0.0.5', family: 4 }])
    })
    expect(await door.call(call('https://elsewhere.example/'))).toEqual({ ok: false, error: { type: 'CallFailed', why: 'its name leads into a private network', waitMs: null } })
    expect(asked).toEqual(['elsewhere.example'])
  })
  it('of a network of one\'s own is known in both versions, also inside of others', () => {
    expect([isOwnNetwork('192.168.1.4'), isOwnNetwork('fd00::1'), isOwnNetwork('64:ff9b::a00:1'), isOwnNetwork('9.9.9.9'), isOwnNetwork('2620:fe::fe'), isOwnNetwork('nonsense')]).toEqual([true, true, true, false, false, true])
  })
})

describe('a call', () => {
  it('is taken when any 2xx comes back', async () => {
    const seen: string[] = []
    const url = await listen((request, response) => {
      request.on('data', (chunk: Buffer) => seen.push(chunk.toString()))
      request.on('end', () => response.writeHead(202).end('thanks'))
    })
    expect(await own.call(call(url))).toEqual({ ok: true, value: undefined })
    expect(seen).toEqual(['{"test": 2432232314}'])
  })
  it('goes nowhere else: a redirection is a refusal', async () => {
    let calls = 0
    const elsewhere = await listen((_, response) => void response.writeHead(200).end(String((calls += 1))))
    const url = await listen((_, response) => void response.writeHead(307, { location: elsewhere }).end())
    expect(await own.call(call(url))).toEqual({ ok: false, error: { type: 'CallFailed', why: 'it answered 307 and named another address', waitMs: null } })
    expect(calls).toBe(0)
  })
  it('ends after its time, and tells how long a busy receiver wants to rest', async () => {
    const slow = await listen(() => undefined)
    expect(await own.call(call(slow))).toEqual({ ok: false, error: { type: 'CallFailed', why: 'no answer within 0.3 s', waitMs: null } })
    const busy = await listen((_, response) => void response.writeHead(429, { 'retry-after': '60' }).end())
    expect(await own.call(call(busy))).toEqual({ ok: false, error: { type: 'CallFailed', why: 'it answered 429', waitMs: 60_000 } })
  })
  it('hears that a receiver wants no more', async () => {
    const gone = await listen((_, response) => void response.writeHead(410).end())
    expect(await own.call(call(gone))).toEqual({ ok: false, error: { type: 'CallFailed', why: 'it answered 410: it wants no more calls', waitMs: null, isGone: true } })
  })
  it('does not read an answer without end', async () => {
    let written = 0
    const url = await listen((_, response) => {
      response.writeHead(200)
      const more = (): void => {
        written += 1
        if (!response.destroyed && written < 100_000) response.write('x'.repeat(10_000), () => setImmediate(more))
      }
      more()
    })
    expect(await own.call(call(url))).toEqual({ ok: true, value: undefined })
    expect(written).toBeLessThan(10_000)
  })
  it('to a place where nobody listens fails with the system\'s word', async () => {
    const url = await listen(() => undefined)
    servers.pop()!.close()
    expect(await own.call(call(url))).toMatchObject({ ok: false, error: { why: 'ECONNREFUSED' } })
  })
})
