/** How the apps are made: each built apart, so none carries code of another; one service worker per installed app; everything pre-compressed. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { readFileSync } from 'node:fs'
import { cp, rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, defineConfig, type InlineConfig, type UserConfig } from 'vite'
import { APPS, type App } from './build/apps.ts'
import { appHead } from './build/app-head.ts'
import { appWorker } from './build/app-worker.ts'
import { precompress } from './build/precompress.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const PUBLIC = here('../public')
const DIST = here('../dist')
/** Where a build grows; it becomes `dist` only when all of it is there. Two builds at once do not meet. */
const NEXT = here(`../node_modules/.next-dist-${process.pid}`)
const { version } = JSON.parse(readFileSync(here('../package.json'), 'utf8')) as { readonly version: string }

const common = (): UserConfig => ({
  root: here('.'),
  base: '/',
  publicDir: PUBLIC,
  cacheDir: here('../node_modules/.vite'),
  define: { 'import.meta.env.APP_VERSION': JSON.stringify(version) },
  plugins: [svelte({ configFile: false }), appHead()],
})

/** One app as a build of its own: a device runs only one, and code shared between bundles is never the least for any of them. */
const appBuild = (app: App): InlineConfig => ({
  ...common(),
  configFile: false,
  plugins: [...(common().plugins ?? []), appWorker(app, PUBLIC)],
  build: {
    outDir: NEXT,
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'baseline-widely-available',
    modulePreload: { polyfill: false },
    // A font or picture inlined as data: would need a looser content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { [app.name]: here(`./${app.name}/index.html`) },
      // What the first screen needs comes in one file, however much of it later screens need too: eighteen files were 4.5 kB more.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'], test: (id) => !id.endsWith('index.html') && !id.endsWith('/main.ts') }] } },
    },
  },
})

export default defineConfig({
  ...common(),
  builder: {
    buildApp: async ({ config, environments }) => {
      await rm(NEXT, { recursive: true, force: true })
      await cp(PUBLIC, NEXT, { recursive: true, filter: (file) => basename(file) !== 'README.md' })
      for (const app of APPS) await build({ ...appBuild(app), logLevel: config.logLevel ?? 'info' })
      await precompress(NEXT)
      await rm(DIST, { recursive: true, force: true })
      await rename(NEXT, DIST)
      // All is built; vite must not look for a page of its own.
      for (const environment of Object.values(environments)) environment.isBuilt = true
    },
  },
})
