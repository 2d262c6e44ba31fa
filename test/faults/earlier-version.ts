/** The whole product as it was before the newest version of the protocol: taken out of the repository's history and built. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type EarlierVersion = {
  /** Its code. */
  readonly root: string
  /** Its built apps. */
  readonly apps: string
  remove(): void
}

const git = (...args: readonly string[]): string | null => {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return status === 0 ? stdout.trim() : null
}

/** The last commit that spoke the version before; null if the history does not tell. */
export const lastOfVersionBefore = (): string | null => {
  const changed = git('log', `-SPROTOCOL_VERSION = ${PROTOCOL_VERSION}`, '--format=%H', '--', 'shared/protocol/version.ts')?.split('\n').at(-1)
  return changed ? git('rev-parse', '--verify', '--quiet', `${changed}~1`) : null
}

/** With the packages of today, which it ran with as well. */
export const earlierVersion = (): EarlierVersion => {
  const commit = lastOfVersionBefore()
  if (commit === null) throw new Error('the history does not go back to the version before')
  const root = mkdtempSync(join(tmpdir(), 'einklang-earlier-'))
  try {
    execFileSync('sh', ['-c', 'git archive "$0" | tar -x -C "$1"', commit, root], { cwd: ROOT })
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
    execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '-c', 'kiosk/vite.config.ts', '--logLevel', 'error'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  } catch (error) {
    rmSync(root, { recursive: true, force: true })
    throw error
  }
  return { root, apps: join(root, 'dist'), remove: () => rmSync(root, { recursive: true, force: true }) }
}
