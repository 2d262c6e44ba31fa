/** Finds a Chromium to drive: the one named by KIOSK_BROWSER, one on PATH, or the one that came with the packages. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

export type FoundBrowser = {
  readonly path: string
  readonly from: 'KIOSK_BROWSER' | 'PATH' | 'packages'
  /** What its process needs beyond our own environment. */
  readonly env: Readonly<Record<string, string>>
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'] as const

/** Throws a sentence that says what to do; a missing browser is never passed over. */
export const findBrowser = async (env: NodeJS.ProcessEnv = process.env): Promise<FoundBrowser> => {
  const wanted = env['KIOSK_BROWSER'] ?? ''
  if (wanted !== '' && wanted !== 'bundled') {
    if (!isProgram(wanted)) throw new Error(`KIOSK_BROWSER is "${wanted}", which is no program; give a path to Chromium or the word "bundled"`)
    return { path: wanted, from: 'KIOSK_BROWSER', env: {} }
  }
  const installed = wanted === 'bundled' ? undefined : findOnPath(env['PATH'] ?? '')
  return installed === undefined ? bundledBrowser() : { path: installed, from: 'PATH', env: {} }
}

const findOnPath = (path: string): string | undefined =>
  path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isProgram)

/** Unpacked once into the temporary folder; Linux on x64 only. */
const bundledBrowser = async (): Promise<FoundBrowser> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('no Chromium found: install one, or name it in KIOSK_BROWSER')
  const { default: chromium, inflate } = await import('@sparticuz/chromium')
  const path = await chromium.executablePath()
  if (spawnSync(path, ['--version']).status === 0) return { path, from: 'packages', env: {} }
  // A bare machine lacks its libraries; the package brings those too.
  const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin')
  await inflate(join(bin, 'al2023.tar.br'))
  return { path, from: 'packages', env: { LD_LIBRARY_PATH: join(tmpdir(), 'al2023', 'lib') } }
}

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
