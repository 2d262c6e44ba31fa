/** Environment and flags → one checked configuration, or everything that is wrong with them at once. */
import { isIP } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { readShopAccess, SHOP_ENVIRONMENT, SHOP_HELP, SHOP_OPTIONS, type ShopAccess } from './config-shop.ts'

export type Config = {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  /** Folder of the database and the hub's keys. */
  readonly dataDir: string
  /** Folder of the database's copies, best on another disk. */
  readonly backupDir: string
  /** Start without the demo shop. */
  readonly empty: boolean
  /** `name` or `name:port` that links and QR codes carry; null: the address the hub listens on. */
  readonly publicHost: string | null
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  /** Further origins whose pages may connect, e.g. a development server. */
  readonly extraOrigins: readonly string[]
  /** Addresses of proxies in front of the hub, whose word about their visitors' addresses is taken; absent: none. */
  readonly trustedProxies?: readonly string[]
  /** Secret of the machine that watches the hub; absent: nobody does. */
  readonly metricsToken?: string
  /** Hosts in networks of one's own that may be told what happens; absent: none. */
  readonly webhookHosts?: readonly string[]
  /** The web shop of the store; absent: the built-in one. */
  readonly shop?: ShopAccess
}

export type ConfigErrors = readonly string[]

export const CONFIG_HELP = `  --port N        port to listen on, 0 = any free one (default 4000; PORT)
  --host ADDRESS  address to listen on (default 127.0.0.1; HOST)
  --data DIR      folder for the database and keys (default ./.einklang; DATA_DIR)
  --backup DIR    folder for the hourly copies (default: backups in the data folder; BACKUP_DIR)
  --empty         do not put the demo shop into a new data folder
${SHOP_HELP}  --help          this text
Environment: PUBLIC_HOST (name in links), TLS_CERT and TLS_KEY (PEM files),
             EXTRA_ORIGINS (comma list), TRUSTED_PROXY (comma list of addresses), ALLOW_INSECURE=1 (plain http beyond this machine),
             METRICS_TOKEN (bearer for GET /metrics), WEBHOOK_HOSTS (comma list of hosts in networks of your own that may be told what happens)
${SHOP_ENVIRONMENT}With a phone in the same network: ALLOW_INSECURE=1 npm start -- --host 0.0.0.0
`

type Env = { readonly [name: string]: string | undefined }

const OPTIONS = { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' }, backup: { type: 'string' }, empty: { type: 'boolean' }, ...SHOP_OPTIONS } as const

export const readConfig = (args: readonly string[], env: Env): Result<Config, ConfigErrors> => {
  const flags = readFlags(args)
  if (!flags.ok) return flags
  const errors: string[] = []
  const dataDir = flags.value.data ?? env['DATA_DIR'] ?? './.einklang'
  const shop = readShopAccess(flags.value, env, errors)
  const metricsToken = readMetricsToken(env, errors)
  const trustedProxies = readProxies(env['TRUSTED_PROXY'], errors)
  const webhookHosts = readHosts(env['WEBHOOK_HOSTS'], errors)
  const config: Config = {
    host: flags.value.host ?? env['HOST'] ?? '127.0.0.1',
    port: readPort(flags.value.port ?? env['PORT'] ?? '4000', errors),
    dataDir,
    backupDir: flags.value.backup ?? env['BACKUP_DIR'] ?? join(dataDir, 'backups'),
    empty: flags.value.empty ?? false,
    publicHost: readPublicHost(env['PUBLIC_HOST'], errors),
    tls: readTls(env, errors),
    extraOrigins: readOrigins(env['EXTRA_ORIGINS'], errors),
    ...(trustedProxies.length > 0 && { trustedProxies }),
    ...(metricsToken && { metricsToken }),
    ...(webhookHosts.length > 0 && { webhookHosts }),
    ...(shop && { shop }),
  }
  if (config.backupDir.trim() === '') errors.push('--backup: the folder name is empty')
  if (config.dataDir.trim() === '') errors.push('--data: the folder name is empty')
  if (!isHost(config.host)) errors.push(`--host: "${config.host}" is not an address`)
  else if (!isLoopback(config.host) && !config.tls && env['ALLOW_INSECURE'] !== '1')
    errors.push(`--host ${config.host} is reachable from other machines: give TLS_CERT and TLS_KEY, or ALLOW_INSECURE=1 to accept plain http`)
  return errors.length > 0 ? err(errors) : ok(config)
}

/** Whether only programs of this machine can reach an address. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

type Flags = { readonly port?: string | undefined; readonly host?: string | undefined; readonly data?: string | undefined; readonly backup?: string | undefined; readonly empty?: boolean | undefined } & Parameters<typeof readShopAccess>[0]

const readFlags = (args: readonly string[]): Result<Flags, ConfigErrors> => {
  try {
    return ok(parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }).values)
  } catch (error) {
    return err([error instanceof Error ? error.message : String(error)])
  }
}

const readPort = (text: string, errors: string[]): number => {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  errors.push(`--port: "${text}" is not a port number (0 … 65535)`)
  return 0
}

const isHost = (host: string): boolean => isIP(host) !== 0 || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(host)

const readPublicHost = (text: string | undefined, errors: string[]): string | null => {
  if (!text) return null
  if (/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?$/i.test(text)) return text.toLowerCase()
  errors.push(`PUBLIC_HOST: "${text}" is not a host name; leave out https:// and the path`)
  return null
}

const readTls = (env: Env, errors: string[]): Config['tls'] => {
  const certFile = env['TLS_CERT']
  const keyFile = env['TLS_KEY']
  if (certFile && keyFile) return { certFile, keyFile }
  if (certFile || keyFile) errors.push('TLS_CERT and TLS_KEY must be given together')
  return null
}

const readMetricsToken = ({ METRICS_TOKEN: token }: Env, errors: string[]): string | null => {
  if (!token) return null
  // It stands in a header: visible characters, and long enough that nobody guesses it.
  if (!/^[\x21-\x7e]{32,200}$/.test(token)) errors.push('METRICS_TOKEN must have 32 to 200 visible characters, for example of: openssl rand -hex 32')
  return token
}

const readProxies = (text: string | undefined, errors: string[]): readonly string[] => {
  const proxies = (text ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')
  for (const proxy of proxies) if (isIP(proxy) === 0) errors.push(`TRUSTED_PROXY: "${proxy}" is not an address such as 127.0.0.1`)
  return proxies
}

const readHosts = (text: string | undefined, errors: string[]): readonly string[] => {
  const hosts = (text ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')
  for (const host of hosts) if (!isHost(host)) errors.push(`WEBHOOK_HOSTS: "${host}" is not a host such as 10.0.0.5`)
  return hosts
}

const readOrigins = (text: string | undefined, errors: string[]): readonly string[] => {
  const origins = (text ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')
  for (const origin of origins) if (!URL.canParse(origin) || new URL(origin).origin !== origin) errors.push(`EXTRA_ORIGINS: "${origin}" is not an origin such as http://localhost:5173`)
  return origins
}
