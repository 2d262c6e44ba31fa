import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { millis } from '#shared/kernel/time.ts'
import type { LogFacts } from '#hub/ports/log.ts'
import { startHub } from '#hub/main.ts'
import { certificateEnd, LOOK_MS, readCertificate, watchCertificate, type Certificate } from '#hub/transport/http/certificate.ts'

const GIVEN = new URL('../fixtures/tls/', import.meta.url).pathname
const MADE = Date.parse('2026-11-22T10:46:14Z')
const ENDS = Date.parse('2126-10-29T10:46:14Z')
const DAY = 86_400_000

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-tls-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const files = (): { certFile: string; keyFile: string } => ({ certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') })
const put = (cert: string, key = cert): void => {
  copyFileSync(join(GIVEN, `${cert}.cert.pem`), files().certFile)
  copyFileSync(join(GIVEN, `${key}.key.pem`), files().keyFile)
}
const good = (): Certificate => {
  const read = readCertificate(files())
  if (!read.ok) throw new Error(read.error)
  return read.value
}

describe('a pair of certificate files', () => {
  it('tells from when until when it is good', () => {
    put('first')
    expect(good()).toMatchObject({ validFrom: MADE, validTo: ENDS })
  })
  it.each<[string, (at: { certFile: string; keyFile: string }) => void, RegExp]>([
    ['no certificate', ({ certFile }) => rmSync(certFile), /^TLS_CERT: .*cert\.pem cannot be read$/],
    ['no key', ({ keyFile }) => rmSync(keyFile), /^TLS_KEY: .*key\.pem cannot be read$/],
    ['half a certificate', ({ certFile }) => writeFileSync(certFile, '-----BEGIN CERTIFICATE-----\nMIIB'), /^TLS_CERT: .*cert\.pem is no certificate in PEM$/],
    ['an empty key', ({ keyFile }) => writeFileSync(keyFile, ''), /^TLS_KEY: .*key\.pem is no private key in PEM without a password$/],
    ['the key of another', ({ keyFile }) => copyFileSync(join(GIVEN, 'second.key.pem'), keyFile), /^TLS_KEY: .*key\.pem is not the key of .*cert\.pem$/],
  ])('is refused with %s', (_what, damage, sentence) => {
    put('first')
    damage(files())
    expect(readCertificate(files())).toEqual({ ok: false, error: expect.stringMatching(sentence) })
  })
})

describe('a hub that watches its certificate', () => {
  const watched = (at: number): { look: () => void; go: (now: number) => void; lines: [string, string, LogFacts][]; used: Certificate[] } => {
    let now = at
    let look = (): void => {}
    const lines: [string, string, LogFacts][] = []
    const used: Certificate[] = []
    const line = (level: string) => (what: string, facts: LogFacts = {}): void => void lines.push([level, what, facts])
    watchCertificate(good(), {
      read: () => readCertificate(files()),
      use: (certificate) => void used.push(certificate),
      clock: { now: () => millis(now) },
      timer: {
        every: (_ms, task) => {
          look = task
          return () => {}
        },
      },
      log: { info: line('info'), warn: line('warn'), error: line('error') },
    })
    return { look: () => look(), go: (to) => void (now = to), lines, used }
  }
  it('takes renewed files into use once, and nothing while they are the same', () => {
    put('first')
    const hub = watched(MADE)
    hub.look()
    expect(hub.used).toEqual([])
    put('second')
    hub.look()
    hub.look()
    expect(hub.used).toEqual([good()])
    expect(hub.lines).toEqual([['info', 'another certificate is in use', { days: 36_500 }]])
  })
  it('stays with the last good pair while the files do not fit, and says so once', () => {
    put('first')
    const hub = watched(MADE)
    put('second', 'first')
    hub.look()
    hub.look()
    expect(hub.used).toEqual([])
    expect(hub.lines).toEqual([['error', 'the certificate files do not fit; the last good one stays in use', { why: expect.stringContaining('is not the key of') }]])
    put('second')
    hub.look()
    expect(hub.used).toHaveLength(1)
  })
  it('warns once a day from the twenty-first day before the end, and says that it has ended', () => {
    put('first')
    const hub = watched(ENDS - 22 * DAY)
    hub.look()
    expect(hub.lines).toEqual([])
    hub.go(ENDS - 20.5 * DAY)
    hub.look()
    hub.go(ENDS - 20.4 * DAY)
    hub.look()
    hub.go(ENDS - 19 * DAY)
    hub.look()
    hub.go(ENDS + DAY / 2)
    hub.look()
    expect(hub.lines).toEqual([
      ['warn', 'the certificate ends soon', { days: 20 }],
      ['warn', 'the certificate ends soon', { days: 19 }],
      ['error', 'the certificate has ended: no device can reach the hub until another one is there', { days: 1 }],
    ])
  })
})

describe('a running hub', () => {
  const nameAt = (port: number): Promise<string> =>
    new Promise((resolve, reject) => {
      const line = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(String(line.getPeerCertificate().subject.CN))
        line.end()
      }).on('error', reject)
    })
  it('shows the renewed certificate to the next connection without a restart', async () => {
    put('first')
    const looks: (() => void)[] = []
    const every = (ms: number, task: () => void): (() => void) => {
      if (ms === LOOK_MS) looks.push(task)
      return () => {}
    }
    const config = { host: '127.0.0.1', port: 0, dataDir: join(folder, 'data'), backupDir: join(folder, 'backups'), empty: true, publicHost: null, tls: files(), extraOrigins: [] }
    const quiet = (): void => {}
    const hub = await startHub(config, { timer: { every }, log: { info: quiet, warn: quiet, error: quiet } })
    expect(await nameAt(hub.port)).toBe('first.hub.test')
    put('second')
    for (const look of looks) look()
    expect(await nameAt(hub.port)).toBe('second.hub.test')
    await hub.stop()
  })
  it('tells the end of whatever lies in the files now, and of none nothing', () => {
    const end = certificateEnd(files())
    expect([end(), certificateEnd(null)()]).toEqual([null, null])
    put('first')
    expect(end()).toBe(ENDS)
    put('first', 'second')
    expect(end()).toBeNull()
  })
  it('does not start with files that do not fit', async () => {
    put('first', 'second')
    const config = { host: '127.0.0.1', port: 0, dataDir: join(folder, 'data'), backupDir: join(folder, 'backups'), empty: true, publicHost: null, tls: files(), extraOrigins: [] }
    await expect(startHub(config)).rejects.toThrow(/^TLS_KEY: .* is not the key of /)
  })
})
