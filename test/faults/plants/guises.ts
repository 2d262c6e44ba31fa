/** Hubs of other versions, as far as their words go: no faults, but what stores have side by side. */
import { readFileSync } from 'node:fs'
import { rewrite } from './rewrite.ts'

/** Read, not imported: a module that is loaded already cannot be another one any more. */
const today = Number(/export const PROTOCOL_VERSION = (\d+)/.exec(readFileSync(new URL('../../../shared/protocol/version.ts', import.meta.url), 'utf8'))![1])

const speaks = (oldest: number, newest: number): void =>
  rewrite('shared/protocol/version.ts', [
    [/export const PROTOCOL_VERSION = \d+/, `export const PROTOCOL_VERSION = ${newest}`],
    [/export const OLDEST_PROTOCOL_VERSION = \d+/, `export const OLDEST_PROTOCOL_VERSION = ${oldest}`],
  ])

export const GUISES = {
  /** It has never heard of answers. */
  'knows-no-answers': () => rewrite('shared/protocol/event-types.ts', [["  'feedback.answered': 1,", '']]),
  /** The devices of today are too old for it. */
  'hub-of-tomorrow': () => speaks(today + 1, today + 2),
  /** The devices of today are too new for it. */
  'hub-of-yesterday': () => speaks(1, today - 1),
} as const satisfies Readonly<Record<string, () => void>>

export type Guise = keyof typeof GUISES
