/** The packed engine as a web shop gets it: installed from the tarball, without network, into an empty project. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OfferCase } from '#hub/tools/conformance/judge-case.ts'
import { makePackage, PACKAGE_NAME, packTarball, runNpm, type MadePackage } from '#hub/tools/pack-engine/make-package.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'

export type InstalledEngine = {
  readonly made: MadePackage
  /** Of the web shop. */
  readonly project: string
  /** Of the package inside it. */
  readonly folder: string
  remove(): void
}

export const installEngine = async (): Promise<InstalledEngine> => {
  const home = mkdtempSync(join(tmpdir(), 'einklang-engine-'))
  const made = await makePackage(join(home, 'package'))
  const tarball = packTarball(made.folder, home)
  const project = join(home, 'shop')
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'shop', private: true, type: 'module' }))
  const { status, stderr } = runNpm(['install', tarball], project)
  if (status !== 0) throw new Error(`npm install failed: ${stderr}`)
  return { made, project, folder: join(project, 'node_modules', PACKAGE_NAME), remove: () => rmSync(home, { recursive: true, force: true }) }
}

/** A script of the web shop, run in Node. */
export const runInShop = ({ project }: InstalledEngine, code: string, input = ''): { readonly status: number | null; readonly stdout: string; readonly stderr: string } => {
  writeFileSync(join(project, 'script.js'), code)
  return spawnSync(process.execPath, ['script.js'], { cwd: project, input, encoding: 'utf8', maxBuffer: 1 << 28 })
}

export type Question = { readonly offers: unknown; readonly policies: Policies; readonly context: unknown }

const folder = new URL('../../../vectors/', import.meta.url)
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { readonly cases: readonly OfferCase[] }).cases)

/** Every vector as a question to an engine. */
export const questions: readonly Question[] = cases.map((one) => ({ offers: one.offers.map(({ offer }) => offer), policies: { ...(DIALECTS as { readonly [name: string]: Policies })[one.dialect]!, ...one.policy }, context: one }))

/** What the engine of this checkout answers, to the byte. */
export const answers: readonly string[] = questions.map(({ offers, policies, context }) => JSON.stringify(priceBasket(offers as never, policies, context as never)))
