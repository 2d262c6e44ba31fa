import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { DRILLS } from './drills.ts'

const FAULTS = fileURLToPath(new URL('faults.ts', import.meta.url))

/** On a machine on which no program is to be found. */
const drilled = (...args: readonly string[]) => {
  const { status, stdout } = spawnSync(process.execPath, [FAULTS, ...args], { encoding: 'utf8', env: { ...process.env, PATH: '/nowhere' } })
  return { status, lines: stdout.trim().split('\n') }
}

describe('a drill that needs what a machine lacks', () => {
  const needy = DRILLS.filter(({ needs }) => needs.some((need) => need !== 'browser')).map(({ name }) => name)

  it('says what, and fails: none is passed over', () => {
    expect(needy).toEqual(expect.arrayContaining(['hub-power-cut', 'network', 'kiosk-clocks', 'kiosk-versions']))
    const { status, lines } = drilled(...needy)
    expect(status).toBe(1)
    const said = lines.filter((line) => line.startsWith('{"drill":')).map((line) => JSON.parse(line) as { readonly drill: string; readonly ok: boolean; readonly broken: readonly string[] })
    expect(said.map(({ drill, ok }) => [drill, ok])).toEqual(DRILLS.filter(({ name }) => needy.includes(name)).map(({ name }) => [name, false]))
    for (const { drill, broken } of said) expect([drill, broken.join()]).toEqual([drill, expect.stringMatching(/^it needs (root|faketime|git)/)])
    expect(JSON.parse(lines.at(-1)!)).toEqual({ drills: needy.length, lost: 0, duplicated: 0, failed: needy.length })
  })
})

describe('every drill', () => {
  it('stands in the list, one JSON line each', () => {
    const { status, lines } = drilled('--list')
    expect(status).toBe(0)
    expect(lines.map((line) => (JSON.parse(line) as { readonly drill: string }).drill)).toEqual(DRILLS.map(({ name }) => name))
  })

  it('has a planted fault that must turn it red', () => {
    expect(DRILLS.filter(({ plants }) => plants.length === 0).map(({ name }) => name)).toEqual([])
  })
})
