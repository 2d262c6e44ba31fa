import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ARGON2_COSTS, argon2Passwords } from '#hub/stores/keys/argon2-passwords.ts'

const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) }
const CHEAP = { memory: 64, passes: 1, lanes: 1 }
const kept = async (secret: string, costs = CHEAP): Promise<string> => {
  const made = await argon2Passwords(random, costs).hash(secret)
  return made.ok ? made.value : ''
}

describe('a password as it is kept', () => {
  it('says how it was made: argon2id with 19 MiB, two passes, a salt of its own', async () => {
    expect(ARGON2_COSTS).toEqual({ memory: 19_456, passes: 2, lanes: 1 })
    const [one, two] = [await kept('drei Kisten Birnen', ARGON2_COSTS), await kept('drei Kisten Birnen', ARGON2_COSTS)]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(two).not.toBe(one)
  })
  it('is known again whatever the costs of today are, and by nothing else', async () => {
    const passwords = argon2Passwords(random, CHEAP)
    for (const text of [await kept('drei Kisten Birnen'), await kept('drei Kisten Birnen', { memory: 128, passes: 2, lanes: 2 })]) {
      expect(await passwords.verify('drei Kisten Birnen', text)).toEqual({ ok: true, value: true })
      for (const wrong of ['drei Kisten birnen', '', 'drei Kisten Birnen ']) expect(await passwords.verify(wrong, text)).toEqual({ ok: true, value: false })
    }
  })
  it('of nobody, or damaged, is right for nobody', async () => {
    const passwords = argon2Passwords(random, CHEAP)
    for (const text of [null, '', 'x', '$argon2id$v=19$m=64,t=1,p=1$AAAA$AAAA']) expect(await passwords.verify('', text)).toEqual({ ok: true, value: false })
  })
  it('is old once the costs are others', async () => {
    const passwords = argon2Passwords(random, CHEAP)
    expect([passwords.isOld(await kept('x')), passwords.isOld(await kept('x', { ...CHEAP, passes: 2 })), passwords.isOld('damaged')]).toEqual([false, true, true])
  })
  it('is made two at a time; twenty wait, and the next one hears that there are too many', async () => {
    const passwords = argon2Passwords(random, CHEAP)
    const made = Array.from({ length: 22 }, () => passwords.hash('x'))
    expect(passwords.isFull()).toBe(true)
    expect([await passwords.hash('x'), await passwords.verify('x', null)]).toEqual([{ ok: false, error: { type: 'TooManyAtOnce' } }, { ok: false, error: { type: 'TooManyAtOnce' } }])
    expect((await Promise.all(made)).every(({ ok }) => ok)).toBe(true)
    expect(passwords.isFull()).toBe(false)
    expect(await passwords.verify('x', await kept('x'))).toEqual({ ok: true, value: true })
  })
})
