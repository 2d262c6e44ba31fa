import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const simulate = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('../../../hub/tools/simulate.ts', import.meta.url)), ...args], { encoding: 'utf8' })
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1)!, stdout, stderr }
}

describe('npm run simulate', () => {
  it('ends with one JSON line and 0 when no seed fails', () => {
    const { status, lastLine } = simulate('--seeds', '5', '--from', '10')
    expect(status).toBe(0)
    expect(JSON.parse(lastLine)).toEqual({ seeds: 5, from: 10, events: expect.any(Number), seconds: expect.any(Number), failures: 0, failed: [] })
  })
  it('prints the seed and its steps and ends with 1 when one fails', () => {
    const { status, stdout, lastLine } = simulate('--seeds', '1', '--from', '1', '--fault', 'new-ids-on-retry')
    expect(status).toBe(1)
    expect(stdout).toMatch(/^seed 1: I\d /)
    expect(stdout).toContain('deliver push')
    expect(JSON.parse(lastLine)).toMatchObject({ seeds: 1, failures: 1 })
  })
  it('ends with 2 and a clear sentence for arguments that make no sense', () => {
    expect(simulate('--seeds', 'many')).toMatchObject({ status: 2, stderr: expect.stringContaining('--seeds must be a whole number from 1, not "many".') })
    expect(simulate('--fault', 'none').status).toBe(2)
    expect(simulate('--nonsense').status).toBe(2)
  })
  it('explains itself', () => expect(simulate('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--seeds N') }))
})
