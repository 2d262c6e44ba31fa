/** A Vendure of our own for one test run: started as a process, filled and changed over HTTP as its administrator would. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('./vendure/', import.meta.url))
/** Creating tables, loading 420 packages: seconds on a quiet machine. */
const START_MS = 120_000
const INSTALL_MS = 300_000

export const PASSWORD = 'only-in-memory'

export type Admin = <T = Record<string, never>>(query: string, variables?: Record<string, unknown>) => Promise<T>
export type RunningVendure = { readonly url: string; readonly admin: Admin; stop(): Promise<void> }

/** Installs it from its lock file if it is not there, without scripts; a registry that does not answer is a failure, not a skipped test. */
export const installVendure = (): void => {
  if (existsSync(`${FOLDER}node_modules/@vendure/core/package.json`)) return
  const { status, error, stderr } = spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER, encoding: 'utf8', timeout: INSTALL_MS })
  if (status !== 0) throw new Error(`the web shop for the tests could not be installed: ${error?.message ?? stderr.slice(-2000)}`)
}

export const startVendure = async (options: { readonly orderTax?: boolean } = {}): Promise<RunningVendure> => {
  installVendure()
  const child = spawn(process.execPath, ['start-vendure.mjs', ...(options.orderTax ? ['--order-tax'] : [])], { cwd: FOLDER, env: { ...process.env, VENDURE_PASSWORD: PASSWORD }, stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  const port = await new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the web shop did not start: ${said.slice(-2000)}`)), START_MS)
    const settle = (end: () => void): void => {
      clearTimeout(late)
      end()
    }
    child.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const ready = /\{"ready":true,"port":(\d+)\}/.exec(said)
      if (ready) settle(() => resolve(Number(ready[1])))
    })
    child.once('exit', (code) => settle(() => reject(new Error(`the web shop ended with ${code}: ${said.slice(-2000)}`))))
  }).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })
  const url = `http://127.0.0.1:${port}`
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill('SIGTERM')
    })
  return { url, admin: await signIn(url), stop }
}

const signIn = async (url: string): Promise<Admin> => {
  const { headers } = await post(`${url}/admin-api`, 'mutation($p:String!){login(username:"superadmin",password:$p){__typename}}', { p: PASSWORD }, {})
  const authorization = `Bearer ${headers.get('vendure-auth-token') ?? ''}`
  return async (query, variables) => (await post(`${url}/admin-api`, query, variables, { authorization })).data as never
}

const post = async (url: string, query: string, variables: Record<string, unknown> | undefined, headers: Record<string, string>): Promise<{ readonly data: unknown; readonly headers: Headers }> => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query, variables: variables ?? {} }) })
  const { data, errors } = (await response.json()) as { readonly data: unknown; readonly errors?: readonly { readonly message: string }[] }
  if (errors) throw new Error(`${errors.map(({ message }) => message).join('; ')} in ${query.slice(0, 200)}`)
  return { data, headers: response.headers }
}
