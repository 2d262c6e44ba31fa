/** What a connection hears before it is closed because its request cannot be read. */
import type { Duplex } from 'node:stream'
import { HEADER_LINES } from './headers.ts'

/** Of a request that was too slow, too long in its head, or is none. */
const LAST_WORDS: { readonly [code: string]: string } = { ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout', HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large' }
const NO_REQUEST = '400 Bad Request'

/** Null where nothing must be said: browsers open connections ahead, and would take the answer for that of a request which is under way at that moment. */
export const lastWord = (code: string | undefined, bytesRead: number): string | null =>
  bytesRead === 0 ? null : `HTTP/1.1 ${LAST_WORDS[code ?? ''] ?? NO_REQUEST}\r\nConnection: close\r\n${HEADER_LINES}\r\n`

/** For `clientError` of a server: closes this one connection. */
export const closeWithLastWord = (error: NodeJS.ErrnoException, socket: Duplex & { readonly bytesRead?: number }): void => {
  const word = socket.writable ? lastWord(error.code, socket.bytesRead ?? 0) : null
  if (word === null) socket.destroy()
  else socket.end(word)
}
