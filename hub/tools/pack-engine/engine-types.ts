/** The types of the engine's public list, and of all that it speaks of, as declaration files. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const ENTRY = 'offers/engine.d.ts'

/** Shape  text by path below `shared/`; only what `offers/engine.d.ts` reaches. */
export const engineTypes = (): ReadonlyMap<string, string> => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-types-'))
  try {
    const config = join(folder, 'tsconfig.json')
    writeFileSync(config, JSON.stringify({
      extends: join(ROOT, 'shared/tsconfig.json'),
      compilerOptions: { noEmit: false, declaration: true, emitDeclarationOnly: true, stripInternal: true, rootDir: join(ROOT, 'shared'), outDir: join(folder, 'out') },
      files: [join(ROOT, 'shared/offers/engine.ts')],
      include: [],
    }))
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', config], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`the types could not be made:\n${stdout}${stderr}`)
    return reachable(ENTRY, (path) => readFileSync(join(folder, 'out', path), 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const IMPORTED = /(from |import\()(['"])([^'"]+)\2/g

/** A declaration imports `.js`, so that every way of resolving finds its neighbour; one that needs a package would break the promise of none. */
const reachable = (entry: string, read: (path: string) => string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  const open = [entry]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue
    const text = read(path)
    for (const [, , , specifier] of text.matchAll(IMPORTED)) {
      if (!specifier!.startsWith('.')) throw new Error(`the types of ${path} need the package ${specifier}`)
      open.push(posix.join(dirname(path), specifier!.replace(/\.ts$/, '.d.ts')))
    }
    found.set(path, text.replaceAll(IMPORTED, (_, word: string, quote: string, specifier: string) => `${word}${quote}${specifier.replace(/\.ts$/, '.js')}${quote}`))
  }
  return found
}
