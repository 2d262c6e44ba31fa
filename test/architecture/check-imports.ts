/** Holds one import against the house rules; null when it is allowed, a sentence when not. */
import { DOORS, NODE_DOOR, ROOMS, type Room } from './house-rules.ts'
import { isWithin, target } from './source.ts'

export const importFault = (file: string, specifier: string): string | null => {
  const to = target(file, specifier)
  return 'pack' in to ? packageFault(file, to.pack) : roomFault(file, to.path)
}

const packageFault = (file: string, pack: string): string | null => {
  const doors = pack.startsWith('node:') && !(pack in DOORS) ? NODE_DOOR : DOORS[pack]
  if (!doors) return `${file} imports ${pack}, a package without a door`
  return doors.some((door) => isWithin(file, door)) ? null : `${file} imports ${pack}, whose door is ${doors.join(', ')}`
}

const roomFault = (file: string, path: string): string | null => {
  const from = roomOf(file)
  const to = roomOf(path)
  if (!from) return `${file} lives in no room`
  if (!to) return `${file} imports ${path}, which is outside of kiosk, hub and shared`
  if (from === to) return from.sealed && neighbour(from, file) !== neighbour(from, path) ? `${file} imports its neighbour ${path}` : null
  return from.may.some((allowed) => (allowed.endsWith('/*') ? isWithin(to.room, allowed.slice(0, -2)) : to.room === allowed)) ? null : `${file} imports ${path}, but ${from.room} may not enter ${to.room}`
}

const roomOf = (path: string): Room | undefined => ROOMS.filter(({ room }) => isWithin(path, room)).sort((a, b) => b.room.length - a.room.length)[0]

const neighbour = ({ room }: Room, path: string): string | undefined => path.slice(room.length + 1).split('/')[0]
