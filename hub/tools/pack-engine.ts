/** The price engine as an npm package for a web shop: a folder and a tarball, with types, offer format and vectors. */
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ENGINE_BUDGET_BYTES, makePackage, packTarball } from './pack-engine/make-package.ts'

const HELP = `Packs the price engine of shared/offers for a web shop.

  npm run pack:engine [-- --out DIR]

  --out DIR   where folder and tarball go (default dist-engine)
  --help      this text

Exit code 0: packed and within its budget · 1: larger than its budget · 2: bad arguments.
The last line is JSON: {"version":"n","files":n,"engineBytes":n,"minifiedBytes":n,"gzipBytes":n,"budgetBytes":n}`

const main = async (): Promise<number> => {
  const options = readOptions()
  if (typeof options === 'string') {
    console.error(`pack:engine: ${options}\n\n${HELP}`)
    return 2
  }
  if (options.help) {
    console.log(HELP)
    return 0
  }
  const out = resolve(options.out)
  const { folder, version, files, engineBytes, minifiedBytes, gzipBytes } = await makePackage(resolve(out, 'package'))
  console.log(`folder   ${relative('.', folder)}`)
  console.log(`tarball  ${relative('.', packTarball(folder, out))}`)
  console.log(JSON.stringify({ version, files, engineBytes, minifiedBytes, gzipBytes, budgetBytes: ENGINE_BUDGET_BYTES }))
  return gzipBytes <= ENGINE_BUDGET_BYTES ? 0 : 1
}

const readOptions = (): { readonly out: string; readonly help: boolean } | string => {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist-engine' }, help: { type: 'boolean', default: false } } })
    return values
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

process.exitCode = await main()
