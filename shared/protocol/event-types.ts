/** Every type of event and the highest version of it that this hub understands. Newer or unknown ones are parked raw until a hub comes that knows them. */
import type { Json } from '../kernel/json.ts'

export const EVENT_VERSIONS: { readonly [type: string]: number } = {
  'feedback.answered': 1,
  'feedback.commented': 1,
  'feedback.contact-left': 1,
  'basket.handed-over': 1,
  'visit.started': 1,
  'visit.ended': 1,
  'basket.begun': 1,
  /** The device found that events it had confirmed are gone on both sides. */
  'loss.declared': 1,
  /** How many droppable events a full device left out. */
  'events.dropped': 1,
}

/** What an event says: the plain part, and the opened sealed part or null. */
export type Said = { readonly p: Json; readonly secret: Json | null }

/** From one version of a type to the next. Pure, and never throws on what that version allowed. */
export type Upcaster = (said: Said) => Said

/** `type@version` → the step from that version to the next one. A version that was ever released keeps its step for good. */
export const UPCASTERS: { readonly [step: `${string}@${number}`]: Upcaster } = {}

/** What a hub understands. Tests stand for older and newer hubs with their own. */
export type EventKnowledge = { readonly versions: typeof EVENT_VERSIONS; readonly upcasters: typeof UPCASTERS }
export const EVENT_KNOWLEDGE: EventKnowledge = { versions: EVENT_VERSIONS, upcasters: UPCASTERS }

export const isKnownEvent = (type: string, version: number, { versions }: EventKnowledge = EVENT_KNOWLEDGE): boolean =>
  Object.hasOwn(versions, type) && version >= 1 && version <= versions[type]!

/**
 * What an event of an earlier version says, in the words of the newest one: whoever reads events knows that one alone. The stored event stays as it came.
 * Errors  throws for a version without a step, which only a bug can cause: `missingSteps` is tested to be empty.
 */
export const upcastEvent = (type: string, version: number, said: Said, { versions, upcasters }: EventKnowledge = EVENT_KNOWLEDGE): Said => {
  let now = said
  for (let at = version; at < versions[type]!; at++) now = stepOf(upcasters, type, at)(now)
  return now
}

/** Steps that somebody forgot, as `type@version`. */
export const missingSteps = ({ versions, upcasters }: EventKnowledge): readonly string[] =>
  Object.entries(versions).flatMap(([type, newest]) =>
    Array.from({ length: newest - 1 }, (_, i): `${string}@${number}` => `${type}@${i + 1}`).filter((step) => !Object.hasOwn(upcasters, step)),
  )

const stepOf = (upcasters: typeof UPCASTERS, type: string, version: number): Upcaster => {
  const step = upcasters[`${type}@${version}`]
  if (!step) throw new Error(`no step from ${type} v${version}`)
  return step
}
