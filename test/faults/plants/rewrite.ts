/** Changes the product's own text on its way into a process. */
import { registerHooks } from 'node:module'

export const rewrite = (file: string, changes: readonly (readonly [string | RegExp, string])[]): void => {
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context)
      if (!url.endsWith(file)) return loaded
      let source = String(loaded.source)
      for (const [from, to] of changes) {
        if (typeof from === 'string' ? !source.includes(from) : !from.test(source)) throw new Error(`${file} has no "${from}"; mend the planted fault`)
        source = source.replace(from, to)
      }
      return { ...loaded, source }
    },
  })
}
