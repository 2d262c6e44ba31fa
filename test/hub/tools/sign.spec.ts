import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runSign } from '#hub/tools/sign.ts'
import { parseSign } from '#shared/feedback/sign-code.ts'
import { startTestHub } from '../test-hub.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-sign-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = async (...args: readonly string[]) => {
  const [out, complaints]: [string[], string[]] = [[], []]
  const code = await runSign([...args, '--data', folder], (line) => out.push(line), (line) => complaints.push(line))
  return { code, out, complaints }
}

describe('npm run sign', () => {
  it('prints the address of a new sign and its QR, and says what is wrong otherwise', async () => {
    const hub = await startTestHub({ folder })
    await hub.stop()
    const first = await run('checkout', '--host', 'shop.example')
    const sign = parseSign(new URL(first.out[0]!).hash.slice(1))
    expect([first.code, first.out[0]!.startsWith('https://shop.example/f#checkout.1.'), sign.ok, first.out.length > 10]).toEqual([0, true, true, true])
    expect((await run('checkout', '--host', '192.168.1.9:8080')).out[0]).toMatch(/^http:\/\/192\.168\.1\.9:8080\/f#checkout\.2\./)
    expect((await run('moon', '--host', 'shop.example')).complaints[0]).toMatch(/^there is no touchpoint "moon"; there are checkout, cheese-counter, /)
    expect((await run('checkout')).complaints[0]).toBe('nobody has said how phones reach this hub: --host shop.example')
    expect((await run()).code).toBe(2)
    expect((await run('--help')).code).toBe(0)
  })
})
