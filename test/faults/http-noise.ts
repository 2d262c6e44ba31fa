/** Requests as scanners, broken proxies and people with bad intentions send them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'

export type NoisyRequest = { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }

const METHODS = ['GET', 'GET', 'GET', 'POST', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND']
/** Every address that the hub's HTTP side names, the ones of tomorrow too. */
const ROUTES = fileURLToPath(new URL('../../hub/transport/http', import.meta.url))
export const CALLS: readonly string[] = [
  ...new Set(readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).flatMap((file) => [...readFileSync(join(ROUTES, file), 'utf8').matchAll(/'(\/[a-z][a-z-]*(?:\/[a-z-]+)*\/?)'/g)].map(([, path]) => path!))),
]
const PIECES = ['..', '..', '%2e%2e', '..%2f', '%2e%2e%2f', '..%5c', '%252e%252e', '.', '', '%00', '%ff', '%', '%c0%ae', '~', 'shopper', 'staff', 'manager', 'checkout', 'assets', 'index.html', 'worker.js', 'api', 'hub.sqlite', 'hub-key', 'publisher-key', 'package.json', '.git', 'config', '.env', 'etc', 'passwd', 'hub', 'main.ts', 'backups', 'socket.io', 'constructor', '__proto__', 'x'.repeat(300)]
/** Ways up, and what somebody would want to find there. */
const UPS = ['..', '%2e%2e', '.%2e', '..%2f..', '%2e%2e%2f%2e%2e', 'shopper/..', '..;', '%252e%252e']
const WANTED = ['package.json', 'etc/passwd', 'hub/main.ts', 'hub.sqlite', 'proc/self/environ']
const BODIES = ['', '{', 'null', '[]', '0', '"x"', '{}', '{"code":1}', '{"code":"AAAAAAAA","role":"kiosk"}', '{"__proto__":{"x":1}}', '{"payload":"123"}', `{"payload":"${'1'.repeat(3000)}"}`, '\u0000', '[1,', `{"a":${'['.repeat(3000)}${']'.repeat(3000)}}`, `{"code":"${'x'.repeat(60_000)}"}`, `{"lines":${JSON.stringify(Array.from({ length: 200 }, () => ({ n: 1e308, q: -1 })))}}`]
const TYPES = ['application/json', 'application/json', 'text/plain', 'application/json; charset=utf-16', 'multipart/form-data; boundary=', '']
const QUERIES = ['', '', '?', '?code=..%2f..', '?x[]=1&x[constructor]=2', `?${'a=1&'.repeat(200)}`, '?%', '?__proto__=1', '#x']

export const noisyRequest = (random: SeededRandom, host: string): NoisyRequest => {
  const method = random.pick(METHODS)
  const walk = (): string => `/${Array.from({ length: 1 + random.below(7) }, () => random.pick(PIECES)).join('/')}`
  const climb = (): string => `/${`${random.pick(UPS)}/`.repeat(1 + random.below(10))}${random.pick(WANTED)}`
  const path = (random.chance(0.35) ? random.pick(CALLS) : random.chance(0.3) ? climb() : walk()) + random.pick(QUERIES)
  const body = method === 'GET' || method === 'HEAD' ? '' : random.pick(BODIES)
  const odd: Record<string, string> = random.pick([
    {}, {}, { origin: 'http://elsewhere.example' }, { host: 'elsewhere.example' }, { range: 'bytes=9999999999-,0-0,-1' }, { 'if-none-match': '"x"' }, { 'accept-encoding': 'br;q=nan, *' }, { cookie: 'a=b; '.repeat(900) },
    { 'x-forwarded-for': '127.0.0.1' }, { 'x-http-method-override': 'DELETE' }, { authorization: 'Bearer null' }, { upgrade: 'websocket', connection: 'upgrade' },
  ])
  return { method, path, headers: { host, 'content-type': random.pick(TYPES), 'content-length': String(Buffer.byteLength(body)), ...odd }, body }
}

/** What is no HTTP at all, or says one thing and does another. */
export const brokenRequests: readonly string[] = [
  'GET\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', '\u0016\u0003\u0001\u0002', 'GET /\u0000 HTTP/1.1\r\nhost: x\r\n\r\n', 'POST /api/pair HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
  'POST /api/pair HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n', 'POST /api/pair HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 'GET http://elsewhere.example/ HTTP/1.1\r\nhost: x\r\n\r\n', 'CONNECT elsewhere.example:443 HTTP/1.1\r\n\r\n',
]
