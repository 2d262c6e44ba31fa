/** How many connections one address may hold at a time: it cannot take those of all others, as it could under a limit on the whole server. */
import type { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'

/** The same for a line and for the encrypted one inside it. */
type Line = Pick<Socket, 'remoteAddress' | 'remotePort'>

export type ConnectionLimit = {
  /** Counts what this server takes from now on, and closes what is too much. */
  watch(server: EventEmitter): void
  /** This line no longer counts for its address. */
  release(line: Line): void
}

/** `isProxy`: all visitors come through such lines, so they are not counted; a proxy has limits of its own. */
export const connectionLimit = (max: number, isProxy: (address: string) => boolean): ConnectionLimit => {
  const open = new Map<string, Set<number>>()
  const release = ({ remoteAddress = '', remotePort = 0 }: Line): void => {
    const ports = open.get(remoteAddress)
    if (ports?.delete(remotePort) && ports.size === 0) open.delete(remoteAddress)
  }
  return {
    watch: (server) => {
      server.on('connection', (line: Socket) => {
        // Once it is closed, a line no longer tells where it came from.
        const { remoteAddress = '', remotePort = 0 } = line
        if (isProxy(remoteAddress)) return
        const ports = open.get(remoteAddress) ?? new Set()
        open.set(remoteAddress, ports.add(remotePort))
        line.once('close', () => release({ remoteAddress, remotePort }))
        if (ports.size > max) line.destroy()
      })
    },
    release,
  }
}
