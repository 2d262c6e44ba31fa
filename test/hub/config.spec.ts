import { describe, expect, it } from 'vitest'
import { readConfig } from '#hub/config.ts'
import { err, ok } from '#shared/kernel/result.ts'

describe('the configuration', () => {
  it('is port 4000 on this machine with the demo shop when nothing is said', () => {
    expect(readConfig([], {})).toEqual(
      ok({ host: '127.0.0.1', port: 4000, dataDir: './.einklang', backupDir: '.einklang/backups', empty: false, publicHost: null, tls: null, extraOrigins: [] }),
    )
  })
  it('takes flags before the environment', () => {
    const config = readConfig(['--port', '0', '--data', '/tmp/x', '--empty'], { PORT: '5000', DATA_DIR: '/y', PUBLIC_HOST: 'Laden.Example.de' })
    expect(config).toMatchObject({ ok: true, value: { port: 0, dataDir: '/tmp/x', empty: true, publicHost: 'laden.example.de' } })
  })
  it('names everything that is wrong at once', () => {
    const config = readConfig(['--port', '70000', '--host', 'two words'], { TLS_CERT: 'a.pem', PUBLIC_HOST: 'https://x/', EXTRA_ORIGINS: 'foo' })
    expect(config.ok ? [] : config.error).toEqual([
      '--port: "70000" is not a port number (0 … 65535)',
      'PUBLIC_HOST: "https://x/" is not a host name; leave out https:// and the path',
      'TLS_CERT and TLS_KEY must be given together',
      'EXTRA_ORIGINS: "foo" is not an origin such as http://localhost:5173',
      '--host: "two words" is not an address',
    ])
  })
  it('refuses plain http for other machines unless somebody insists', () => {
    expect(readConfig(['--host', '0.0.0.0'], {})).toEqual(
      err(['--host 0.0.0.0 is reachable from other machines: give TLS_CERT and TLS_KEY, or ALLOW_INSECURE=1 to accept plain http']),
    )
    expect(readConfig(['--host', '0.0.0.0'], { ALLOW_INSECURE: '1' }).ok).toBe(true)
    expect(readConfig(['--host', '0.0.0.0'], { TLS_CERT: 'c', TLS_KEY: 'k' }).ok).toBe(true)
    expect(readConfig(['--host', '127.evil.example'], {}).ok).toBe(false)
  })
  it('says which flag it does not know', () => {
    const config = readConfig(['--prot', '1'], {})
    expect(config.ok ? '' : config.error[0]).toContain("'--prot'")
  })
})
