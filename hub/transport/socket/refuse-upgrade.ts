/** What somebody hears whose line may not become a socket: a code, and when to come again. */
import type { IncomingMessage } from 'node:http'
import type { Refused } from './admission.ts'

const STATUS: { readonly [why in Refused['why']]: string } = { origin: '403 Forbidden', host: '403 Forbidden', full: '503 Service Unavailable', 'too many': '429 Too Many Requests', denied: '429 Too Many Requests' }

export const refusalText = ({ why, retryMs }: Refused): string => {
  const body = JSON.stringify(retryMs === undefined ? { code: 'forbidden' } : { code: 'busy', retryMs })
  const again = retryMs === undefined ? '' : `Retry-After: ${Math.ceil(retryMs / 1000)}\r\n`
  return `HTTP/1.1 ${STATUS[why]}\r\nConnection: close\r\nContent-Type: application/json\r\nX-Content-Type-Options: nosniff\r\n${again}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** Only for lines that asked to become a socket; other questions are answered as any. */
export const hangUp = (request: IncomingMessage, refused: Refused): void => {
  if (request.headers.upgrade !== undefined && request.socket.writable) request.socket.end(refusalText(refused))
}
