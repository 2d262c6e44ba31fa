/** Emits `/<app>/sw.js` for an installed app, with the exact list of files it needs: its import closure, fonts, icons and pictures. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'
import type { App } from './apps.ts'

export type PrecacheEntry = { readonly url: string; readonly revision: string | null }

type Bundle = Rolldown.OutputBundle
type ViteMetadata = { readonly importedCss: Set<string>; readonly importedAssets: Set<string> }

const WORKER = fileURLToPath(new URL('../worker.ts', import.meta.url))
/** Names with a content hash never change their content, so they need no revision. */
const HASHED = /^assets\/.+-[\w-]{8}\.\w+$/

export const appWorker = (app: App, publicDir: string): Plugin => ({
  name: 'einklang:app-worker',
  generateBundle: {
    order: 'post',
    async handler(_options, bundle) {
      if (!app.installed) return
      const code = await workerCode()
      const precache = [...closureEntries(app, bundle), ...publicEntries(app, publicDir)].sort((a, b) => (a.url < b.url ? -1 : 1))
      const config = JSON.stringify({ app: app.name, precache })
      this.emitFile({ type: 'asset', fileName: `${app.name}/sw.js`, source: code.replace('self.workerConfig', () => config) })
      this.emitFile({ type: 'asset', fileName: `${app.name}/worker-off.json`, source: '{"off":false}\n' })
    },
  },
})

const workerCode = async (): Promise<string> => {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'baseline-widely-available', lib: { entry: WORKER, formats: ['iife'], name: 'worker', fileName: 'sw' } },
  })
  const outputs = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[]
  const chunk = outputs[0]?.output.find((part) => part.type === 'chunk')
  if (!chunk?.code.includes('self.workerConfig')) throw new Error('worker.ts no longer reads self.workerConfig')
  return chunk.code
}

const closureEntries = (app: App, bundle: Bundle): PrecacheEntry[] => {
  const page = `${app.name}/index.html`
  const names = closure(app, bundle)
  return [page, ...names].map((name) => ({ url: `/${name}`, revision: HASHED.test(name) ? null : hash(contentOf(bundle, name)) }))
}

/** Every chunk, style and asset the app's page can ever load, lazy ones included. */
const closure = (app: App, bundle: Bundle): readonly string[] => {
  const found = new Set<string>()
  const visit = (name: string): void => {
    if (found.has(name)) return
    found.add(name)
    const part = bundle[name]
    if (part?.type !== 'chunk') return
    const meta = (part as { viteMetadata?: ViteMetadata }).viteMetadata
    for (const next of [...part.imports, ...part.dynamicImports, ...(meta?.importedCss ?? []), ...(meta?.importedAssets ?? []), ...threads(bundle, part.code)]) visit(next)
  }
  const entry = Object.values(bundle).find((part) => part.type === 'chunk' && part.isEntry && part.facadeModuleId?.endsWith(`/${app.name}/index.html`))
  if (!entry) throw new Error(`no entry chunk for ${app.name}/index.html`)
  visit(entry.fileName)
  return [...found]
}

/** Scripts that a chunk starts as a thread: built apart, so they stand in no list of imports. */
const threads = (bundle: Bundle, code: string): readonly string[] => Object.keys(bundle).filter((name) => bundle[name]?.type === 'asset' && name.endsWith('.js') && code.includes(name))

const publicEntries = (app: App, publicDir: string): PrecacheEntry[] => {
  const pictures = app.pictures ? filesOf(publicDir, 'pictures').filter((name) => name.endsWith('.svg')) : []
  const names = [`manifests/${app.name}.webmanifest`, ...filesOf(publicDir, 'icons'), ...pictures]
  return names.map((name) => ({ url: `/${name}`, revision: hash(readFileSync(join(publicDir, name))) }))
}

const filesOf = (publicDir: string, folder: string): string[] => {
  try {
    return readdirSync(join(publicDir, folder)).map((name) => `${folder}/${name}`)
  } catch {
    return []
  }
}

const contentOf = (bundle: Bundle, name: string): string | Uint8Array => {
  const part = bundle[name]
  if (!part) throw new Error(`${name} is missing from the build`)
  return part.type === 'chunk' ? part.code : part.source
}

const hash = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex').slice(0, 16)
