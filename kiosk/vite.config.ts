/** How the four apps are built: one page each, one service worker per installed app, everything pre-compressed. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import manifest from '../package.json' with { type: 'json' }
import { APPS } from './build/apps.ts'
import { appHead } from './build/app-head.ts'
import { appWorkers } from './build/app-workers.ts'
import { precompress } from './build/precompress.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: here('../public'),
  cacheDir: here('../node_modules/.vite'),
  define: { 'import.meta.env.APP_VERSION': JSON.stringify(manifest.version) },
  plugins: [svelte({ configFile: false }), appHead(), appWorkers(), precompress()],
  build: {
    outDir: here('../dist'),
    emptyOutDir: true,
    target: 'baseline-widely-available',
    modulePreload: { polyfill: false },
    // A font or picture inlined as data: would need a looser content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: { input: Object.fromEntries(APPS.map(({ name }) => [name, here(`./${name}/index.html`)])) },
  },
})
