/** Puts a server at a distance: a port of this machine through which every byte takes half the way there and back in each direction. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type FarAway = {
  readonly url: string
  /** Leads to this server from now on; the address to use instead of its own. */
  to(server: string): string
  close(): void
}

export const farAway = async (roundTripMs: number): Promise<FarAway> => {
  let server = ''
  const open = new Set<Socket>()
  const door = createServer((near) => {
    const { hostname, port } = new URL(server)
    const far = connect(Number(port), hostname)
    for (const [from, to] of [[near, far], [far, near]] as const) {
      open.add(from.setNoDelay())
      from.on('data', (bytes) => setTimeout(() => to.writable && to.write(bytes), roundTripMs / 2))
      from.on('end', () => setTimeout(() => to.end(), roundTripMs / 2))
      from.on('error', () => to.destroy())
      from.on('close', () => open.delete(from))
    }
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  const close = (): void => {
    door.close()
    for (const socket of open) socket.destroy()
  }
  const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  return { url, to: (real) => ((server = real), url), close }
}
