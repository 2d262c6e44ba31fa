import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CONFIG_HELP, readConfig } from '#hub/config.ts'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')
const TLS = { TLS_CERT: 'cert.pem', TLS_KEY: 'key.pem' }

describe('the examples for running a hub', () => {
  it('start the hub with options that it knows', () => {
    const unit = /^ExecStart=(.+)$/m.exec(read('hub/service/einklang.service'))![1]!.split(' ')
    expect(unit.slice(0, 3)).toEqual(['/usr/bin/node', 'hub/tools/node.mjs', 'hub/main.ts'])
    expect(readConfig(unit.slice(3), TLS)).toMatchObject({ ok: true, value: { host: '0.0.0.0', port: 443, dataDir: '/var/lib/einklang', backupDir: '/var/backups/einklang', empty: true } })
    const container = read('hub/service/Containerfile')
    const list = (name: string): string[] => JSON.parse(new RegExp(`^${name} (\\[.+\\])$`, 'm').exec(container)![1]!) as string[]
    expect(list('ENTRYPOINT').slice(0, 2)).toEqual(['node', 'hub/main.ts'])
    expect(readConfig([...list('ENTRYPOINT').slice(2), ...list('CMD')], TLS)).toMatchObject({ ok: true, value: { host: '0.0.0.0', port: 8443, dataDir: '/data', backupDir: '/copies', empty: true } })
  })
  it('write only where the hub may write', () => {
    const unit = read('hub/service/einklang.service')
    expect(/^ReadWritePaths=(.+)$/m.exec(unit)![1]!.split(' ')).toEqual(['/var/lib/einklang', '/var/backups/einklang'])
    expect(unit).toContain('ProtectSystem=strict')
  })
  it('bring the Node that the product needs', () => {
    const needed = /^const NEEDED = (\d+)$/m.exec(read('hub/tools/node.mjs'))![1]
    expect([...read('hub/service/Containerfile').matchAll(/^FROM node:(\d+)/gm)].map(([, major]) => major)).toEqual([needed, needed])
  })
  it('name no setting that the hub does not know, and no file that is not there', () => {
    const guide = read('hub/OPERATIONS.md')
    const settings = [...guide.matchAll(/`([A-Z]+_[A-Z]+)(?:=1)?`/g)].map(([, name]) => name!)
    expect(settings).toContain('METRICS_TOKEN')
    expect(settings.filter((name) => !CONFIG_HELP.includes(name))).toEqual([])
    const links = [['hub/', guide], ['kiosk/', read('kiosk/SET-UP.md')]].flatMap(([folder, text]) => [...text!.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => new URL(`${folder}${path}`, ROOT)))
    expect(links.length).toBeGreaterThanOrEqual(5)
    expect(links.filter((file) => !existsSync(file)).map(String)).toEqual([])
  })
  it('leave the browser of a kiosk nothing but its hub', () => {
    const text = read('kiosk/chromium-policies.json')
    expect(JSON.parse(text)).toMatchObject({ URLBlocklist: ['*'], URLAllowlist: ['https://HUB'], DeveloperToolsAvailability: 2, AllowFileSelectionDialogs: false, DownloadRestrictions: 3, PrintingEnabled: false })
    expect(text.match(/HUB/g)).toHaveLength(2)
  })
})
