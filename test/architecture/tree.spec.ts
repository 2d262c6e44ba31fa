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
  it('keeps what the hub does and where it keeps it by area, no more than 25 files in one', () => {
    const inFolders = (from: readonly string[]): readonly string[] => {
      const folders = Map.groupBy(from.filter((file) => /^hub\/(use-cases|stores\/sqlite)\//.test(file)), (file) => file.slice(0, file.lastIndexOf('/')))
      return [...folders].filter(([folder, own]) => /^hub\/(use-cases|stores\/sqlite)$/.test(folder) || own.length > 25).map(([folder]) => folder)
    }
    expect(inFolders(files)).toEqual([])
    expect(inFolders(['hub/use-cases/x.ts', ...Array.from({ length: 26 }, (_, i) => `hub/stores/sqlite/care/${i}.ts`)])).toEqual(['hub/use-cases', 'hub/stores/sqlite/care'])
  })
  it('has no file without a name of its own, and one way to write names', () => {
    const code = files.filter((file) => /\.(ts|svelte)$/.test(file))
    expect(code.filter((file) => VAGUE.test(file) || !NAMED.test(file))).toEqual([])
    expect([VAGUE.test('shared/kernel/utils.ts'), NAMED.test('kiosk/lib/ui/button.svelte'), NAMED.test('hub/readConfig.ts')]).toEqual([true, false, false])
  })
})

describe('the guarded dispatcher', () => {
  /** What somebody writes who listens to the network by himself, and the only files that may. */
  const DOORS: readonly (readonly [what: string, pattern: RegExp, may: readonly string[], example: string])[] = [
    ['a socket', /\bsocket\s*\.\s*(on|once|onAny|prependAny|addListener)\s*\(/, ['hub/transport/socket/dispatcher.ts'], "socket.on('push', handle)"],
    ['all sockets', /\bio\s*(\.\s*\w+\s*(\([^)]*\)\s*)?)?\.\s*(on|once|addListener)\s*\(/, ['hub/transport/socket/dispatcher.ts'], "io.of('/').on('connection', greet)"],
    ['a server', /\bcreate(Tls|Secure|Http|Http2)?Server\s*\(/, ['hub/transport/http/http-server.ts'], 'createServer(handle).listen(0)'],
  ]
  const placesOf = (pattern: RegExp): readonly string[] => sourceFiles().filter((file) => file.startsWith('hub/') && !file.startsWith('hub/tools/') && pattern.test(codeOf(file, readSource(file))))

  it.each(DOORS)('is the only place of the hub that listens to %s', (_what, pattern, may, example) => {
    expect(placesOf(pattern).filter((file) => !may.includes(file))).toEqual([])
    expect(pattern.test(codeOf('hub/x.ts', example))).toBe(true)
  })
  it('is the only place where a server hands out requests', () => {
    const takes = (text: string): boolean => /\.(on|once|addListener|prependListener)\(\s*'(request|upgrade|connect|checkContinue)'/.test(text)
    expect(sourceFiles().filter((file) => file.startsWith('hub/') && !file.startsWith('hub/tools/') && takes(readSource(file)))).toEqual(['hub/transport/http/http-server.ts'])
    expect(takes("server.on('request', handle)")).toBe(true)
  })
})
