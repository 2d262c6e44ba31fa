/** The built apps with a fault planted into them: a copy of dist in which one marked place reads otherwise. */
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const DIST = fileURLToPath(new URL('../../dist', import.meta.url))

export type Change = readonly [place: RegExp, instead: string]

export type PlantedBuild = { readonly env: Readonly<Record<string, string>>; remove(): void }

/** Every change must hit at least once, or the fault would not be planted and a green drill would prove nothing. */
export const plantBuild = (changes: readonly Change[]): PlantedBuild => {
  if (!existsSync(join(DIST, 'shopper/index.html'))) throw new Error('the apps are not built: npm run build')
  if (changes.length === 0) return { env: {}, remove: () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'einklang-planted-'))
  cpSync(DIST, folder, { recursive: true })
  const assets = join(folder, 'assets')
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'))
  for (const [place, instead] of changes) {
    const hit = scripts.filter((name) => {
      const file = join(assets, name)
      const code = readFileSync(file, 'utf8')
      if (!place.test(code)) return false
      writeFileSync(file, code.replace(place, instead))
      for (const packed of [`${file}.br`, `${file}.gz`]) rmSync(packed, { force: true })
      return true
    })
    if (hit.length === 0) throw new Error(`the built apps have no place like ${place}; mend the planted fault`)
  }
  return { env: { APP_FILES: folder }, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
