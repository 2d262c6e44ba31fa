/** Lines that ask for something and take for ever about it: each kind begins honestly and then drips. */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

export const SLOW_KINDS = ['silence', 'headers', 'body', 'chunks', 'upgrade', 'silent socket', 'half a frame', 'no proof'] as const
export type SlowKind = (typeof SLOW_KINDS)[number]

/** Ms the hub bore it, or null if it still does when the limit is over. */
export type Borne = Promise<number | null>

const DRIP_MS = 700
const HANDSHAKE = '/socket.io/?EIO=4&transport=websocket'

/** What is said at once, and one drop of what follows. */
const words = (kind: SlowKind, host: string): readonly [first: string, drop: string] => {
  const upgrade = `GET ${HANDSHAKE} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n`
  switch (kind) {
    case 'silence':
      return ['', '']
    case 'headers':
      return [`GET / HTTP/1.1\r\nHost: ${host}\r\n`, 'x: y\r\n']
    case 'body':
      return [`POST /api/pair HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 30000\r\n\r\n`, '{']
    case 'chunks':
      return [`POST /api/pair HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`, '1\r\n{\r\n']
    case 'upgrade':
      return [upgrade, 'x: y\r\n']
    case 'silent socket':
      return [`${upgrade}\r\n`, '']
    case 'half a frame':
      return [`${upgrade}\r\n`, '\x81']
    case 'no proof':
      // A masked text frame "40{}": it wants in, and shows nothing.
      return [`${upgrade}\r\n\x81\x84\x00\x00\x00\x0040{}`, '']
  }
}

export const slowLine = (host: string, kind: SlowKind, limitMs: number, open: Set<Socket>): Borne =>
  new Promise((resolve) => {
    const [name, port] = host.split(':')
    const [first, drop] = words(kind, host)
    const from = performance.now()
    const line = connect(Number(port), name, () => void (first && line.write(first, 'latin1')))
    open.add(line)
    const drip = setInterval(() => void (drop && line.writable && line.write(drop, 'latin1')), DRIP_MS)
    const late = setTimeout(() => resolve(null), limitMs)
    line.on('error', () => undefined).resume()
    line.on('close', () => {
      clearInterval(drip)
      clearTimeout(late)
      open.delete(line)
      resolve(performance.now() - from)
    })
  })
