/** Hubs of other versions, as far as their words go: no faults, but what stores have side by side. */
import { rewrite } from './rewrite.ts'

const speaks = (oldest: number, newest: number): void =>
  rewrite('shared/protocol/version.ts', [
    [/export const PROTOCOL_VERSION = \d+/, `export const PROTOCOL_VERSION = ${newest}`],
    [/export const OLDEST_PROTOCOL_VERSION = \d+/, `export const OLDEST_PROTOCOL_VERSION = ${oldest}`],
  ])

export const GUISES = {
  /** It has never heard of answers. */
  'knows-no-answers': () => rewrite('shared/protocol/event-types.ts', [["  'feedback.answered': 1,", '']]),
  /** The devices of today are too old for it. */
  'hub-of-tomorrow': () => speaks(4, 5),
  /** The devices of today are too new for it. */
  'hub-of-yesterday': () => speaks(1, 2),
} as const satisfies Readonly<Record<string, () => void>>

export type Guise = keyof typeof GUISES
