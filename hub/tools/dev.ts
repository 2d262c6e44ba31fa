/** `npm run dev`: the hub, restarted when its code changes, and the apps with hot reload, with two devices ready to pair. */
import { spawn, type ChildProcess } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createServer } from 'vite'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const HELP = `npm run dev [-- --port N --hub-port N --data DIR]
  --port N       port of the apps (default 5173)
  --hub-port N   port of the hub (default 4001)
  --data DIR     data folder of the hub (default .einklang/dev)`

type Options = { readonly port: number; readonly hubPort: number; readonly data: string }

const readOptions = (): Options | number => {
  try {
    const { values } = parseArgs({ options: { help: { type: 'boolean' }, port: { type: 'string', default: '5173' }, 'hub-port': { type: 'string', default: '4001' }, data: { type: 'string', default: '.einklang/dev' } } })
    if (values.help) {
      console.log(HELP)
      return 0
    }
    return { port: readPort('--port', values.port), hubPort: readPort('--hub-port', values['hub-port']), data: resolve(ROOT, values.data) }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 2
  }
}

const readPort = (flag: string, text: string): number => {
  const port = Number(text)
  if (/^\d+$/.test(text) && port > 0 && port <= 65_535) return port
  throw new Error(`${flag}: "${text}" is not a port number (1 … 65535)`)
}

const main = async (options: Options): Promise<void> => {
  const origin = `http://localhost:${options.port}`
  const hub = startHub(options, origin)
  const target = `http://127.0.0.1:${options.hubPort}`
  const server = await createServer({
    configFile: join(ROOT, 'kiosk/vite.config.ts'),
    // Never on other addresses: the development server is not made for strangers.
    server: { host: 'localhost', port: options.port, strictPort: true, proxy: { '/api': target, '/healthz': target, '/socket.io': { target, ws: true } } },
  })
  await server.listen()
  console.log(`apps with hot reload at ${origin}`)
  const end = async (): Promise<void> => {
    hub.kill('SIGTERM')
    await server.close()
    process.exit(0)
  }
  process.once('SIGINT', () => void end())
  process.once('SIGTERM', () => void end())
}

/** Restarted whenever its code changes; says each time how devices pair. */
const startHub = ({ hubPort, data }: Options, origin: string): ChildProcess => {
  const hub = spawn(process.execPath, ['--watch', '--watch-preserve-output', 'hub/tools/rig/hub-child.ts', '--port', String(hubPort), '--data', data], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, EXTRA_ORIGINS: origin, PUBLIC_HOST: new URL(origin).host },
  })
  createInterface({ input: hub.stdout }).on('line', (line) => console.log(startedLine(line, origin) ?? line))
  return hub
}

/** The hub's own words as links that pair a device when they are opened; null for any other line. */
const startedLine = (line: string, origin: string): string | null => {
  if (!line.startsWith('{')) return null
  const { setupCode, pairingCode }: { readonly setupCode: string | null; readonly pairingCode: string | null } = JSON.parse(line)
  const link = (app: string, code: string | null): string => `  ${app.padEnd(8)} ${origin}/${app}/${code === null ? '' : `#pair=${code}`}`
  return `two devices, paired by opening them:\n${link('shopper', pairingCode)}\n${link('manager', setupCode)}\nand\n${link('staff', pairingCode)}\n${link('checkout', null)}`
}

const options = readOptions()
if (typeof options === 'number') process.exitCode = options
else await main(options)
