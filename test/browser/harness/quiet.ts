/** Listens to everything a page complains about; a story that ends with complaints has failed. */
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

export type Quiet = {
  /** Complaints so far: console errors and warnings, uncaught errors, content-security violations, requests to foreign hosts. */
  readonly complaints: readonly string[]
  /** From here on, failed requests are part of the story: the hub is gone. */
  expectNoNetwork(): void
  expectNetwork(): void
  verify(): void
}

/** What Chromium itself prints when a request finds no hub; expected while the network is taken away. */
const NO_NETWORK = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|CONNECTION_CLOSED|INTERNET_DISCONNECTED|EMPTY_RESPONSE|NETWORK_CHANGED|ABORTED|FAILED)|WebSocket connection to '[^']+' failed/

export const keepQuiet = async (context: BrowserContext): Promise<Quiet> => {
  const complaints: string[] = []
  let networkExpected = true
  const complain = (text: string): void => {
    if (networkExpected || !NO_NETWORK.test(text)) complaints.push(text)
  }
  // Violations reach the console in most cases only; the event names the directive.
  await context.exposeBinding('complain', (_source, text: string) => complain(text))
  await context.addInitScript(() => {
    const { complain } = globalThis as unknown as { complain(text: string): void }
    document.addEventListener('securitypolicyviolation', (event) => complain(`content security: ${event.violatedDirective} ${event.blockedURI}`))
  })
  const watch = (page: Page): void => {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complain(`${message.type()}: ${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', (error) => complain(`uncaught: ${error.stack ?? error.message}`))
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url())
      if (protocol.startsWith('http') && hostname !== '127.0.0.1' && hostname !== 'localhost') complain(`foreign request: ${request.url()}`)
    })
  }
  for (const page of context.pages()) watch(page)
  context.on('page', watch)
  return {
    complaints,
    expectNoNetwork: () => {
      networkExpected = false
    },
    expectNetwork: () => {
      networkExpected = true
    },
    verify: () => expect(complaints, 'complaints of the page').toEqual([]),
  }
}
