/** What browsers report of a page that tried what its policy forbids. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { violationRoutes, type Violations } from '#hub/transport/http/violation-routes.ts'
import { millis } from '#shared/kernel/time.ts'
import { startTestHub, type TestHub } from './test-hub.ts'

let now = 0
let lines: (readonly [string, object])[]
let violations: Violations
beforeEach(() => {
  now = 0
  lines = []
  const log = { info: () => undefined, warn: (words: string, facts: object = {}) => void lines.push([words, facts]), error: () => undefined }
  violations = violationRoutes({ clock: { now: () => millis(now) }, log })
})
const report = (said: object) => violations.routes[0]!.answer({ 'csp-report': said }, { address: '192.0.2.7', host: 'hub' })

describe('a reported breach', () => {
  it('is one line with kind and app, without the address, the sample or who it was', async () => {
    await report({ 'document-uri': 'https://hub.example/shopper/?q=hallux', 'effective-directive': 'script-src-elem', 'blocked-uri': 'https://evil.example/x.js', 'script-sample': 'hallux()' })
    expect(lines).toEqual([['a page tried what its policy forbids', { breach: 'script-src-elem', app: 'shopper' }]])
    await report({ 'document-uri': 'not an address', 'violated-directive': "img-src 'self'" })
    await report({ 'document-uri': 'https://hub.example/hallux', 'effective-directive': 'hallux' })
    expect(lines.slice(1).map(([, facts]) => facts)).toEqual([{ breach: 'img-src', app: 'other' }, { breach: 'other', app: 'other' }])
    expect(violations.count()).toBe(3)
  })
  it('fills no log: one line a minute, with how many there were', async () => {
    for (let i = 0; i < 500; i++) await report({ 'effective-directive': 'img-src' })
    expect(lines).toHaveLength(1)
    now += 60_000
    await report({ 'effective-directive': 'img-src' })
    expect(lines[1]![1]).toEqual({ breach: 'img-src', app: 'other', before: 499 })
    expect(violations.count()).toBe(501)
  })
})

describe('at the hub', () => {
  let hub: TestHub
  afterEach(() => hub.remove())
  it('every page names the address, which takes reports and nothing else', async () => {
    hub = await startTestHub()
    const send = (type: string, body: string) => fetch(`${hub.url}/api/violations`, { method: 'POST', headers: { 'content-type': type }, body }).then(({ status }) => status)
    const page = await fetch(`${hub.url}/`)
    expect(page.headers.get('content-security-policy')).toContain('; report-uri /api/violations')
    expect(await send('application/csp-report', '{"csp-report":{"effective-directive":"img-src"}}')).toBe(202)
    expect(await send('application/json', '{"csp-report":{}}')).toBe(400)
    expect(await send('application/csp-report', '{"csp-report":7}')).toBe(400)
    expect(await send('application/csp-report', `{"csp-report":{"document-uri":"${'x'.repeat(40_000)}"}}`)).toBe(413)
    expect(await send('application/csp-report', '{')).toBe(400)
  })
})
