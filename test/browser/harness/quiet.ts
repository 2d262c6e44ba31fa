/** Listens to everything a page complains about; a story that ends with complaints has failed. */
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

export type Quiet = {
  /** Complaints so far: console errors and warnings, uncaught errors, content-security violations, requests to foreign hosts, connections that were given up for good. */
  readonly complaints: readonly string[]
  /** From here on, failed requests are part of the story: the hub is gone. */
  expectNoNetwork(): void
  verify(): void
}

/** What Chromium itself prints when a request finds no hub; expected while the network is taken away. */
const NO_NETWORK = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|CONNECTION_CLOSED|INTERNET_DISCONNECTED|EMPTY_RESPONSE|NETWORK_CHANGED|ABORTED|FAILED)|WebSocket connection to '[^']+' failed/

/** A device that hears nothing for seconds gives its connection up and tries again (kiosk/lib/sync/hub-link.ts). That is no fault where a later one succeeded: machines stand still that long. */
const GIVEN_UP = /WebSocket connection to '[^']+' failed: WebSocket is closed before the connection is established/
const MOST_GIVEN_UP = 3

/** Complaints of connections that no later one of the same page has made good; all of them where there are too many. */
class GivenUp {
  readonly #all: { readonly text: string; readonly page: Page; isMadeGood: boolean }[] = []

  note(page: Page, text: string): void {
    this.#all.push({ text, page, isMadeGood: false })
  }

  answered(page: Page): void {
    for (const one of this.#all) if (one.page === page) one.isMadeGood = true
  }

  get complaints(): readonly string[] {
    return this.#all.filter(({ isMadeGood }) => !isMadeGood || this.#all.length > MOST_GIVEN_UP).map(({ text }) => text)
  }
}

export const keepQuiet = async (context: BrowserContext): Promise<Quiet> => {
  const complaints: string[] = []
  const givenUp = new GivenUp()
  const all = (): readonly string[] => [...complaints, ...givenUp.complaints]
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
      if (message.type() !== 'error' && message.type() !== 'warning') return
      const text = `${message.type()}: ${message.text()} (${message.location().url})`
      if (networkExpected && GIVEN_UP.test(text)) givenUp.note(page, text)
      else complain(text)
    })
    page.on('websocket', (socket) => void socket.once('framereceived', () => givenUp.answered(page)))
    page.on('pageerror', (error) => complain(`uncaught: ${error.stack ?? error.message}`))
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url())
      if (protocol.startsWith('http') && hostname !== '127.0.0.1' && hostname !== 'localhost') complain(`foreign request: ${request.url()}`)
    })
  }
  for (const page of context.pages()) watch(page)
  context.on('page', watch)
  return {
    get complaints() {
      return all()
    },
    expectNoNetwork: () => {
      networkExpected = false
    },
    verify: () => expect(all(), 'complaints of the page').toEqual([]),
  }
}
