/** Hints to connected devices, by rooms: every device has its own, every role has one, and those who watch feedback share one. */
import type { Server } from 'socket.io'
import type { HintSender } from '#hub/ports/hints.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { HintName } from '#shared/protocol/calls.ts'
import type { Role } from '#shared/devices/role.ts'

export const deviceRoom = (dev: DeviceId): string => `device:${dev}`
export const roleRoom = (role: Role): string => `role:${role}`
export const WATCHERS = 'watchers'
export const EVERYBODY = 'paired'

/** Many devices report at once after a restart; one hint covers them. */
const DEVICES_PAUSE_MS = 250

export const roomHints = (io: Server): HintSender => {
  const send = (rooms: string | string[], name: HintName, hint: unknown): void => void io.to(rooms).emit(name, hint)
  let devicesPlanned = false
  return {
    release: (hint) => send(EVERYBODY, 'release', hint),
    // Written down for nobody it would still take its time, and answers come by the thousand.
    feedback: (make) => void (io.sockets.adapter.rooms.has(WATCHERS) && send(WATCHERS, 'feedback', make())),
    erased: (hint) => send(WATCHERS, 'erased', hint),
    handoff: (dev, hint) => send(deviceRoom(dev), 'handoff', hint),
    acting: () => send([roleRoom('staff'), roleRoom('manager')], 'acting', {}),
    devices: () => {
      if (devicesPlanned) return
      devicesPlanned = true
      setTimeout(() => {
        devicesPlanned = false
        send([roleRoom('staff'), roleRoom('manager')], 'devices', {})
      }, DEVICES_PAUSE_MS).unref()
    },
  }
}
