import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { closeWithLastWord, lastWord } from '#hub/transport/http/last-word.ts'

describe('the last word of a connection', () => {
  it('names what was wrong with the request', () => {
    expect(lastWord('ERR_HTTP_REQUEST_TIMEOUT', 12)).toBe('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
    expect(lastWord('HPE_HEADER_OVERFLOW', 9000)).toBe('HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n')
    expect(lastWord('HPE_INVALID_METHOD', 3)).toBe('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    expect(lastWord(undefined, 3)).toBe('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
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
    expect(await heard('GET / HTTP/1.1\r\nHos')).toBe('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
  })
})
