/** A copy that is put back lets nobody in who was shown out since. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openData, type HubData } from '#hub/open-data.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'

const TABLET = 'd'.repeat(32) as DeviceId
const NOW = millis(1_800_000_000_000)
let folder: string
let data: HubData
let chance = 0
const at = (name: string): string => join(folder, name)
const open = (): HubData => {
  const opened = openData({ dataDir: folder, backupDir: at('backups') }, { now: () => NOW }, { bytes: (length) => new Uint8Array(length).fill((chance += 1)) })
  if (!opened.ok) throw new Error(opened.error.type)
  return opened.value
}
/** As the hub's own command does it: the database goes, the copy takes its place. */
const putBack = (): void => {
  data.close()
  for (const part of ['-wal', '-shm']) rmSync(at(`hub.sqlite${part}`), { force: true })
  copyFileSync(at('old-copy'), at('hub.sqlite'))
  data = open()
}
const copy = (): void => {
  data.close()
  copyFileSync(at('hub.sqlite'), at('old-copy'))
  data = open()
}
const lists = (): readonly string[] => [at('revoked-ids'), at('backups/revoked-ids')].map((file) => readFileSync(file, 'utf8'))
const standing = () => ({
  device: data.devices.find(TABLET)!.revokedAt,
  token: data.tokens.list(millis(0)).find(({ id }) => id === 'token-1')!.revokedAt,
  sign: data.listening.sign('kasse', 1)!.revokedAt,
  receivers: data.outgoing.list().map(({ id }) => id),
})
const revokeAll = (): void => {
  data.devices.revoke(TABLET, NOW)
  data.tokens.revoke('token-1', NOW)
  data.listening.revokeSign('kasse', 1, NOW)
  data.outgoing.end('r1')
}
const GONE = { device: NOW, token: NOW, sign: NOW, receivers: [] }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-revoked-'))
  data = open()
  data.devices.add({ dev: TABLET, name: 'Tablet', role: 'staff', touchpoint: null, pub: 'p', keyId: 'k', tokenHash: 'h', pairedAt: NOW, revokedAt: null })
  data.tokens.add({ id: 'token-1', kind: 'api', name: 'x', hash: 'h', scopes: ['figures:read'], madeAt: NOW, expiresAt: millis(NOW + 1e9), revokedAt: null, lastDay: null })
  data.listening.addSign('kasse', 'SIGNCODE01', NOW)
  data.outgoing.add({ id: 'r1', name: 'x', url: 'https://example.org', events: ['case.opened'], words: false, secret: 's', oldSecret: null, oldUntil: null, madeAt: NOW, feedbackPlace: 0 })
  copy()
})
afterEach(() => {
  data.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('what was withdrawn since a copy was made', () => {
  it('stays withdrawn when that copy is put back: a device, a token, a sign, a receiver', () => {
    expect(standing()).toEqual({ device: null, token: null, sign: null, receivers: ['r1'] })
    revokeAll()
    putBack()
    expect(standing()).toEqual(GONE)
    // And from the file beside the copies alone.
    rmSync(at('revoked-ids'))
    putBack()
    expect(standing()).toEqual(GONE)
  })
  it('is listed once, without a name, a code or a secret; what the list does not know is written at the next start', () => {
    revokeAll()
    data.devices.revoke(TABLET, NOW)
    const [list, beside] = lists()
    expect(list!.trim().split('\n').map((line) => line.split(' ')[0])).toEqual(['device', 'token', 'sign', 'receiver'])
    expect(beside).toBe(list)
    expect(list).not.toMatch(/SIGNCODE01|Tablet|example/)
    rmSync(at('revoked-ids'))
    rmSync(at('backups/revoked-ids'))
    data.close()
    data = open()
    expect(lists()[0]!.trim().split('\n').map((line) => line.split(' ')[0])).toEqual(['device', 'token', 'sign'])
  })
})
