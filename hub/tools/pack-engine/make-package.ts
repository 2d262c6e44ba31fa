/** A folder that is an npm package: the engine, its types, its offer format, its vectors and the command that prices them. */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { bundleEngine, bundleRunner, type Bundle } from './bundle-engine.ts'
import { engineTypes } from './engine-types.ts'
import { offerJsonSchema } from './offer-json-schema.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
export const PACKAGE_NAME = 'einklang-engine'
/** Of `engine.min.js`, gzipped: all of it, as a page without a build would load it. Measured 31.5 kB; a build that only prices takes 22.7 kB of it. */
export const ENGINE_BUDGET_BYTES = 34_000

export type MadePackage = { readonly folder: string; readonly version: string; readonly engineBytes: number; readonly minifiedBytes: number; readonly gzipBytes: number; readonly files: number }

/** Makes `folder` anew. Throws if the engine took in a file or package that is not its own. */
export const makePackage = async (folder: string): Promise<MadePackage> => {
  const { version, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string; readonly license: string }
  const [engine, minified, runner] = [await bundleEngine(false), await bundleEngine(true), await bundleRunner()]
  refuseStrangers(engine)
  rmSync(folder, { recursive: true, force: true })
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  write('engine.js', engine.code)
  write('engine.min.js', minified.code)
  write('conformance.js', `#!/usr/bin/env node\n${runner.code}`)
  chmodSync(join(folder, 'conformance.js'), 0o755)
  for (const [path, text] of engineTypes()) write(`types/${path}`, text)
  write('offer.schema.json', `${JSON.stringify(offerJsonSchema(version), null, 2)}\n`)
  write('package.json', `${JSON.stringify(manifest(version, license), null, 2)}\n`)
  for (const name of vectors()) write(`vectors/${name}`, readFileSync(join(ROOT, 'test/vectors', name), 'utf8'))
  for (const name of ['README.md', 'CHANGELOG.md']) copyFileSync(join(ROOT, 'shared/offers', name), join(folder, name))
  copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'))
  write('NOTICE', `The bundles contain parts of valibot.\n\n${readFileSync(join(ROOT, 'node_modules/valibot/LICENSE.md'), 'utf8')}`)
  return {
    folder,
    version,
    engineBytes: Buffer.byteLength(engine.code),
    minifiedBytes: Buffer.byteLength(minified.code),
    gzipBytes: gzipSync(minified.code, { level: 9 }).length,
    files: readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length,
  }
}

/** Packs the folder as npm would publish it; without network. Shape  path of the tarball. */
export const packTarball = (folder: string, into: string): string => {
  const { status, stdout, stderr } = runNpm(['pack', '--json', '--pack-destination', into], folder)
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`)
  const packed = JSON.parse(stdout) as unknown
  const [{ filename }] = (Array.isArray(packed) ? packed : Object.values(packed as object)) as [{ readonly filename: string }]
  return join(into, filename)
}

/** npm without a look at the network, and without what this checkout sets for its own scripts. */
export const runNpm = (args: readonly string[], cwd: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_cache)/i.test(name)))
  return spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, '--offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], { cwd, env, encoding: 'utf8', shell: process.platform === 'win32' })
}

const vectors = (): readonly string[] => readdirSync(join(ROOT, 'test/vectors')).filter((name) => name.endsWith('.json')).sort()

const OWN = /\/shared\/(offers|kernel)\/|\/node_modules\/valibot\//
const refuseStrangers = ({ modules }: Bundle): void => {
  const strangers = modules.filter((file) => !OWN.test(file.replaceAll('\\', '/')))
  if (strangers.length > 0) throw new Error(`the engine took in what is not its own: ${strangers.join(', ')}`)
}

const manifest = (version: string, license: string): object => ({
  name: PACKAGE_NAME,
  version,
  description: "One price, to the cent, in every shop's own arithmetic, with its reason.",
  license,
  type: 'module',
  sideEffects: false,
  engines: { node: '>=20' },
  exports: {
    '.': { types: './types/offers/engine.d.ts', default: './engine.js' },
    './min': { types: './types/offers/engine.d.ts', default: './engine.min.js' },
    './offer.schema.json': './offer.schema.json',
    './vectors/*': './vectors/*',
    './package.json': './package.json',
  },
  bin: { 'einklang-conformance': './conformance.js' },
  files: ['engine.js', 'engine.min.js', 'conformance.js', 'types', 'offer.schema.json', 'vectors', 'CHANGELOG.md', 'NOTICE'],
})
