/** `npm start`: builds what is stale, starts the hub with its apps, and says where everything is. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CONFIG_HELP, isLoopback, readConfig } from '../config.ts'
import { endOnBug, endOnSignal, startHub, type RunningHub } from '../main.ts'
import { jsonLog } from '../transport/log/json-lines.ts'
import { millis } from '#shared/kernel/time.ts'
import { terminalQr } from './terminal-qr.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NODE_NEEDED = 26
const HELP = `npm start [-- options]   builds the apps if needed, then runs the hub
${CONFIG_HELP}`

const PAGES = ['shopper', 'staff', 'manager', 'checkout'].map((app) => join(ROOT, 'dist', app, 'index.html'))
const SOURCES = ['kiosk', 'shared', 'public', 'package-lock.json'].map((name) => join(ROOT, name))

const main = async (args: readonly string[]): Promise<void> => {
  if (args.includes('--help')) return console.log(HELP)
  const config = readConfig(args, process.env)
  if (!config.ok) return giveUp(2, config.error.join('\n'))
  const version = Number(process.versions.node.split('.')[0])
  if (version < NODE_NEEDED) return giveUp(2, `This is Node ${process.versions.node}, but the hub needs ${NODE_NEEDED}: run "npm ci" and then "npm start", which bring it along.`)
  if (isStale() && !buildApps()) return giveUp(1, 'The apps could not be built; the reason is above.')

  const clock = { now: () => millis(Date.now()) }
  const errors = jsonLog((line) => process.stderr.write(line), clock)
  const log = { ...errors, info: () => undefined }
  endOnBug(log)
  const hub = await startHub(config.value, { log }).catch((error: unknown) => {
    giveUp(1, error instanceof Error ? error.message : String(error))
    return null
  })
  if (!hub) return
  endOnSignal(hub)
  console.log(await welcome(hub, isLoopback(config.value.host), process.stdout.isTTY === true))
  // A hub that is killed writes nothing at its end.
  flushCompileCache()
}

const giveUp = (code: number, why: string): void => {
  console.error(why)
  process.exitCode = code
}

/** Whether any source is newer than the oldest page, or a page is missing. */
const isStale = (): boolean => {
  if (!PAGES.every((page) => existsSync(page))) return true
  const builtAt = Math.min(...PAGES.map((page) => statSync(page).mtimeMs))
  return SOURCES.some((source) => newestIn(source) > builtAt)
}

const newestIn = (path: string): number => {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(path, name)).mtimeMs))
}

const buildApps = (): boolean => {
  console.log('Building the apps …')
  // A process of its own: the build's memory is not kept while the hub runs.
  const { status } = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '-c', 'kiosk/vite.config.ts', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit' })
  return status === 0
}

/** A click on an address pairs the browser it opens in. */
const welcome = async (hub: RunningHub, loopback: boolean, colours: boolean): Promise<string> => {
  const link = (app: string, code: string | null): string => `${hub.url}/${app}/${code ? `#pair=${code.replace('-', '')}` : ''}`
  const lines = [
    `Einklang is running on ${hub.url}`,
    '',
    `  Shopper kiosk    ${link('shopper', hub.pairingCode)}`,
    `  Staff tablet     ${link('staff', hub.pairingCode)}`,
    `  Store manager    ${link('manager', hub.setupCode)}`,
    `  Phone checkout   ${link('checkout', null)}`,
    '',
  ]
  lines.push(...phoneHint(hub.phoneUrl, loopback))
  if (hub.setupCode) lines.push(`Setup code (manager): ${hub.setupCode}`)
  if (hub.setupCode) lines.push(hub.pairingCode ? 'Only this machine reaches this hub, so its codes let a device in at once; the number that it shows appears here.' : 'A device that asks shows a number. The same number appears here, with four characters to enter there.')
  if (hub.pairingCode) lines.push(`Pairing code (kiosk, staff): ${hub.pairingCode}`, '', 'Scan to pair a kiosk:', await terminalQr(link('shopper', hub.pairingCode), colours))
  return lines.join('\n')
}

/** How a real phone gets to the basket. */
const phoneHint = (phoneUrl: string | null, loopback: boolean): readonly string[] => {
  if (phoneUrl) return [`A phone in the same network opens baskets on ${phoneUrl}: scan the kiosk's code.`, 'Open the apps on this machine with the links above; a manager pairs further devices under "Geräte".', '']
  if (!loopback) return []
  return ['To try it with a phone in the same network (plain http, so never beyond it):', '  ALLOW_INSECURE=1 npm start -- --host 0.0.0.0', '']
}

await main(process.argv.slice(2))
