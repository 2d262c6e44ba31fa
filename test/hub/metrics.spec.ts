import { afterEach, describe, expect, it } from 'vitest'
import { readConfig } from '#hub/config.ts'
import { startTestHub, type TestHub } from './test-hub.ts'

const TOKEN = 'a-token-of-at-least-thirty-two-characters'
let hub: TestHub | undefined
afterEach(async () => {
  await hub?.remove()
  hub = undefined
})

const ask = async (headers: Record<string, string>, method = 'GET'): Promise<[number, string, string]> => {
  const reply = await fetch(`${hub!.url}/metrics`, { method, headers })
  return [reply.status, reply.headers.get('content-type') ?? '', await reply.text()]
}

describe('the figures for a watching machine', () => {
  it('are there for whoever shows the token', async () => {
    hub = await startTestHub({ metricsToken: TOKEN })
    const [status, type, text] = await ask({ authorization: `Bearer ${TOKEN}` })
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
    expect(text).toContain('einklang_devices_paired{role="kiosk"} 0\n')
    expect(text).toMatch(/^process_resident_memory_bytes [1-9]\d{7,}$/m)
  })
  it('do not exist for anybody else, nor where no token was given', async () => {
    hub = await startTestHub({ metricsToken: TOKEN })
    const wrong: readonly Record<string, string>[] = [{}, { authorization: 'Bearer ' }, { authorization: `Bearer ${TOKEN}x` }, { authorization: `Basic ${TOKEN}` }, { authorization: TOKEN }]
    for (const headers of wrong) expect(await ask(headers)).toEqual([404, 'application/json; charset=utf-8', '{"code":"not_found"}'])
    expect((await ask({ authorization: `Bearer ${TOKEN}` }, 'POST'))[0]).toBe(405)
    await hub.remove()
    hub = await startTestHub()
    expect((await ask({ authorization: 'Bearer undefined' }))[0]).toBe(404)
  })
  it('want a token that nobody guesses', () => {
    const config = readConfig([], { METRICS_TOKEN: 'short' })
    expect(config).toEqual({ ok: false, error: ['METRICS_TOKEN must have 32 to 200 visible characters, for example of: openssl rand -hex 32'] })
    expect(readConfig([], { METRICS_TOKEN: TOKEN })).toMatchObject({ ok: true, value: { metricsToken: TOKEN } })
  })
})
