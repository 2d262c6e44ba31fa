/** An engine with one fault in it: made of the same files with one place changed, run apart from the sound one. */
import { createContext, runInContext } from 'node:vm'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'
import type { Engine } from './price-properties.ts'

/** `from` stands exactly once in `file`, below shared/. */
export type Fault = { readonly what: string; readonly file: string; readonly from: string; readonly to: string }

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url))

const breaking = ({ file, from, to }: Fault): Plugin => ({
  name: 'einklang:fault',
  enforce: 'pre',
  transform: (code, id) => {
    if (id.replaceAll('\\', '/') !== `${SHARED}${file}`) return null
    if (code.split(from).length !== 2) throw new Error(`"${from}" stands ${code.split(from).length - 1} times in ${file}`)
    return code.replace(from, () => to)
  },
})

export const brokenEngine = async (fault: Fault | null): Promise<Engine> => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: fault ? [breaking(fault)] : [],
    build: { write: false, minify: false, target: 'esnext', lib: { entry: `${SHARED}offers/price-basket.ts`, formats: ['iife'], name: 'engine' } },
  })
  const [one] = Array.isArray(built) ? built : [built]
  if (!one || !('output' in one)) throw new Error('nothing was built')
  const context = createContext({ structuredClone })
  runInContext(`${one.output[0].code};globalThis.engine = engine`, context)
  const engine = (context as unknown as { readonly engine: { readonly priceBasket: Engine } }).engine
  // Back from its own world, so that arrays are arrays.
  return (offers, policies, question) => {
    const priced = engine.priceBasket(offers, policies, question)
    return JSON.parse(JSON.stringify(priced)) as ReturnType<Engine>
  }
}
