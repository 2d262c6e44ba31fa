/** The engine as single ES modules, with everything it needs inside. */
import { fileURLToPath } from 'node:url'
import { build, type InlineConfig, type Plugin } from 'vite'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const ENGINE = `${ROOT}shared/offers/engine.ts`
const RUNNER = `${ROOT}hub/tools/pack-engine/run-vectors.ts`

export type Bundle = { readonly code: string; /** Files it was made of. */ readonly modules: readonly string[] }

/** `minified`: for pages that load it as it is; otherwise readable, for web shops with a build of their own. */
export const bundleEngine = (minified: boolean): Promise<Bundle> => bundle(ENGINE, { minified })

/** The command that prices the vectors; it asks the packed engine beside it, not a copy of its own. */
export const bundleRunner = (): Promise<Bundle> => bundle(RUNNER, { minified: false, plugins: [engineBeside()], external: /^node:/ })

const engineBeside = (): Plugin => ({
  name: 'einklang:engine-beside',
  enforce: 'pre',
  resolveId: (source) => (source.startsWith('#shared/offers/') ? { id: './engine.js', external: true } : null),
})

type How = { readonly minified: boolean; readonly plugins?: readonly Plugin[]; readonly external?: RegExp }

const bundle = async (entry: string, { minified, plugins = [], external }: How): Promise<Bundle> => {
  const config: InlineConfig = {
    configFile: false,
    root: ROOT,
    logLevel: 'silent',
    plugins: [...plugins],
    build: {
      write: false,
      target: 'es2022',
      minify: false,
      lib: { entry, formats: ['es'], fileName: 'bundle' },
      rolldownOptions: { ...(external ? { external } : {}), output: { minify: minified } },
    },
  }
  const built = await build(config)
  const [one] = Array.isArray(built) ? built : [built]
  if (!one || !('output' in one)) throw new Error(`nothing was built of ${entry}`)
  const [chunk, ...more] = one.output
  if (more.length > 0) throw new Error(`${entry} fell into ${one.output.length} files: ${one.output.map(({ fileName }) => fileName).join(', ')}`)
  return { code: chunk.code, modules: Object.keys(chunk.modules) }
}
