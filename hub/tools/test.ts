/** `npm test`: everything a change must pass, in the order that fails fastest. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { checkSizes } from './rig/check-sizes.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SIMULATED_SEEDS = 2000
/** A step that hangs fails instead of holding everything up. */
const STEP_LIMIT_MS = 22 * 60_000

type Step = { readonly name: string; readonly about: string; readonly run: () => boolean; /** Runs only when it is asked for. */ readonly extra?: true }
type Tally = { passed: number; failed: number }

const HELP = `npm test [-- STEP …] [-- --shops]   runs everything, or only the named steps; exit 1 if anything falls short
  --shops   with the connectors against real web shops too; they are installed in test/shops (840 MB, Linux x64)

`

const main = (): number => {
  const tally: Tally = { passed: 0, failed: 0 }
  const steps = allSteps(tally)
  const wanted = readArguments(steps)
  if (typeof wanted === 'number') return wanted
  const failures: string[] = []
  for (const { name, about, run } of wanted) {
    console.log(`\n── ${name}: ${about}`)
    const startedAt = performance.now()
    const passed = run()
    console.log(`── ${name}: ${passed ? 'passed' : 'FAILED'} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
    if (!passed) failures.push(name)
  }
  return summarise(tally, failures)
}

const allSteps = (tally: Tally): readonly Step[] => [
  { name: 'types', about: 'TypeScript over everything, shared/ without DOM and Node, every Svelte component', run: () => npmRun('types') },
  { name: 'lint', about: 'no warning anywhere', run: () => npmRun('lint') },
  { name: 'build', about: 'four apps, three service workers', run: () => npmRun('build', '--', '--logLevel', 'warn') },
  { name: 'sizes', about: 'JavaScript before the first screen, from the built files', run: () => checkSizes(join(ROOT, 'dist'), console.log) },
  { name: 'conformance', about: 'our own priced baskets through the engine', run: () => node('hub/tools/conformance.ts', ...vectors()) },
  { name: 'simulate', about: `the fleet on a simulated network, ${SIMULATED_SEEDS} seeds`, run: () => node('hub/tools/simulate.ts', '--seeds', String(SIMULATED_SEEDS), '--from', '1') },
  { name: 'faults', about: 'the hub and a browser are killed, a database is damaged, clocks and versions differ, the line is bad, one floods, hundreds drip, in short', run: () => node('test/faults/faults.ts', '--light', 'hub-kill', 'hub-damaged', 'versions', 'clocks', 'line', 'http-noise', 'flood', 'slow-loris', 'browser-kill') },
  { name: 'shops', about: 'the connectors, and a hub, against two real web shops', run: () => vitest('shops', tally), extra: true },
  { name: 'unit', about: 'rules and parts in plain Node', run: () => vitest('unit', tally) },
  { name: 'browser', about: 'the stories in a real browser against a real hub', run: () => vitest('browser', tally) },
]

/** The steps to run, or the exit code. */
const readArguments = (steps: readonly Step[]): readonly Step[] | number => {
  const names = steps.map(({ name }) => name)
  try {
    const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' }, shops: { type: 'boolean', default: false } }, allowPositionals: true })
    if (values.help) {
      console.log(HELP + steps.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n'))
      return 0
    }
    const unknown = positionals.find((name) => !names.includes(name))
    if (unknown !== undefined) throw new Error(`there is no step "${unknown}"; steps: ${names.join(', ')}`)
    return steps.filter(({ name, extra }) => positionals.includes(name) || (extra ? values.shops : positionals.length === 0))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 2
  }
}

const summarise = ({ passed, failed }: Tally, failures: readonly string[]): number => {
  const otherSteps = failures.filter((name) => !['shops', 'unit', 'browser'].includes(name)).length
  console.log(failures.length === 0 ? '\nEverything passed.' : `\nFailed: ${failures.join(', ')}`)
  console.log(` Tests  ${failed > 0 ? `${failed} failed | ` : ''}${passed} passed (${passed + failed})`)
  console.log(`${passed} passed, ${failed + otherSteps} failed`)
  return failures.length === 0 ? 0 : 1
}

const vitest = (project: string, tally: Tally): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-test-'))
  const report = join(folder, 'report.json')
  try {
    const passed = node('node_modules/vitest/vitest.mjs', 'run', '-c', 'test/vitest.config.ts', '--project', `${project}*`, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`)
    const { numPassedTests, numFailedTests } = readReport(report)
    tally.passed += numPassedTests
    // A file that does not even load counts as one failure.
    tally.failed += passed ? 0 : Math.max(1, numFailedTests)
    return passed && numPassedTests > 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const readReport = (file: string): { readonly numPassedTests: number; readonly numFailedTests: number } => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0 }
  }
}

const vectors = (): readonly string[] => {
  const folder = 'test/vectors'
  const files = readdirSync(join(ROOT, folder)).filter((file) => file.endsWith('.json'))
  if (files.length === 0) throw new Error(`${folder} holds no cases`)
  return files.sort().map((file) => join(folder, file))
}

// `npm test` has built already; the browser project need not do it again.
const environment = { ...process.env, EINKLANG_BUILT: '1' }
const runs = (command: string, args: readonly string[]): boolean => {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', env: environment, timeout: STEP_LIMIT_MS, killSignal: 'SIGKILL' })
  if (error) console.error(error.message)
  return status === 0
}
const node = (...args: readonly string[]): boolean => runs(process.execPath, args)
const npmRun = (...args: readonly string[]): boolean => runs(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', '--silent', ...args])

process.exitCode = main()
