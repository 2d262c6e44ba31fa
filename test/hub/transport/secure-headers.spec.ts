import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHub, type RunningHub } from '#hub/main.ts'
import { startTestHub, type TestHub } from '../test-hub.ts'

const file = (name: string): string => fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url))
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

let plain: TestHub
let secure: RunningHub
const folder = mkdtempSync(join(tmpdir(), 'einklang-tls-'))
beforeAll(async () => {
  plain = await startTestHub()
  secure = await startHub({ host: '127.0.0.1', port: 0, dataDir: folder, backupDir: join(folder, 'backups'), empty: false, publicHost: null, tls: { certFile: file('first.cert.pem'), keyFile: file('first.key.pem') }, extraOrigins: [] }, { log: silent })
})
afterAll(async () => {
  await plain.remove()
  await secure.stop()
  rmSync(folder, { recursive: true, force: true })
})

const overTls = (path: string): Promise<Record<string, unknown>> =>
  new Promise((resolve, reject) => get({ host: '127.0.0.1', port: secure.port, path, rejectUnauthorized: false }, (response) => resolve(response.resume().headers)).on('error', reject))

const handshake = (version: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string> =>
  new Promise((resolve) => {
    const line = connect({ host: '127.0.0.1', port: secure.port, rejectUnauthorized: false, minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }, () => {
      resolve(line.getProtocol() ?? 'none')
      line.destroy()
    }).on('error', () => resolve('refused'))
  })

describe('the hub over TLS', () => {
  it('says over TLS that plain http is over, for a year, and not where that has no meaning', async () => {
    for (const path of ['/', '/healthz', '/nowhere', '/api/none', '/socket.io/']) expect((await overTls(path))['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
    expect((await fetch(plain.url)).headers.get('strict-transport-security')).toBeNull()
  })
  it('speaks TLS 1.2 and 1.3 alone', async () => {
    expect([await handshake('TLSv1'), await handshake('TLSv1.1'), await handshake('TLSv1.2'), await handshake('TLSv1.3')]).toEqual(['refused', 'refused', 'TLSv1.2', 'TLSv1.3'])
  })
})

describe('every answer', () => {
  const headersOf = async (path: string, init: RequestInit = {}): Promise<Headers> => (await fetch(plain.url + path, init)).headers
  it('says of every text what it is and how it is written', async () => {
    for (const path of ['/', '/healthz', '/api/store', '/api/none', '/nowhere', '/metrics']) expect((await headersOf(path)).get('content-type'), path).toMatch(/^(text\/html|application\/json); ?charset=utf-8$/i)
  })
  it('lists no folder and names no program', async () => {
    for (const path of ['/assets/', '/pictures/', '/icons/', '/assets', '/.git/', '/api/']) expect((await fetch(plain.url + path)).status, path).toBe(404)
    for (const path of ['/', '/healthz', '/nowhere', '/api/store', '/socket.io/?EIO=4&transport=polling']) {
      const headers = await headersOf(path)
      expect([headers.get('server'), headers.get('x-powered-by'), headers.get('via')], path).toEqual([null, null, null])
    }
  })
  it('lets nobody keep an answer with data', async () => {
    for (const path of ['/healthz', '/api/store', '/api/none']) expect((await headersOf(path)).get('cache-control'), path).toBe('no-store')
    expect((await headersOf('/api/pair', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).get('cache-control')).toBe('no-store')
  })
})

describe('a hub behind a proxy', () => {
  it('believes its proxy, and nobody else, that the visitor came over TLS', async () => {
    const behind = mkdtempSync(join(tmpdir(), 'einklang-proxy-'))
    const hub = await startHub({ host: '127.0.0.1', port: 0, dataDir: behind, backupDir: join(behind, 'backups'), empty: false, publicHost: 'hub.example.de', tls: null, extraOrigins: [], trustedProxies: ['127.0.0.1'] }, { log: silent })
    const told = async (url: string): Promise<string | null> => (await fetch(`${url}/healthz`, { headers: { 'x-forwarded-proto': 'https' } })).headers.get('strict-transport-security')
    expect([await told(`http://127.0.0.1:${hub.port}`), await told(plain.url)]).toEqual(['max-age=31536000; includeSubDomains', null])
    await hub.stop()
    rmSync(behind, { recursive: true, force: true })
  })
})
