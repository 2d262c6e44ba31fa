/** Builds the apps before the first story, so no story ever shows yesterday's build. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export default (): void => {
  // `npm test` has just built and says so.
  if (process.env['EINKLANG_BUILT'] === '1') return
  // The test runner's own NODE_ENV would make a development build, larger and without service workers.
  const env = { ...process.env, NODE_ENV: 'production' }
  const built = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '-c', 'kiosk/vite.config.ts', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit', env })
  if (built.status !== 0) throw new Error('the apps do not build')
  // Two projects begin with it.
  process.env['EINKLANG_BUILT'] = '1'
}
