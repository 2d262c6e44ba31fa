import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { HEADER_LINES } from '#hub/transport/http/headers.ts'
import { closeWithLastWord, lastWord } from '#hub/transport/http/last-word.ts'

const closing = (status: string): string => `HTTP/1.1 ${status}\r\nConnection: close\r\n${HEADER_LINES}\r\n`

describe('the last word of a connection', () => {
  it('names what was wrong with the request', () => {
    expect(lastWord('ERR_HTTP_REQUEST_TIMEOUT', 12)).toBe(closing('408 Request Timeout'))
    expect(lastWord('HPE_HEADER_OVERFLOW', 9000)).toBe(closing('431 Request Header Fields Too Large'))
    expect(lastWord('HPE_INVALID_METHOD', 3)).toBe(closing('400 Bad Request'))
    expect(lastWord(undefined, 3)).toBe(closing('400 Bad Request'))
  })
  it('has the headers of every answer', () => {
    expect(HEADER_LINES).toMatch(/^Content-Security-Policy: default-src 'self'; [^]*\r\nX-Content-Type-Options: nosniff\r\n/)
  })
  it('is silence where nothing was asked', () => {
    for (const code of ['ERR_HTTP_REQUEST_TIMEOUT', 'ECONNRESET', undefined]) expect(lastWord(code, 0)).toBeNull()
  })
})

describe('a server that waits a moment only', () => {
  let server: Server | undefined
  afterEach(() => server?.close())
  const heard = async (said: string): Promise<string> => {
    server = createServer({ headersTimeout: 20, requestTimeout: 20, connectionsCheckingInterval: 10 }).on('clientError', closeWithLastWord)
    await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready))
    return new Promise((resolve) => {
      let text = ''
      const line = connect((server!.address() as AddressInfo).port, '127.0.0.1', () => void (said && line.write(said)))
      line.on('data', (chunk) => (text += chunk)).on('close', () => resolve(text))
    })
  }
  it('closes a connection that was opened ahead without a word', async () => {
    expect(await heard('')).toBe('')
  })
  it('tells a slow sender that it was too slow', async () => {
    expect(await heard('GET / HTTP/1.1\r\nHos')).toBe(closing('408 Request Timeout'))
  })
})
