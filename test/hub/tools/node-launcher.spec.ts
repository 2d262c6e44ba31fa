import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts

describe('the commands of package.json', () => {
  it('start TypeScript only through the launcher, which brings its own Node', () => {
    const bare = Object.entries(scripts).filter(([, line]) => line.includes('.ts') && !line.startsWith('node hub/tools/node.mjs '))
    expect(bare.map(([name]) => name)).toEqual([])
  })
  it('reach a Node that runs TypeScript, also for the programs they start', () => {
    const program = 'console.log(process.features.typescript, process.env.PATH.split(require("node:path").delimiter)[0] === require("node:path").dirname(process.execPath))'
    expect(execFileSync(process.execPath, ['hub/tools/node.mjs', '-e', program], { encoding: 'utf8' })).toBe('strip true\n')
  })
  it('keep what Node made of the code, beside the packages and nowhere else', () => {
    const program = 'console.log(require("node:module").getCompileCacheDir()?.startsWith(require("node:path").resolve("node_modules/.cache/code")))'
    expect(execFileSync(process.execPath, ['hub/tools/node.mjs', '-e', program], { encoding: 'utf8', env: { PATH: process.env['PATH'] } })).toBe('true\n')
  })
  it('hand on the exit code', () => {
    expect(() => execFileSync(process.execPath, ['hub/tools/node.mjs', '-e', 'process.exit(3)'])).toThrow(expect.objectContaining({ status: 3 }))
  })
})
