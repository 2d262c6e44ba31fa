/** Somebody asks to be forgotten. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runErase } from '#hub/tools/erase.ts'
import { seal } from '#kiosk/lib/sync/device-keys.ts'
import { chainOf, connect, eventId, pairTestDevice, startTestHub, type TestDevice, type TestHub } from './test-hub.ts'
import { NO_CHAIN } from '#shared/sync/chain.ts'

const EP = 'e'.repeat(16)
const RESPONSE = 'visit-77'
const WORDS = 'Die Verkaeuferin an Kasse 4 war wunderbar'
const CONTACT = 'anna.muster@example.org'
let folder: string
let hub: TestHub
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-erasure-'))
  hub = await startTestHub({ folder })
})
afterEach(async () => {
  await hub.stop().catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
})

const events = async (device: TestDevice) => {
  const key = device.hubKey
  const sealed = (secret: { readonly [name: string]: string }): Promise<string> => seal(crypto.subtle, key, secret, crypto.getRandomValues(new Uint8Array(12)))
  const common = { v: 1, at: 1_700_000_000_000, off: 0, boot: 'boot', mono: 1, sid: null }
  const answer = (seq: number, response: string) => ({ ...common, seq, id: eventId(seq), t: 'feedback.answered', p: { response, touchpoint: 'kiosk', survey: 'visit', question: `q${seq}`, kind: 'csat5', value: 5 } })
  return [
    answer(1, RESPONSE),
    { ...common, seq: 2, id: eventId(2), t: 'feedback.commented', p: { response: RESPONSE, touchpoint: 'kiosk', survey: 'visit', question: 'words' }, x: await sealed({ text: WORDS }) },
    { ...common, seq: 3, id: eventId(3), t: 'feedback.contact-left', p: { response: RESPONSE, touchpoint: 'kiosk' }, x: await sealed({ contact: CONTACT }) },
    answer(4, 'somebody-else'),
  ]
}
const ids = [1, 2, 3, 4].map(eventId)
const push = (ev: readonly unknown[], ep = EP) => ({ pv: 1, ep, prev: NO_CHAIN, ev })
const bytesOf = (dir: string): string => readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(dir, entry.name), 'latin1')).join('\n')
const erase = (): { readonly code: number; readonly said: string } => {
  const lines: string[] = []
  const code = runErase([RESPONSE, '--data', folder], (line) => lines.push(line), (line) => lines.push(line))
  return { code, said: lines.join('\n') }
}

describe('erasure', () => {
  it('takes the words out of the files, and neither a second sending nor an older copy brings them back', async () => {
    const device = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk')
    const sent = await events(device)
    const kiosk = await connect(hub.url, device)
    expect(await kiosk.ask('push', push(sent))).toMatchObject({ hw: 4 })
    await hub.backUp()
    kiosk.close()
    expect(bytesOf(folder)).toContain(WORDS)
    // How to reach somebody stays sealed, as the device sent it.
    const contact = sent[2] as { readonly x: string }
    expect(bytesOf(folder)).toContain(contact.x)
    expect(bytesOf(folder)).not.toContain(CONTACT)

    expect(erase()).toEqual({ code: 0, said: `Erased: 7 rows of response ${RESPONSE}.` })
    expect(bytesOf(folder)).not.toContain(WORDS)
    expect(bytesOf(folder)).not.toContain(contact.x)
    expect(bytesOf(folder)).not.toContain(`"response":"${RESPONSE}"`)
    expect(bytesOf(folder)).toContain('somebody-else')

    // The device has a new life and sends all it still has.
    const again = await connect(hub.url, device)
    expect(await again.ask('push', push(sent, 'f'.repeat(16)))).toMatchObject({ hw: 4, notes: [{ seq: 4, code: 'dup' }] })
    again.close()
    await hub.stop()
    expect(bytesOf(folder)).not.toContain(WORDS)

    // Somebody puts yesterday's copy back.
    const copy = readdirSync(join(folder, 'backups')).find((name) => name.endsWith('.sqlite'))
    for (const end of ['-wal', '-shm']) rmSync(join(folder, `hub.sqlite${end}`), { force: true })
    copyFileSync(join(folder, 'backups', copy!), join(folder, 'hub.sqlite'))
    expect(bytesOf(folder)).toContain(WORDS)
    hub = await startTestHub({ folder })
    expect(bytesOf(folder)).not.toContain(WORDS)
    expect(bytesOf(folder)).not.toContain(contact.x)
    const third = await connect(hub.url, device)
    expect(await third.ask('hello', { pv: 1, n: 1, ep: EP, next: 5, queued: 0, ack: 4, boot: 'b', app: 'x', releaseHash: null, now: 0 })).toMatchObject({ hw: 4, hc: chainOf(ids) })
    third.close()
  })

  it('of a response nobody gave says so', () => {
    expect(erase()).toEqual({ code: 2, said: `there is nothing of a response "${RESPONSE}" here` })
  })
})
