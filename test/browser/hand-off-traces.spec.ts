import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { press, seesHeading } from '#hub/tools/tour/tour.ts'
import { digitsIn } from '#shared/handoff/decode-handoff.ts'
import { PHONE, showCode } from './harness/phone.ts'
import { StoreFloor } from './harness/store-floor.ts'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

describe('what a code leaves behind', () => {
  it('is nothing: no address, no header, no log, no history of phone or hub holds its digits', async () => {
    const { url } = await showCode(store)
    const digits = digitsIn(url)!
    const { page: phone, context } = await store.aside(PHONE)
    const said: string[] = []
    const bodies: string[] = []
    context.on('request', (request) => {
      said.push(request.url(), JSON.stringify(request.headers()))
      if (request.postData()?.includes(digits)) bodies.push(new URL(request.url()).pathname)
    })
    await phone.goto(url)
    await seesHeading(phone, /^Ihr Korb$/)
    await phone.reload()
    await seesHeading(phone, /^Ihr Korb$/)
    await press(phone, /^Weiter zur Bestellung$/)
    await phone.getByRole('textbox', { name: 'Ihr Name' }).fill('Ada')
    await press(phone, /^Zahlungspflichtig bestellen$/)
    await seesHeading(phone, /^Bestellt$/)

    const addresses = await phone.evaluate(async () => [
      location.href, document.referrer, JSON.stringify(history.state), ...performance.getEntries().map(({ name }) => name), JSON.stringify(Object.entries(localStorage)), document.cookie,
      ...(await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url: cached }) => cached).join(' ')))),
    ])
    await phone.goBack().catch(() => null)
    addresses.push(phone.url())
    const traces = [...said, ...addresses, ...store.hub.log].filter((text) => holdsPartOf(text, digits))
    expect(traces).toEqual([])
    expect([...new Set(bodies)].sort()).toEqual(['/api/handoff/open', '/api/orders'])
    expect(said.length).toBeGreaterThan(20)
    // The same look finds them where they are.
    expect(holdsPartOf(url, digits)).toBe(true)
  })
})

/** Any 12 digits of the code in a row. */
const holdsPartOf = (text: string, digits: string): boolean => {
  const runs = text.match(/\d{12,}/g) ?? []
  return runs.some((run) => Array.from({ length: run.length - 11 }, (_, i) => run.slice(i, i + 12)).some((part) => digits.includes(part)))
}
