/**
 * One-time codes as they lie in the database and its copies. A code is short enough to be found from its hash by trying, so the hash is covered by what only the hub's key can make:
 * without the key's file it is chance. Covered is each hash for itself: by whose code it is and until when.
 */
import type { PairingCodeStore } from '#hub/ports/devices.ts'
import type { HubKeys } from '#hub/ports/hub-keys.ts'
import type { PeopleStore, Person } from '#hub/ports/people.ts'
import { base64UrlToBytes, bytesToHex } from '#shared/kernel/bytes.ts'
import type { PairingCode } from '#shared/devices/pairing.ts'

type Keys = Pick<HubKeys, 'mark'>

const COVERED = 'covered-'
const HASH = /^[0-9a-f]{64}$/
const HALF_BYTES = 16

/** The list of people whose codes are covered where they are kept. */
export const peopleWithCoveredCodes = (people: PeopleStore, keys: Keys): PeopleStore => {
  const bare = (person: Person): Person => (person.code ? { ...person, code: { ...person.code, hash: uncover(keys, personContext(person), person.code.hash) } } : person)
  const found = (person: Person | null): Person | null => person && bare(person)
  return {
    ...people,
    find: (id) => found(people.find(id)),
    findByKey: (key) => found(people.findByKey(key)),
    list: () => people.list().map(bare),
    save: (person) => people.save(person.code ? { ...person, code: { ...person.code, hash: cover(keys, personContext(person), person.code.hash) } } : person),
  }
}

/** Codes that pair devices, and what the console shows for one, covered where they are kept. */
export const coveredPairingCodes = (codes: PairingCodeStore, keys: Keys): PairingCodeStore => {
  const each = (code: PairingCode, change: typeof cover): PairingCode => ({
    ...code,
    hash: change(keys, codeContext(code), code.hash),
    asked: code.asked && { ...code.asked, keyHash: code.asked.keyHash && change(keys, `${codeContext(code)} ${code.asked.at}`, code.asked.keyHash) },
  })
  return {
    ...codes,
    find: (selector) => {
      const code = codes.find(selector)
      return code && each(code, uncover)
    },
    asked: () => codes.asked().map((code) => each(code, uncover)),
    save: (code) => codes.save(each(code, cover)),
  }
}

/** Covers what lies bare from before there were covers; once. */
export const coverBareCodes = (people: PeopleStore, keys: Keys): void => {
  const covered = peopleWithCoveredCodes(people, keys)
  for (const person of people.list()) if (person.code && HASH.test(person.code.hash)) covered.save(person)
}

const personContext = ({ id, code }: Person): string => `code of person ${id} until ${code?.expiresAt}`
const codeContext = ({ selector, expiresAt }: PairingCode): string => `pairing code ${selector} until ${expiresAt}`

const cover = (keys: Keys, context: string, hash: string): string => (HASH.test(hash) ? COVERED + overlaid(keys, context, hash) : hash)
/** What lies bare from before there were covers stays as it is. */
const uncover = (keys: Keys, context: string, kept: string): string => (kept.startsWith(COVERED) ? overlaid(keys, context, kept.slice(COVERED.length)) : kept)

const overlaid = (keys: Keys, context: string, hex: string): string => {
  const cloak = ['first', 'second'].flatMap((half) => {
    const bytes = base64UrlToBytes(keys.mark(`${half} half over ${context}`))
    return bytes.ok ? Array.from(bytes.value.subarray(0, HALF_BYTES)) : []
  })
  return bytesToHex(Uint8Array.from(cloak, (byte, i) => byte ^ parseInt(hex.slice(2 * i, 2 * i + 2), 16)))
}
