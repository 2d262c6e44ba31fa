/** A network of its own with nothing in it but its loopback, whose weather a drill may make. Needs root. */
import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DrillResult, DrillRun } from './drill.ts'

const FAULTS = fileURLToPath(new URL('faults.ts', import.meta.url))

export const isInOwnNetwork = (): boolean => process.env['OWN_NETWORK'] === '1'

/** Runs the named drill again in a process whose network is cut off from the machine's, and returns what it found. */
export const inOwnNetwork = (drill: string, { rounds, plant }: DrillRun): DrillResult => {
  const args = [FAULTS, drill, '--rounds', String(rounds), ...(plant === null ? [] : ['--plant', plant])]
  const { stdout, status, error } = spawnSync('unshare', ['-n', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"', process.execPath, ...args], {
    env: { ...process.env, OWN_NETWORK: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  const line = stdout.split('\n').find((text) => text.startsWith('{'))
  if (error || line === undefined) return { figures: {}, broken: [`the drill did not run in a network of its own: ${error?.message ?? `exit ${status}`}`] }
  const { drill: _drill, ok: _ok, plant: _plant, seconds: _seconds, broken, ...figures } = JSON.parse(line) as { readonly broken: readonly string[] } & Record<string, string | number>
  return { figures: figures as DrillResult['figures'], broken }
}

export type Weather = 'silence' | 'loss' | 'reset' | 'narrow'

const nft = (rules: string): void => void execFileSync('nft', ['-f', '-'], { input: rules, stdio: ['pipe', 'ignore', 'inherit'] })
const TABLE = 'table inet drill'

/** Bad weather between the devices and the hub's port until the returned function is called. */
export const makeWeather = (weather: Weather, port: number): (() => void) => {
  if (weather === 'narrow') {
    execFileSync('tc', ['qdisc', 'add', 'dev', 'lo', 'root', 'tbf', 'rate', '64kbit', 'burst', '8kb', 'latency', '2s'])
    return () => void execFileSync('tc', ['qdisc', 'del', 'dev', 'lo', 'root'])
  }
  const verdict = { silence: 'drop', loss: 'numgen random mod 100 < 30 drop', reset: 'reject with tcp reset' }[weather]
  nft(`${TABLE} {\n chain out {\n type filter hook output priority 0\n tcp dport ${port} ${verdict}\n tcp sport ${port} ${weather === 'reset' ? 'accept' : verdict}\n }\n}\n`)
  return () => nft(`delete ${TABLE}`)
}
