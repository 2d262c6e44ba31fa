/** A web shop as a process of its own: installed from its lock file, started on a free port, ended with the run. Spoken to over HTTP only. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const INSTALL_MS = 400_000

export const PASSWORD = 'only-in-memory'

export type ProcessTerms = {
  /** Below this one; holds the lock file. */
  readonly folder: string
  /** A package without which it is not installed. */
  readonly needs: string
  /** What is run; it prints `{"ready":true,"port":…}` when it listens. */
  readonly script: string
  readonly args?: readonly string[]
  readonly env: { readonly [name: string]: string }
  /** Making tables, loading packages: seconds on a quiet machine. */
  readonly startMs: number
}
export type ShopProcess = { readonly url: string; stop(): Promise<void> }

export const startProcess = async ({ folder, needs, script, args = [], env, startMs }: ProcessTerms): Promise<ShopProcess> => {
  const cwd = fileURLToPath(new URL(`./${folder}/`, import.meta.url))
  install(cwd, needs)
  const child = spawn(process.execPath, [script, ...args], { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  const port = await new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the web shop did not start: ${said.slice(-2000)}`)), startMs)
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
    // It ends what it started itself, and removes its folder.
    child.kill('SIGTERM')
    throw error
  })
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill('SIGTERM')
    })
  return { url: `http://127.0.0.1:${port}`, stop }
}

/** Without scripts; a registry that does not answer is a failure, not a skipped test. */
const install = (cwd: string, needs: string): void => {
  if (existsSync(`${cwd}node_modules/${needs}/package.json`)) return
  const { status, error, stderr } = spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd, encoding: 'utf8', timeout: INSTALL_MS })
  if (status !== 0) throw new Error(`the web shop for the tests could not be installed: ${error?.message ?? stderr.slice(-2000)}`)
}

/** An answer as JSON, with its headers. Errors  throws with the shop's own words unless it is a success. */
export const askJson = async (url: string, method: string, headers: { readonly [name: string]: string }, body?: object): Promise<{ readonly said: unknown; readonly headers: Headers }> => {
  const response = await fetch(url, { method, headers: { 'content-type': 'application/json', ...headers }, ...(body && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${(await response.text()).slice(0, 500)}`)
  return { said: await response.json(), headers: response.headers }
}
