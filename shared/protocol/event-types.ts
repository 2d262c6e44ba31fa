/** Every type of event and the highest version of it that this hub understands. Newer or unknown ones are parked raw until a hub comes that knows them. */

export const EVENT_VERSIONS: { readonly [type: string]: number } = {
  'feedback.answered': 1,
  'feedback.commented': 1,
  'feedback.contact-left': 1,
  'basket.handed-over': 1,
  'visit.started': 1,
  'visit.ended': 1,
  /** The device found that events it had confirmed are gone on both sides. */
  'loss.declared': 1,
  /** How many droppable events a full device left out. */
  'events.dropped': 1,
}

export const isKnownEvent = (type: string, version: number): boolean => Object.hasOwn(EVENT_VERSIONS, type) && version >= 1 && version <= EVENT_VERSIONS[type]!
