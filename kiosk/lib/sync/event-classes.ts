/** Which events may be thinned when a device is cut off for long; all others are kept at any price. */
import type { EventClass } from '#shared/sync/append-event.ts'

const DROPPABLE = new Set(['visit.started', 'basket.begun', 'visit.ended'])

export const eventClass = (type: string): EventClass => (DROPPABLE.has(type) ? 'droppable' : 'durable')
