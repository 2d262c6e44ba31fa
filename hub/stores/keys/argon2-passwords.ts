/** Passwords by argon2id, outside the thread that answers devices, two at a time. */
import { argon2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Passwords, TooManyAtOnce } from '#hub/ports/passwords.ts'
import type { Random } from '#hub/ports/random.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

/** Memory in KiB. The strings say with which of them they were made. */
export type Argon2Costs = { readonly memory: number; readonly passes: number; readonly lanes: number }
/** Source  OWASP, Password Storage: 19 MiB, two passes, one lane. */
export const ARGON2_COSTS: Argon2Costs = { memory: 19_456, passes: 2, lanes: 1 }

const AT_ONCE = 2
const MAX_WAITING = 20
const SALT_BYTES = 16
const HASH_BYTES = 32
const FORM = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/
const hashed = promisify(argon2)

export const argon2Passwords = (random: Random, costs: Argon2Costs = ARGON2_COSTS): Passwords => {
  let running = 0
  const waiting: (() => void)[] = []
  const isFull = (): boolean => running >= AT_ONCE && waiting.length >= MAX_WAITING

  const inTurn = async <T>(work: () => Promise<T>): Promise<Result<T, TooManyAtOnce>> => {
    if (isFull()) return err({ type: 'TooManyAtOnce' })
    if (running >= AT_ONCE) await new Promise<void>((resolve) => void waiting.push(resolve))
    else running += 1
    try {
      return ok(await work())
    } finally {
      // The place is handed on, or given up.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
  // What those are compared with who do not exist: work like any other, and right for nobody.
  const nobody = written(costs, Buffer.from(random.bytes(SALT_BYTES)), Buffer.from(random.bytes(HASH_BYTES)))

  return {
    isFull,
    hash: (secret) =>
      inTurn(async () => {
        const salt = Buffer.from(random.bytes(SALT_BYTES))
        return written(costs, salt, await derive(secret, costs, salt))
      }),
    verify: (secret, kept) =>
      inTurn(async () => {
        const read = readHash(kept ?? nobody) ?? readHash(nobody)!
        const same = timingSafeEqual(await derive(secret, read.costs, read.salt), read.hash)
        return same && kept !== null && readHash(kept) !== null
      }),
    isOld: (kept) => {
      const read = readHash(kept)
      return read === null || read.costs.memory !== costs.memory || read.costs.passes !== costs.passes || read.costs.lanes !== costs.lanes
    },
  }
}

const derive = async (secret: string, { memory, passes, lanes }: Argon2Costs, nonce: Buffer): Promise<Buffer> =>
  Buffer.from(await hashed('argon2id', { message: Buffer.from(secret, 'utf8'), nonce, memory, passes, parallelism: lanes, tagLength: HASH_BYTES }))

const plain = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
const written = ({ memory, passes, lanes }: Argon2Costs, salt: Buffer, hash: Buffer): string => `$argon2id$v=19$m=${memory},t=${passes},p=${lanes}$${plain(salt)}$${plain(hash)}`

const readHash = (text: string): { readonly costs: Argon2Costs; readonly salt: Buffer; readonly hash: Buffer } | null => {
  const parts = FORM.exec(text)
  if (!parts) return null
  const [memory, passes, lanes] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const [salt, hash] = [Buffer.from(parts[4]!, 'base64'), Buffer.from(parts[5]!, 'base64')]
  return hash.length === HASH_BYTES && salt.length >= 8 ? { costs: { memory, passes, lanes }, salt, hash } : null
}
