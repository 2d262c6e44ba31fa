import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type BrowserSession } from '#hub/tools/rig/browser-session.ts'
import { answers, installEngine, questions, type InstalledEngine } from '../hub/tools/pack-engine/installed-engine.ts'

const PAGE = '<!doctype html><html lang="de"><title>Shop</title><script type="module">import * as engine from "/engine.js"; globalThis.engine = engine; document.title = "ready"</script>'

let shop: InstalledEngine
let browser: BrowserSession
let server: Server
const asked: string[] = []

beforeAll(async () => {
  shop = await installEngine()
  server = createServer((request, response) => {
    const [path, name] = (request.url ?? '/').split('?')
    asked.push(path!)
    if (path === '/') return response.setHeader('content-type', 'text/html').setHeader('content-security-policy', "default-src 'none'; script-src 'self' 'unsafe-inline'").end(PAGE.replace('/engine.js', `/engine.js?${name}`))
    if (path === '/engine.js') return response.setHeader('content-type', 'text/javascript').end(readFileSync(join(shop.folder, name!)))
    return response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  server.close()
  shop.remove()
})

describe('the packed engine in a plain browser', () => {
  it.each(['engine.js', 'engine.min.js'])('is one file, asks for no other, and gives the same answer as here to every vector, to the byte: %s', async (name) => {
    const { page } = browser
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    asked.length = 0
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?${name}`)
    await page.waitForFunction("document.title === 'ready'")
    const there = await page.evaluate((all) => {
      const { priceBasket } = (globalThis as unknown as { readonly engine: { readonly priceBasket: (...question: readonly unknown[]) => unknown } }).engine
      return all.map(({ offers, policies, context }) => JSON.stringify(priceBasket(offers, policies, context)))
    }, questions as never[])
    expect(there).toEqual(answers)
    expect(faults).toEqual([])
    expect(asked.filter((path) => path !== '/favicon.ico')).toEqual(['/', '/engine.js'])
  })
})
