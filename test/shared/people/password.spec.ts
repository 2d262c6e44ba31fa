import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMON_PASSWORDS, COMMON_WORDS } from '#shared/people/common-passwords.ts'
import { faultOfPassword, writtenPassword } from '#shared/people/password.ts'

const NAMES = ['Ada Berg', 'Markt am Deich', 'Einklang']

describe('a chosen password', () => {
  it.each([
    ['lange Wege im Regen', null],
    ['drei Kisten Birnen bis elf', null],
    ['Zwölf Boxkämpfer', null],
    ['gZ8-qWm2-xR5t', null],
    ['🍐🍐 reif um halb neun', null],
    ['elf Zeichen', 'short'],
    ['12345678901', 'short'],
    ['', 'short'],
    [`${'lange Wege im Regen '.repeat(6)}1234567890`, 'long'],
    ['passwortpasswort', 'common'],
    ['Passwort2026!!', 'common'],
    ['P4$$w0rt2026', 'common'],
    ['!!!sommer2026!!!', 'common'],
    ['Sommer Sonne 1', 'common'],
    ['ich liebe dich', 'common'],
    ['1234567890123', 'common'],
    ['098765432109', 'common'],
    ['qwertzuiopasdf', 'common'],
    ['asdfghjkl123', 'common'],
    ['1qay2wsx3edc', 'common'],
    ['aaaaaaaaaaaaaaaa', 'common'],
    ['abcabcabcabcabc', 'common'],
    ['24122412241224', 'common'],
    ['Michael19841984', 'common'],
    ['Die Bergziege frisst', 'name'],
    ['viermal am DEICH entlang', 'name'],
    ['guter Einklang heute', 'name'],
  ])('%s: %s', (password, fault) => {
    expect(faultOfPassword(password, NAMES)).toBe(fault)
  })
  it('may be 12 to 128 characters long, whatever they weigh', () => {
    const of = (n: number): string => [...'gZ8q-Wm2x R5tä🍐vk'.repeat(10)].slice(0, n).join('')
    expect([11, 12, 128, 129].map((n) => faultOfPassword(of(n), []))).toEqual(['short', null, null, 'long'])
  })
  it('is the same however its letters were put together', () => {
    expect(writtenPassword('Mu\u0308he'.normalize('NFD'))).toBe('Mühe')
    expect(faultOfPassword('u\u0308berm Deich 12', ['Überm'])).toBe('name')
  })
  it('words of fewer than four letters of a name do not count', () => {
    expect(faultOfPassword('zwei Birnen und am Rand', ['Am Ort'])).toBeNull()
  })
})

describe('the lists', () => {
  it('are several hundred long, of whole passwords that would be long enough and words as they are compared', () => {
    expect(COMMON_PASSWORDS.size).toBeGreaterThan(300)
    expect(COMMON_WORDS.size).toBeGreaterThan(500)
    expect([...COMMON_PASSWORDS].filter((one) => one.length < 12)).toEqual([])
    expect([...COMMON_PASSWORDS, ...COMMON_WORDS].filter((one) => one !== one.toLowerCase() || /[äöüß]/.test(one))).toEqual([])
  })
  it('refuse all of themselves, in capitals, with a year or signs behind, twice', () => {
    const long = (text: string): string => text.padEnd(12, '!')
    for (const one of COMMON_PASSWORDS) for (const bent of [one, one.toUpperCase(), `${one}2026`, `${one}!?`]) expect([bent, faultOfPassword(bent, [])]).toEqual([bent, 'common'])
    for (const one of COMMON_WORDS) for (const bent of [long(one), long(`${one}2026`), long(`${one}${one}`), long(`123${one}`)]) expect([bent, faultOfPassword(bent, [])]).toEqual([bent, 'common'])
  })
  it('refuse next to nothing that chance makes', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_'), minLength: 16, maxLength: 24 })
    fc.assert(fc.property(fc.array(letters, { minLength: 20, maxLength: 20 }), (many) => many.filter((one) => faultOfPassword(one, []) !== null && new Set(one).size > 8).length === 0), { numRuns: 50 })
  })
})
