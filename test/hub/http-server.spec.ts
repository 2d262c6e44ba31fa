import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as connectTcp } from 'node:net'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newDeviceKey, postJson, startTestHub, type TestHub } from './test-hub.ts'

let hub: TestHub
const files = mkdtempSync(join(tmpdir(), 'einklang-files-'))

beforeAll(async () => {
  for (const folder of ['dist/shopper', 'dist/checkout', 'dist/assets', 'dist/pictures']) mkdirSync(join(files, folder), { recursive: true })
  writeFileSync(join(files, 'secret.txt'), 'secret')
  writeFileSync(join(files, 'dist/.hidden'), 'secret')
  writeFileSync(join(files, 'dist/shopper/index.html'), '<title>shopper</title>')
  writeFileSync(join(files, 'dist/shopper/sw.js'), '// worker')
  writeFileSync(join(files, 'dist/checkout/index.html'), '<title>checkout</title>')
  writeFileSync(join(files, 'dist/assets/app-12345678.js'), 'let plain')
  writeFileSync(join(files, 'dist/assets/app-12345678.js.br'), 'brotli bytes')
  writeFileSync(join(files, 'dist/assets/app-12345678.js.gz'), 'gzip bytes')
  writeFileSync(join(files, 'dist/pictures/milk.svg'), '<svg/>')
  hub = await startTestHub({ deps: { files: join(files, 'dist') } })
})
afterAll(async () => {
  await hub.remove()
  rmSync(files, { recursive: true, force: true })
})

/** As it is, without the clean-up that `fetch` does to paths and headers. */
const raw = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<{ status: number; body: string; headers: Record<string, unknown> }> =>
  new Promise((resolve, reject) => {
    request({ port: hub.port, host: '127.0.0.1', path, method, headers }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += chunk))
      response.on('end', () => resolve({ status: response.statusCode!, body, headers: response.headers }))
    }).on('error', reject).end()
  })

describe('the hub over HTTP', () => {
  it('says that it is well, and nothing else', async () => {
    const { status, body } = await raw('/healthz')
    expect([status, body]).toEqual([200, '{"ok":true}'])
  })
  it('links the four apps at its root', async () => {
    const { body } = await raw('/')
    expect(['/shopper/', '/staff/', '/manager/', '/checkout/'].filter((app) => body.includes(`href="${app}"`))).toHaveLength(4)
  })
  it('sets the same strict headers on every answer', async () => {
    for (const path of ['/', '/healthz', '/shopper/', '/assets/app-12345678.js', '/nowhere', '/api/none', '/socket.io/', '/socket.io/?EIO=4&transport=polling', '/metrics', '/shop/webhook', '/shopper']) {
      const { headers } = await raw(path)
      expect(headers['content-security-policy']).toBe(
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types default svelte-trusted-html; report-uri /api/violations",
      )
      expect([headers['x-content-type-options'], headers['referrer-policy'], headers['cross-origin-opener-policy'], headers['cross-origin-resource-policy']]).toEqual(['nosniff', 'no-referrer', 'same-origin', 'same-origin'])
      expect(headers['permissions-policy']).toBe('camera=(), microphone=(), geolocation=(), payment=(), usb=()')
      expect(headers['strict-transport-security']).toBeUndefined()
    }
  })
  it('serves an app, and its page for every screen of it', async () => {
    for (const path of ['/shopper/', '/shopper/basket', '/shopper/product/00-1?x=1']) expect((await raw(path)).body).toBe('<title>shopper</title>')
    expect((await raw('/shopper')).headers['location']).toBe('/shopper/')
    expect((await raw('/shopper/missing.js')).status).toBe(404)
    expect((await raw('/staff/')).status).toBe(404)
  })
  it('lets hashed files be kept for ever, pages and workers for no time, and the checkout page not at all', async () => {
    const kept = async (path: string): Promise<unknown> => (await raw(path)).headers['cache-control']
    expect(await kept('/assets/app-12345678.js')).toBe('public, max-age=31536000, immutable')
    expect(await kept('/shopper/')).toBe('no-cache')
    expect(await kept('/shopper/sw.js')).toBe('no-cache')
    expect(await kept('/checkout/')).toBe('no-store')
    expect(await kept('/pictures/milk.svg')).toBe('public, max-age=86400')
  })
  it('serves the compressed copy that the browser can read', async () => {
    const file = '/assets/app-12345678.js'
    expect((await raw(file, { 'accept-encoding': 'gzip, br' })).body).toBe('brotli bytes')
    expect((await raw(file, { 'accept-encoding': 'gzip' })).body).toBe('gzip bytes')
    expect((await raw(file)).body).toBe('let plain')
  })
  it('serves nothing outside of the build', async () => {
    const paths = ['/../secret.txt', '/assets/../../secret.txt', '/%2e%2e/secret.txt', '/shopper/..%2f..%2fsecret.txt', '/..%5csecret.txt', '/.hidden', '//secret.txt', '/assets/%00', '/%', '/shopper/%zz']
    for (const path of paths) {
      const { status, body } = await raw(path)
      expect(body).not.toContain('secret')
      expect([200, 404]).toContain(status)
    }
  })
  it('takes only its own methods', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE']) expect((await raw('/shopper/', {}, method)).status).toBe(405)
    expect((await raw('/api/pair')).status).toBe(404)
  })
})

