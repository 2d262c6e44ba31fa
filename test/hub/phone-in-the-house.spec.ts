import { createSign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startHub, type RunningHub } from '#hub/main.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { encodeHandoff, handoffDigits, handoffMessage, handoffUrl } from '#shared/handoff/encode-handoff.ts'
import { handoffOf } from '#shared/handoff/handoff-basket.ts'
import { base64UrlToBytes, bytesToHex } from '#shared/kernel/bytes.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { connect, pairTestDevice, postJson, readConsole, type TestDevice } from './test-hub.ts'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const folder = mkdtempSync(join(tmpdir(), 'einklang-house-'))
let hub: RunningHub | null = null
const start = async (host: string): Promise<RunningHub> => {
  await hub?.stop()
  const told: string[] = []
  hub = await startHub({ host, port: 0, dataDir: folder, backupDir: join(folder, 'backups'), empty: false, publicHost: null, tls: null, extraOrigins: [] }, { log: quiet, tell: (line) => void told.push(line) })
  readConsole(hub.url, told)
  return hub
}
afterEach(async () => {
  await hub?.stop()
  hub = null
  rmSync(folder, { recursive: true, force: true })
})

const assortmentFor = async (url: string, device: TestDevice) => {
  const link = await connect(url, device)
  const reply = (await link.ask('pull', { pv: 1, have: null })) as { readonly head: { readonly hash: string }; readonly items: readonly (readonly [string, Json])[] }
  link.close()
  const read = documentsToAssortment({ hash: reply.head.hash, items: Object.fromEntries(reply.items) })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

/** The code of one article, as a device of this machine signs it; any paired key is known to the hub. */
const codeOf = async (url: string, device: TestDevice) => {
  const assortment = await assortmentFor(url, device)
  const now = millis(Date.now())
  const held = { lines: [{ sku: assortment.products[0]!.sku, quantity: 2 }], codes: [], delivery: 'pickup' } as const
  const quote = quoteBasket(held, assortment, { now, channel: 'store', clockVerified: true })
  const pub = base64UrlToBytes(device.pub)
  const keyId = bytesToHex(sha256(pub.ok ? pub.value : new Uint8Array()).subarray(0, 4))
  const body = encodeHandoff(handoffOf(held, quote, assortment, { qid: '00112233445566ff' as QuoteId, keyId, at: now }))
  const domain = assortment.store.checkoutDomain || new URL(url).host
  const signature = createSign('sha256').update(handoffMessage(body, domain)).sign({ key: device.key, dsaEncoding: 'ieee-p1363' })
  return { domain, digits: handoffDigits(body, new Uint8Array(signature)), totalCents: quote.totalCents }
}

describe('a phone in the house', () => {
  it('opens the code of a kiosk that runs on the hub’s own machine', async () => {
    const open = await start('0.0.0.0')
    expect(open.url).toBe(`http://127.0.0.1:${open.port}`)
    const device = await pairTestDevice(open.url, open.setupCode!, 'manager')
    const { domain, digits, totalCents } = await codeOf(open.url, device)
    expect(`http://${domain}`).toBe(open.phoneUrl ?? open.url)
    const { origin } = new URL(handoffUrl(domain, digits))
    expect(origin).toBe(open.phoneUrl ?? open.url)
    expect(await (await fetch(`${origin}/api/store`)).json()).toMatchObject({ type: 'store', store: { name: 'Lindenkorb' } })
    const reply = await postJson(`${origin}/api/handoff/open`, { digits, session: 'a'.repeat(32), orderId: 'b'.repeat(32) })
    expect(await reply.json()).toMatchObject({ type: 'open', view: { totalCents, changes: [] } })

    const alone = await start('127.0.0.1')
    expect([alone.phoneUrl, (await assortmentFor(alone.url, device)).store.checkoutDomain]).toEqual([null, ''])
  })
})
