/** A real hub as a process of its own, on a free port with its own data folder: start it, kill it, start it again. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { BackUpNow, NewPerson, PeopleWanted, ShopChange, ShopChanged } from './hub-child.ts'

export type { NewPerson } from './hub-child.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** Only ends one that hangs: beside other work a start has taken six seconds. */
const START_LIMIT_MS = 90_000

export type HubOptions = {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Folder of an earlier hub; absent: a fresh one that goes with `remove`. */
  readonly dataDir?: string
  /** Folder with the hub's code; absent: this one. An earlier version stands beside it. */
  readonly root?: string
}

type Started = { readonly url: string; readonly setupCode: string | null; readonly pairingCode: string | null }

export class HubProcess {
  readonly dataDir: string
  /** Everything it logged, for a story that failed. */
  readonly log: string[] = []
  #started: Started = { url: '', setupCode: null, pairingCode: null }
  #child: ChildProcess | null = null
  readonly #options: HubOptions

  private constructor(options: HubOptions) {
    this.#options = options
    this.dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'einklang-hub-'))
  }

  static async start(options: HubOptions = {}): Promise<HubProcess> {
    const hub = new HubProcess(options)
    await hub.#spawn('0', {}, options.root)
    return hub
  }

  get url(): string {
    return this.#started.url
  }

  /** The code that pairs a device of this role, as the hub printed it. */
  codeFor(role: 'kiosk' | 'staff' | 'manager'): string {
    const code = role === 'manager' ? this.#started.setupCode : this.#started.pairingCode
    if (code === null) throw new Error(`this hub printed no code for a ${role}`)
    return code
  }

  /** SIGKILL: what it had not written is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Halts it in the middle of whatever it does; it knows nothing of it when it goes on. */
  halt(): void {
    this.#child?.kill('SIGSTOP')
  }

  goOn(): void {
    this.#child?.kill('SIGCONT')
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  /** On the same port, so that devices find it again; `env` on top of the first start's; `root` as there, absent: this code. */
  async startAgain(env: Readonly<Record<string, string>> = {}, root?: string): Promise<void> {
    await this.#spawn(new URL(this.url).port, env, root)
  }

  /** Puts the demo shop in force with these documents in place of its own; null takes one out. */
  async publish(documents: ShopChange['documents']): Promise<void> {
    if (!(await this.#order({ type: 'publish', documents }))) throw new Error('the hub refused these documents')
  }

  /** Makes a verified copy of its database. False if there is none, because the database is damaged. */
  backUp(): Promise<boolean> {
    return this.#order({ type: 'back-up' })
  }

  /** Puts people on its list who have a password already, and a PIN for wherever they gave it. */
  async addPeople(people: readonly NewPerson[]): Promise<void> {
    if (!(await this.#order({ type: 'people', people }))) throw new Error('the hub refused these people')
  }

  async remove(): Promise<void> {
    await this.kill()
    if (this.#options.dataDir === undefined) rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }

  async #order(order: ShopChange | BackUpNow | PeopleWanted): Promise<boolean> {
    const child = this.#child
    if (!child) throw new Error('a hub that is down obeys nobody')
    const answered = once(child, 'message', { signal: AbortSignal.timeout(START_LIMIT_MS) })
    const ended = once(child, 'exit').then(() => null)
    child.send(order)
    const answer = (await Promise.race([answered, ended])) as [ShopChanged] | null
    return answer?.[0].ok ?? false
  }

  async #spawn(port: string, env: Readonly<Record<string, string>> = {}, root = ROOT): Promise<void> {
    const child = spawn(process.execPath, ['hub/tools/rig/hub-child.ts', '--port', port, '--data', this.dataDir, ...(this.#options.args ?? [])], {
      cwd: root,
      env: { ...process.env, ...this.#options.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#child = child
    createInterface({ input: child.stderr! }).on('line', (line) => this.log.push(line))
    this.#started = await this.#firstLine(child)
  }

  async #firstLine(child: ChildProcess): Promise<Started> {
    const lines = createInterface({ input: child.stdout! })
    const signal = AbortSignal.timeout(START_LIMIT_MS)
    const exited = once(child, 'exit', { signal }).then(() => null)
    const first = await Promise.race([once(lines, 'line', { signal }), exited])
    exited.catch(() => undefined)
    if (!first) throw new Error(`the hub ended before it listened:\n${this.log.join('\n')}`)
    return JSON.parse(String(first[0]))
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
}
