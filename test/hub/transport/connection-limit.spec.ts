import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { connectionLimit, type ConnectionLimit } from '#hub/transport/http/connection-limit.ts'
import { HTTP_LIMITS } from '#hub/transport/http/http-server.ts'
import { MAX_BODY_BYTES } from '#hub/transport/http/read-body.ts'

let server: Server | undefined
const open: Socket[] = []
afterEach(() => {
  for (const line of open.splice(0)) line.destroy()
  server?.closeAllConnections()
  server?.close()
})

const serve = async (limit: ConnectionLimit): Promise<{ readonly line: () => Promise<Socket | null>; readonly taken: Socket[] }> => {
  const taken: Socket[] = []
  server = createServer().on('connection', (line) => taken.push(line))
  limit.watch(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    taken,
    /** Null: it was closed at once. */
    line: async () => {
      const near = connect(port, '127.0.0.1')
      open.push(near)
      near.on('error', () => undefined)
      const [far] = (await once(server!, 'connection')) as [Socket]
      return far.destroyed ? null : near
    },
  }
}

describe('the connections of one address', () => {
  it('are as many as it may have; the next is closed at once, and one that ends makes room', async () => {
    const { line, taken } = await serve(connectionLimit(2, () => false))
    const first = await line()
    expect([first, await line()].every((one) => one !== null)).toBe(true)
    expect(await line()).toBeNull()
    const gone = once(taken[0]!, 'close')
    first!.destroy()
    await gone
    expect(await line()).not.toBeNull()
  })
  it('do not count once a device has proven its key over them, nor when they come through a proxy of ours', async () => {
    const limit = connectionLimit(1, () => false)
    const { line, taken } = await serve(limit)
    await line()
    limit.release(taken[0]!)
    expect(await line()).not.toBeNull()
    expect(await line()).toBeNull()
    server!.closeAllConnections()
    const behind = await serve(connectionLimit(1, (address) => address === '127.0.0.1'))
    for (let n = 0; n < 5; n++) expect(await behind.line()).not.toBeNull()
  })
})

describe('the time and room of a request', () => {
  it('are these', () => {
    expect(HTTP_LIMITS).toEqual({ headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000, maxHeaderSize: 8192, keepAliveTimeout: 5000 })
    expect(MAX_BODY_BYTES).toBe(32_768)
  })
})
