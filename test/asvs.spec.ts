import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const HERE = new URL('./', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, HERE), 'utf8')

/** The acceptance list, as ranges of the standard's numbers. */
const ITEMS =
  '2.2.1-3 2.3.3-4 2.4.1 3.2.2 3.4.1-8 3.5.1 3.5.3 4.1.1 4.1.4 4.2.1 4.4.1-4 6.2.1-11 6.3.1-2 6.3.8 6.4.1 6.5.1-6 6.6.3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.2 8.2.1-3 8.3.1-2 9.1.1-3 9.2.1-3 11.2.4 11.3.2 11.4.2 11.5.1 12.1.1 12.3.1 12.3.4 13.4.1-6 14.2.1 14.2.3 14.2.7 14.3.1-3 15.3.3 15.3.5-6 15.4.2 16.2.5 16.3.1-4 16.4.1-2 16.5.1-4'
const numbers = (range: string): readonly string[] => {
  const [, chapter, first, last = first] = /^(\d+\.\d+)\.(\d+)(?:-(\d+))?$/.exec(range)!
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => `${chapter}.${Number(first) + i}`)
}

type Row = { readonly key: string; readonly shown: string }
const rowsOf = (guide: string): readonly Row[] => [...read(guide).matchAll(/^\| (?!item|threat|---)([^|]+) \|.*\| ([^|]+) \|$/gm)].map(([, key, shown]) => ({ key: key!.trim(), shown: shown! }))
/** Pairs of a file and a part of a title in it, as they are named in a cell. */
const namedIn = (text: string): readonly { readonly file: string; readonly title: string | null }[] => [...text.matchAll(/`((?:[\w-]+\/)*[\w-]+(?:\.spec)?\.ts)`(?: "([^"]+)")?/g)].map(([, file, title]) => ({ file: file!, title: title ?? null }))
const faultOf = ({ file, title }: { readonly file: string; readonly title: string | null }): string | null => {
  if (!existsSync(new URL(file, HERE))) return `${file} is not there`
  return title === null || read(file).includes(title) ? null : `${file} has no "${title}"`
}

describe('the list of the ASVS', () => {
  const rows = rowsOf('asvs.md')
  it('has each item once, in order', () => {
    expect(rows.map(({ key }) => key)).toEqual(ITEMS.split(' ').flatMap(numbers))
  })
  it('names tests that are there, or says why there is none', () => {
    expect(rows.filter(({ shown }) => namedIn(shown).every(({ title }) => title === null) && !shown.startsWith('not shown: ')).map(({ key }) => key)).toEqual([])
    expect(rows.flatMap(({ key, shown }) => namedIn(shown).map(faultOf).filter((fault) => fault !== null).map((fault) => `${key}: ${fault}`))).toEqual([])
  })
  it('would notice a title or a file that is gone', () => {
    expect(namedIn('`hub/config.spec.ts` "no such words", `hub/none.spec.ts`').map(faultOf)).toEqual(['hub/config.spec.ts has no "no such words"', 'hub/none.spec.ts is not there'])
  })
})

describe('the list of threats', () => {
  const guide = read('security.md')
  it('has S1 to S11, each with its figure, its command and what turns it red', () => {
    expect([...guide.matchAll(/^\| (S\d+)/gm)].map(([, name]) => name)).toEqual(Array.from({ length: 11 }, (_, i) => `S${i + 1}`))
    for (const row of guide.match(/^\| S\d+.*$/gm)!) expect(row.split(' | ').filter((cell) => cell.trim() !== ''), row).toHaveLength(5)
  })
  it('names files and drills that are there', () => {
    expect(namedIn(guide).map(faultOf).filter((fault) => fault !== null)).toEqual([])
    const drills = read('faults/drills.ts')
    for (const [, drill] of guide.matchAll(/npm run faults -- ([a-z-]+)/g)) expect(drills, drill).toContain(`./drills/${drill}.ts`)
    for (const [, plant] of guide.matchAll(/--plant ([a-z-]+)/g)) expect(read('faults/plants/plants.ts'), plant).toContain(`'${plant}'`)
  })
})
