/** A hub, or a bare server to compare it with, as a process of its own that tells what it takes. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { HubProcess } from '../rig/hub-process.ts'
import type { Reading } from './gauge.ts'
import { pairFleet, type Credentials } from './light-device.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const GAUGE = fileURLToPath(new URL('gauge.ts', import.meta.url))
const START_LIMIT_MS = 20_000

export type MeasuredServer = {
  readonly url: string
  /** Devices that it knows. */
  readonly devices: readonly Credentials[]
  /** `gc`: memory without what nobody holds. */
  read(word?: 'gc'): Promise<Reading>
  close(): Promise<void>
}

export type MeasuredHub = MeasuredServer & { readonly process: HubProcess }

/** A fresh hub with the demo shop and `size` paired kiosks. `limits`: "open" lets one device send more than the product allows. */
export const startHub = async (size: number, options: { readonly limits?: 'open'; readonly env?: Readonly<Record<string, string>> } = {}): Promise<MeasuredHub> => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-bench-'))
  try {
    const devices = pairFleet(folder, size)
    const gauge = join(folder, 'gauge')
    const hub = await HubProcess.start({ dataDir: folder, env: { ...gauged(gauge), ...(options.limits === 'open' && { OPEN_LIMITS: '1' }), ...options.env } })
    const close = async (): Promise<void> => {
      await hub.kill()
      rmSync(folder, { recursive: true, force: true })
    }
    return { url: hub.url, devices, process: hub, read: (word = undefined) => readGauge(gauge, word), close }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** What a bare server does with a batch before it acknowledges it. */
export type BareKind = 'echo' | 'group' | 'each'

export type BareServer = MeasuredServer & {
  /** From now on a pull gets this release, and everybody is told so. */
  tell(order: { readonly release: unknown; readonly hint: unknown }): void
}

/** Bare Socket.IO that speaks the hub's words and knows none of its rules. */
export const startBare = async (kind: BareKind, size: number): Promise<BareServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-bare-'))
  const gauge = join(folder, 'gauge')
  const child = startScript('test/bench/bare-server.ts', [kind, folder], gauged(gauge))
  const close = async (): Promise<void> => {
    await endChild(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const url = await firstLine(child)
    return { url, devices: pairFleet(null, size), read: (word = undefined) => readGauge(gauge, word), tell: (order) => void child.send(order), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A script of the bench in a process of its own; it ends with this one. */
export const startScript = (file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess =>
  spawn(process.execPath, [file, ...args], { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })

export const firstLine = async (child: ChildProcess): Promise<string> => {
  const line = once(createInterface({ input: child.stdout! }), 'line', { signal: AbortSignal.timeout(START_LIMIT_MS) })
  const ended = once(child, 'exit').then(() => null)
  const first = await Promise.race([line, ended])
  if (!first) throw new Error('the process ended before it said anything')
  return String(first[0])
}

export const endChild = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

const gauged = (place: string): Readonly<Record<string, string>> => ({ GAUGE: place, NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${GAUGE}` })

const readGauge = async (place: string, word: 'gc' | undefined): Promise<Reading> => {
  const socket = connect(place)
  socket.end(word ?? 'now')
  let said = ''
  for await (const chunk of socket) said += String(chunk)
  return JSON.parse(said)
}
