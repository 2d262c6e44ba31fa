/** One runner: `unit` in plain Node, `shops` against real web shops, `unit-kiosk` with the browser half of Svelte, `browser` and `browser-walks` with the built apps, a real hub and a real Chromium. */
import { fileURLToPath } from 'node:url'
import { compileModule } from 'svelte/compiler'
import { defineConfig, type Plugin } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/** State classes in *.svelte.ts with the browser half of Svelte, so that their effects run in plain Node as on a device. */
const svelteState = (): Plugin => ({
  name: 'einklang:svelte-state',
  enforce: 'post',
  transform: (code, id) => {
    const filename = id.split('?')[0]!
    return /\.svelte\.[jt]s$/.test(filename) ? compileModule(code, { filename, generate: 'client' }).js : null
  },
})

/** Most take milliseconds: the limits end what hangs, on machines many times slower too. */
const inNode = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } }
/** Stories end when their last word stands there: the limits end one that hangs, on machines many times slower too. */
const inBrowsers = { environment: 'node', globalSetup: ['test/browser/build-once.ts'], testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 90_000 } } }

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: { name: 'unit', environment: 'node', include: ['test/**/*.spec.ts'], exclude: ['**/node_modules/**', 'test/browser/**', 'test/kiosk/**', 'test/shops/**'], ...inNode },
      },
      {
        root,
        plugins: [svelteState()],
        // Applies to every package of these tests, so real sockets belong into `unit`.
        ssr: { resolve: { conditions: ['browser', 'module', 'node', 'development|production'] } },
        test: {
          name: 'unit-kiosk',
          environment: 'node',
          include: ['test/kiosk/**/*.spec.ts'],
          ...inNode,
          server: { deps: { inline: ['svelte', 'esm-env'] } },
        },
      },
      {
        root,
        // Real web shops, each a process of its own: `npm run test:shops`.
        test: { ...inBrowsers, name: 'shops', include: ['test/shops/*.spec.ts'], fileParallelism: false, sequence: { groupOrder: 2 } },
      },
      {
        root,
        // One browser at a time: the stories measure and kill.
        test: { ...inBrowsers, name: 'browser', include: ['test/browser/*.spec.ts'], fileParallelism: false, sequence: { groupOrder: 1 } },
      },
      {
        root,
        // The walks only look, at sixty screens in one test: one language beside the other.
        test: { ...inBrowsers, name: 'browser-walks', testTimeout: 600_000, include: ['test/browser/accessibility/*.spec.ts'], maxWorkers: 2, sequence: { groupOrder: 3 } },
      },
    ],
  },
})
