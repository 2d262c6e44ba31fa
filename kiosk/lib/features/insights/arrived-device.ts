/** Which device used a code: the one that was not there before and bears the name the code was made for. */
import type { DeviceHealth } from '#shared/protocol/devices.ts'

type Known = Pick<DeviceHealth, 'dev' | 'name' | 'role' | 'revoked'>

export const arrivedDevice = <D extends Known>(before: readonly Known[], now: readonly D[], wish: Pick<Known, 'name' | 'role'>): D | null => {
  const known = new Set(before.map(({ dev }) => dev))
  return now.find(({ dev, name, role, revoked }) => !known.has(dev) && !revoked && name === wish.name && role === wish.role) ?? null
}