describe('a call to the hub', () => {
  const call = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }): Promise<Response> => fetch(`${hub.url}/api/pair`, { method: 'POST', headers, body })
  it('must be JSON, as the browser asks permission for it across origins', async () => {
    expect((await call('{}', { 'content-type': 'text/plain' })).status).toBe(400)
    expect((await call('{}', {})).status).toBe(400)
  })
  it('of any other shape is refused without a word about why', async () => {
    for (const body of ['', '{', 'null', '[]', '{"pv":2}', `{"a":${'['.repeat(50)}${']'.repeat(50)}}`, '{"__proto__":{}}']) {
      const response = await call(body)
      expect([response.status, await response.text()]).toEqual([400, '{"code":"bad_request"}'])
    }
  })
  it('of more than 32 KiB is refused', async () => {
    const response = await call(JSON.stringify({ text: 'x'.repeat(33_000) }))
    expect(response.status).toBe(413)
  })
  it('from a page of another origin, or under another host name, is forbidden', async () => {
    expect((await call('{}', { 'content-type': 'application/json', origin: 'https://evil.example' })).status).toBe(403)
    const rebound = await new Promise<number>((resolve) => {
      const sent = request({ port: hub.port, host: '127.0.0.1', path: '/api/pair', method: 'POST', headers: { host: 'evil.example', 'content-type': 'application/json' } }, (response) => resolve(response.statusCode!))
      sent.end('{}')
    })
    expect(rebound).toBe(403)
  })
  it.each([
    ['two lengths', 'content-length: 5\r\ncontent-length: 6\r\n\r\nhello!'],
    ['a length and pieces', 'content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['pieces by another name', 'transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'],
  ])('whose end is in doubt, with %s, is refused, and nothing behind it is heard', async (_what, rest) => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connectTcp(hub.port, '127.0.0.1', () => socket.write(`POST /api/pair HTTP/1.1\r\nhost: 127.0.0.1:${hub.port}\r\ncontent-type: application/json\r\n${rest}`))
      let text = ''
      socket.on('data', (chunk) => (text += chunk))
      socket.on('close', () => resolve(text))
    })
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })
  it('that is no HTTP at all ends its own connection only', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connectTcp(hub.port, '127.0.0.1', () => socket.write('\u0000\u0001 nonsense\r\n\r\n'))
      let text = ''
      socket.on('data', (chunk) => (text += chunk))
      socket.on('close', () => resolve(text))
    })
    expect(answer).toContain('400 Bad Request')
    expect((await raw('/healthz')).status).toBe(200)
  })
})

describe('a connection that wants to become something else', () => {
  it('is ended at once, also when it has asked for something before: only devices may stay', async () => {
    const said = await new Promise<string>((resolve) => {
      const line = connectTcp(hub.port, '127.0.0.1', () => line.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'))
      let text = ''
      line.on('data', (chunk) => {
        if (text === '') line.write('GET /shopper/ HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
        text += String(chunk)
      })
      line.on('error', () => undefined).on('close', () => resolve(text))
    })
    expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200'])
  })
})

describe('pairing over HTTP', () => {
  const pair = async (code: string, role: string, pub = newDeviceKey().pub): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await postJson(`${hub.url}/api/pair`, { pv: 1, code, pub, role, name: ' Terminal 1 ' })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  it('gives a device its identity, the place of its role, and the key to seal to', async () => {
    const kiosk = await pair(hub.pairingCode!.toLowerCase(), 'kiosk')
    expect(kiosk).toMatchObject({ status: 200, body: { role: 'kiosk', name: 'Terminal 1', store: 'Lindenkorb', touchpoint: 'kiosk' } })
    expect(kiosk.body['dev']).toMatch(/^[0-9a-f]{32}$/)
    expect(kiosk.body['token']).toMatch(/^[\w-]{43}$/)
    expect(kiosk.body['hubKey']).toMatch(/^B[\w-]{86}$/)
    expect((await pair(hub.setupCode!, 'manager')).body).toMatchObject({ role: 'manager', touchpoint: null })
  })
  it('never gives more than the code allows', async () => {
    expect(await pair(hub.pairingCode!, 'manager')).toEqual({ status: 403, body: { code: 'CodeWrong' } })
    expect(await pair(hub.setupCode!, 'kiosk')).toEqual({ status: 403, body: { code: 'CodeWrong' } })
    expect((await pair(hub.pairingCode!, 'admin')).status).toBe(400)
    expect((await pair('', 'kiosk')).status).toBe(400)
    expect(await pair('nonsense', 'kiosk')).toEqual({ status: 403, body: { code: 'CodeWrong' } })
  })
  it('is dead after five wrong tries, also for who knows the code', async () => {
    const own = await startTestHub()
    const code = own.pairingCode!
    const near = `${code.slice(0, 8)}${code.endsWith('0') ? '1' : '0'}`
    const tries: unknown[] = []
    for (const tried of [near, near, near, near, near, code]) {
      const response = await postJson(`${own.url}/api/pair`, { pv: 1, code: tried, pub: newDeviceKey().pub, role: 'kiosk', name: 'x' })
      tries.push([response.status, ((await response.json()) as { code: string }).code])
    }
    expect(tries).toEqual([[403, 'CodeWrong'], [403, 'CodeWrong'], [403, 'CodeWrong'], [403, 'CodeWrong'], [429, 'TooManyTries'], [429, 'TooManyTries']])
    await own.remove()
  })
  it('leaves no token, code or name in the log', async () => {
    const { body } = await pair(hub.pairingCode!, 'kiosk')
    const log = JSON.stringify(hub.lines)
    for (const secret of [String(body['token']), hub.pairingCode!, hub.pairingCode!.replace('-', ''), 'Terminal 1']) expect(log).not.toContain(secret)
    expect(log).toContain(String(body['dev']))
  })
})
