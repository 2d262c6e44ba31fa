/** A Medusa of our own for one test run: started as a process, filled and changed over HTTP as its administrator would. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('./medusa/', import.meta.url))
/** The first start makes tables: half a minute on a quiet machine. */
const START_MS = 180_000
const INSTALL_MS = 400_000

export const USER = 'admin@shop.test'
export const PASSWORD = 'only-in-memory'

export type MedusaAdmin = <T = Record<string, never>>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<T>
export type RunningMedusa = { readonly url: string; readonly admin: MedusaAdmin; stop(): Promise<void> }

/** Installs it from its lock file if it is not there, without scripts; a registry that does not answer is a failure, not a skipped test. */
export const installMedusa = (): void => {
  if (existsSync(`${FOLDER}node_modules/@medusajs/medusa/package.json`)) return
  const { status, error, stderr } = spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER, encoding: 'utf8', timeout: INSTALL_MS })
  if (status !== 0) throw new Error(`the web shop for the tests could not be installed: ${error?.message ?? stderr.slice(-2000)}`)
}

export const startMedusa = async (): Promise<RunningMedusa> => {
  installMedusa()
  const child = spawn(process.execPath, ['start-medusa.mjs'], { cwd: FOLDER, env: { ...process.env, MEDUSA_PASSWORD: PASSWORD }, stdio: ['pipe', 'pipe', 'pipe'] })
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
    // It ends its own processes and removes its folder.
    child.kill('SIGTERM')
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

export const signIn = async (url: string): Promise<MedusaAdmin> => {
  const { token } = await ask<{ readonly token: string }>(`${url}/auth/user/emailpass`, 'POST', {}, { email: USER, password: PASSWORD })
  return (method, path, body) => ask(`${url}/admin${path}`, method, { authorization: `Bearer ${token}` }, body)
}

const ask = async <T>(url: string, method: string, headers: Record<string, string>, body?: object): Promise<T> => {
  const response = await fetch(url, { method, headers: { 'content-type': 'application/json', ...headers }, ...(body && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${(await response.text()).slice(0, 500)}`)
  return (await response.json()) as T
}
