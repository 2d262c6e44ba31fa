/** Names for what is new, so that nobody has to think of one and no two meet. */
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { NewId } from './survey-edit.ts'

const BYTES = 4

export const newIdFrom =
  (random: (count: number) => Uint8Array): NewId =>
  (prefix) =>
    `${prefix}-${bytesToHex(random(BYTES))}`
