/** Tries to prove who one is, counted where a restart finds them: before each is judged. */
import type { Clock } from '#hub/ports/clock.ts'
import type { PeopleStore } from '#hub/ports/people.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { PersonId } from '#shared/devices/person.ts'
import { bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { countTry, DEVICE_TRIES, lockOf, PASSWORD_TRIES, PIN_TRIES, triesLeft, TRIES_MS, type TriesRule } from '#shared/people/sign-in-tries.ts'

export type TryParts = { readonly transactions: Transactions; readonly people: PeopleStore; readonly clock: Clock }

/** What is tried: a name with a password, or a person with a PIN. */
export type Subject = { readonly key: string; readonly rule: TriesRule }
/** By the name as typed: whether there is such a person makes no difference. */
export const passwordSubject = (personKey: string): Subject => ({ key: `password ${bytesToHex(sha256(utf8(personKey))).slice(0, 32)}`, rule: PASSWORD_TRIES })
export const pinSubject = (person: PersonId): Subject => ({ key: `pin ${person}`, rule: PIN_TRIES })
const device: Subject = { key: 'device', rule: DEVICE_TRIES }

export type Counted = { readonly type: 'locked'; readonly until: Millis | null } | { readonly type: 'counted'; readonly left: number }

/** Counts one try, unless no more is taken. `left`: how many there are after it, should it be wrong. */
export const countOne = ({ transactions, people, clock }: TryParts, dev: DeviceId, subject: Subject): Counted =>
  transactions.run(() => {
    const now = clock.now()
    const both = [subject, device].map(({ key, rule }) => ({ key, rule, tries: people.tries(dev, key) }))
    const locks = both.map(({ tries, rule }) => lockOf(tries, rule, now)).filter((lock) => lock !== null)
    if (locks.length > 0) return { type: 'locked', until: locks.some(({ until }) => until === null) ? null : millis(Math.max(...locks.map(({ until }) => until!))) }
    people.pruneTries(millis(now - 2 * TRIES_MS), 'pin ')
    const left = both.map(({ key, rule, tries }) => {
      const counted = countTry(tries, rule, now)
      people.saveTries(dev, key, counted)
      return triesLeft(counted, rule)
    })
    return { type: 'counted', left: Math.min(...left) }
  })

/** It was right: everything tried before is forgiven, and the device has its one back. Belongs to the running transaction. */
export const forgive = ({ people }: Pick<TryParts, 'people'>, dev: DeviceId, subject: Subject): void => {
  people.forgetTries(dev, subject.key)
  const all = people.tries(dev, device.key)
  if (all && all.count > 1) people.saveTries(dev, device.key, { ...all, count: all.count - 1 })
  else people.forgetTries(dev, device.key)
}
