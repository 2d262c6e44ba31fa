import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import { runRelease } from '#hub/tools/release.ts'
import { millis, type Day } from '#shared/kernel/time.ts'

const NOW = Date.UTC(2026, 10, 22, 9)
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const desk = () => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-release-'))
  folders.push(folder)
  const file = join(folder, 'changes.json')
  const run = (changes: unknown, ...args: readonly string[]) => {
    writeFileSync(file, JSON.stringify(changes))
    const [said, complained]: [string[], string[]] = [[], []]
    const code = runRelease([file, '--data', folder, ...args], (line) => void said.push(line), (line) => void complained.push(line), () => NOW)
    return { code, last: said.at(-1) ?? '', complained: complained.join('\n') }
  }
  const look = <T>(at: number, read: (documents: ReturnType<typeof sqliteStores>['documents']) => T): T => {
    const opened = openDatabase(folder, millis(at))
    if (!opened.ok) throw new Error(opened.error.type)
    const seen = read(sqliteStores(opened.value, { now: () => millis(at) }).documents)
    opened.value.close()
    return seen
  }
  look(NOW, () => undefined)
  return { run, look }
}

describe('npm run release', () => {
  it('publishes a whole shop, then changes for later on top of what holds then; null takes a document out', () => {
    const { run, look } = desk()
    const shop = demoDocuments('2026-11-22' as Day)
    const gone = Object.keys(shop).find((id) => id.startsWith('offer/'))!
    expect(run(shop, '--whole')).toMatchObject({ code: 0 })
    const later = run({ [gone]: null }, '--active-from', '2026-11-23T06:00:00+01:00')
    expect([later.code, JSON.parse(later.last)]).toEqual([0, { rev: 2, hash: expect.stringMatching(/^[0-9a-f]{64}$/), activeFrom: Date.UTC(2026, 10, 23, 5) }])
    expect(look(NOW, (documents) => [gone in documents.current()!.items, documents.upcoming().map(({ rev }) => rev)])).toEqual([true, [2]])
    expect(look(Date.UTC(2026, 10, 23, 5), (documents) => [gone in documents.current()!.items, documents.upcoming()])).toEqual([false, []])
  })
  it('says what is wrong and publishes nothing', () => {
    const { run, look } = desk()
    expect(run({}, '--active-from', '2026-11-23T06:00:00')).toMatchObject({ code: 2, complained: expect.stringContaining('is no instant with a zone') })
    expect(run([])).toMatchObject({ code: 2, complained: expect.stringContaining('not an object of documents') })
    expect(run({ 'poem/1': 'roses' })).toMatchObject({ code: 2, complained: expect.stringContaining('not published') })
    expect(run({}, '--nonsense').code).toBe(2)
    expect(runRelease(['x.json', '--data', '/nowhere'], () => undefined, () => undefined)).toBe(2)
    expect(look(NOW, (documents) => documents.head())).toBeNull()
  })
})
