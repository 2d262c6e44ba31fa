import { describe, expect, it } from 'vitest'
import { MAX_FILE_LINES, TOP_LEVEL } from './house-rules.ts'
import { codeOf, projectFiles, readSource, sourceFiles } from './source.ts'

const files = projectFiles()
const long = (text: string): boolean => text.split('\n').length - 1 > MAX_FILE_LINES
const VAGUE = /\/(utils?|helpers?|types|common|misc|index|mod)\.(ts|svelte)$/
const NAMED = /\/([a-z0-9-]+(\.svelte|\.spec|\.bench|\.config|\.d)?\.ts|[A-Z][A-Za-z0-9]*\.svelte)$/

describe('the tree', () => {
  it('has a fixed top level', () => {
    const top = new Set(files.map((file) => file.split('/')[0]!).filter((name) => !name.startsWith('.')))
    expect([...top].filter((name) => !TOP_LEVEL.includes(name))).toEqual([])
  })
  it('has a guide in each of the five folders', () => {
    expect(['kiosk', 'hub', 'shared', 'public', 'test'].filter((folder) => !files.includes(`${folder}/README.md`))).toEqual([])
  })
  it(`has no file of code above ${MAX_FILE_LINES} lines`, () => {
    const code = files.filter((file) => /\.(ts|svelte|css)$/.test(file))
    expect(code.filter((file) => long(readSource(file)))).toEqual([])
    expect(long('x\n'.repeat(401))).toBe(true)
    expect(long('x\n'.repeat(400))).toBe(false)
  })
  it('has no file without a name of its own, and one way to write names', () => {
    const code = files.filter((file) => /\.(ts|svelte)$/.test(file))
    expect(code.filter((file) => VAGUE.test(file) || !NAMED.test(file))).toEqual([])
    expect([VAGUE.test('shared/kernel/utils.ts'), NAMED.test('kiosk/lib/ui/button.svelte'), NAMED.test('hub/readConfig.ts')]).toEqual([true, false, false])
  })
})

describe('the guarded dispatcher', () => {
  const DISPATCHER = /^hub\/transport\/socket\/[a-z-]*dispatch[a-z-]*\.ts$/
  const listens = (file: string, text: string): boolean => /\bsocket\s*\.\s*(on|once|onAny)\s*\(/.test(codeOf(file, text))
  it('is the only place of the hub that listens to a socket', () => {
    const places = sourceFiles().filter((file) => file.startsWith('hub/') && listens(file, readSource(file)))
    expect(places.filter((file) => !DISPATCHER.test(file))).toEqual([])
    expect(places.length, 'one dispatcher').toBeLessThanOrEqual(1)
    expect(listens('hub/x.ts', "socket.on('push', handle)")).toBe(true)
  })
})
