import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { IMPURE } from './forbidden.ts'
import { codeOf, readSource, ROOT, sourceFiles } from './source.ts'

const rules = sourceFiles().filter((file) => file.startsWith('shared/'))
const faults = (file: string, text: string): readonly string[] => IMPURE.filter(({ pattern }) => pattern.test(codeOf(file, text))).map(({ what }) => `${file} reads ${what}`)

describe('the rules in shared/', () => {
  it('read neither clock nor chance nor the outside world', () => {
    expect(rules.flatMap((file) => faults(file, readSource(file)))).toEqual([])
  })
  it.each(IMPURE)('and would be caught reading $what, but not doing something that looks like it', ({ what, example, harmless }) => {
    expect(faults('shared/kernel/x.ts', example)).toEqual([`shared/kernel/x.ts reads ${what}`])
    expect(faults('shared/kernel/x.ts', harmless)).toEqual([])
  })
  it('may speak of the clock in comments and texts', () => {
    expect(faults('shared/kernel/x.ts', "/** Not Date.now(). */\nconst hint = 'window.open' // Math.random()")).toEqual([])
  })
  it('load in plain Node, every file, as a web shop would load them', () => {
    const program = rules.map((file) => `await import(${JSON.stringify(pathToFileURL(join(ROOT, file)).href)})`).join('\n')
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-'], { cwd: ROOT, input: program, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
