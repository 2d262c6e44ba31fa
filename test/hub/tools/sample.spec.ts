/** Made-up answers: repeatable, true to their story, and never beside real ones. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesk } from '#hub/tools/open-desk.ts'
import { runSample } from '#hub/tools/sample/sample.ts'
import { sampleTables } from '#hub/tools/sample/sample-answers.ts'

const ENDS = Date.parse('2026-11-22T15:00:00Z')
const DAY_MS = 86_400_000

describe('the sample store', () => {
  const [visits, departments] = sampleTables({ seed: 7, weeks: 13, perDay: 90, endsAt: ENDS })
  const good = (rows: readonly (readonly string[])[], place: string, from: number, until: number): number => {
    const own = rows.filter(([at, where]) => where === place && Date.parse(at!) >= from && Date.parse(at!) < until)
    return own.filter((row) => Number(row[2]) >= 4).length / own.length
  }
  it('is the same for the same seed and day, six days a week, and ends when it is told to', () => {
    expect(sampleTables({ seed: 7, weeks: 13, perDay: 90, endsAt: ENDS })).toEqual([visits, departments])
    const all = [...visits!.rows, ...departments!.rows].map(([at]) => new Date(at!))
    expect(all.some((at) => at.getUTCDay() === 0)).toBe(false)
    expect(Math.max(...all.map(Number))).toBeLessThanOrEqual(ENDS)
    expect(all.length).toBeGreaterThan(6_000)
  })
  it('has its story in it: checkout worse at the end, fruit better before', () => {
    const [late, before] = [good(visits!.rows, 'checkout', ENDS - 9 * DAY_MS, ENDS), good(visits!.rows, 'checkout', 0, ENDS - 9 * DAY_MS)]
    expect(before - late).toBeGreaterThan(0.1)
    expect(good(departments!.rows, 'produce', ENDS - 35 * DAY_MS, ENDS) - good(departments!.rows, 'produce', 0, ENDS - 35 * DAY_MS)).toBeGreaterThan(0.1)
  })
})

describe('npm run sample', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'einklang-sample-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const run = (...args: readonly string[]): { readonly code: number; readonly out: readonly string[] } => {
    const out: string[] = []
    return { code: runSample([...args, '--data', folder], (line) => out.push(line), (line) => out.push(line)), out }
  }
  it('fills data that hold no answer, once', () => {
    expect(run('--weeks', '1').out[0]).toMatch(/^there are no data in .*: start the hub once with "npm start"$/)
    const desk = openDesk(folder, { mustExist: false })
    if (desk.ok) desk.value.close()
    const { code, out } = run('--weeks', '1')
    expect(code).toBe(0)
    expect(JSON.parse(out.at(-1)!)).toMatchObject({ weeks: 1 })
    expect(run('--weeks', '1')).toMatchObject({ code: 2, out: [expect.stringContaining('there are answers already')] })
  })
  it('says what it does not take', () => {
    expect(run('--weeks', 'many')).toEqual({ code: 2, out: ['--weeks takes 1 to 52'] })
    expect(run('now').code).toBe(2)
  })
})
