import { describe, expect, it } from 'vitest'
import type { HttpQuestion } from '#hub/ports/http-door.ts'
import { fetchDoor, type DoorLimits } from '#hub/transport/outgoing/fetch-door.ts'
import { deadAddress, oddServer, ODDITIES, type Oddity } from '../../../contract/shops/odd-server.ts'

const QUICK: DoorLimits = { timeoutMs: 250, maxBytes: 100_000, tries: 3, waitMs: 1, maxWaitMs: 10 }
const ask = (url: string, more: Partial<HttpQuestion> = {}) => fetchDoor(QUICK).ask({ method: 'GET', url, repeatable: true, ...more })
const asked = async (oddity: Oddity, more: Partial<HttpQuestion> = {}) => {
  const server = await oddServer(oddity)
  try {
    return { answer: await ask(server.url, more), times: server.asked() }
  } finally {
    await server.close()
  }
}

describe('the door to web shops', () => {
  it('brings status, headers and text of what is below 400', async () => {
    expect(await asked((_, response) => void response.writeHead(201, { 'x-y': 'z' }).end('grün'))).toMatchObject({ answer: { ok: true, value: { status: 201, headers: { 'x-y': 'z' }, text: 'grün' } }, times: 1 })
  })
  it('follows nobody elsewhere', async () => {
    expect(await asked(ODDITIES.moved)).toMatchObject({ answer: { ok: true, value: { status: 301 } }, times: 1 })
  })
  it.each([
    ['silent', { type: 'Unreachable', why: 'no answer within 250 ms' }, 3],
    ['stalls', { type: 'Unreachable', why: 'no answer within 250 ms' }, 3],
    ['torn', { type: 'Unreachable', why: 'UND_ERR_SOCKET' }, 3],
    ['broken', { type: 'Unreachable', why: 'it answered 500' }, 3],
    ['locked', { type: 'Refused', why: 'it answered 403' }, 1],
    ['busy', { type: 'RateLimited', retryAfterMs: 120_000 }, 1],
    ['huge', { type: 'Nonsense', why: 'an answer of more than 100000 bytes' }, 1],
  ] as const)('tells a server that is %s as %j after %i tries', async (name, error, times) => {
    expect(await asked(ODDITIES[name])).toEqual({ answer: { ok: false, error }, times })
  })
  it('tells a server that is not there', async () => {
    expect(await ask(await deadAddress())).toEqual({ ok: false, error: { type: 'Unreachable', why: 'ECONNREFUSED' } })
  })
  it('asks once what must not happen twice', async () => {
    expect((await asked(ODDITIES.broken, { repeatable: false })).times).toBe(1)
  })
  it('brings what a shop says with its no', async () => {
    expect(await asked((_, response) => void response.writeHead(404).end('gone'))).toEqual({ answer: { ok: false, error: { type: 'HttpRefusal', status: 404, text: 'gone' } }, times: 1 })
  })
  it('waits as long as it is told, if that is short, and then asks again', async () => {
    let first = true
    const server = await oddServer((_, response) => {
      response.writeHead(first ? 429 : 200, first ? { 'retry-after': '0' } : {}).end('now')
      first = false
    })
    expect(await ask(server.url)).toMatchObject({ ok: true, value: { text: 'now' } })
    await server.close()
  })
  it.each([['Sun, 22 Nov 2026 08:01:30 GMT', 90_000], ['Sun, 22 Nov 2026 07:00:00 GMT', 60_000], ['soon', 60_000]])('reads "%s" by the clock of the shop as %i ms', async (until, retryAfterMs) => {
    const { answer } = await asked((_, response) => void response.writeHead(429, { 'retry-after': until, date: 'Sun, 22 Nov 2026 08:00:00 GMT' }).end())
    expect(answer).toEqual({ ok: false, error: { type: 'RateLimited', retryAfterMs } })
  })
})
