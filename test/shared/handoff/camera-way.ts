/** Random baskets from the kiosk through a camera to the shop: signed, drawn, photographed, read by an independent decoder, claimed, and compared in cents. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { digitsIn } from '#shared/handoff/decode-handoff.ts'
import { handoffUrl } from '#shared/handoff/encode-handoff.ts'
import { localTime } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { openHandoff } from '#hub/use-cases/baskets/open-handoff.ts'
import { checkoutBench } from '../../hub/checkout/checkout-bench.ts'
import { NOON } from '../basket/small-shop.ts'
import { anyShot, photograph, qrOf, readPhoto } from './camera.ts'

export type CameraTally = {
  baskets: number
  /** Read off the first picture, or off one of the next: a camera takes thirty a second. */
  first: number
  later: number
  unread: number
  /** Read as something else than was shown. */
  misread: number
  /** Opened at other lines, codes or cents than the kiosk showed. */
  otherBasket: number
  largestVersion: number
}

/** Pictures before somebody gives up: a third of a second. */
const MOST_PICTURES = 10
const DOMAIN = 'shop.example.de'

export const CAMERA_PLANTS = {
  /** An encoder that forgets the last line. */
  'line-forgotten': (basket: Basket): Basket => ({ ...basket, lines: basket.lines.length > 1 ? basket.lines.slice(0, -1) : basket.lines }),
} as const

export type CameraWay = { readonly from: number; readonly baskets: number; readonly plant?: keyof typeof CAMERA_PLANTS | null; readonly say?: (tally: CameraTally) => void }

/** Basket number n is the same in every run. */
export const cameraWay = async ({ from, baskets, plant = null, say }: CameraWay): Promise<CameraTally> => {
  const assortment = demoAssortment()
  const bench = await checkoutBench()
  bench.publish(assortment)
  const tally: CameraTally = { baskets: 0, first: 0, later: 0, unread: 0, misread: 0, otherBasket: 0, largestVersion: 0 }
  for (let n = from; n < from + baskets; n++) {
    const random = new SeededRandom(n)
    const held = basketAtRandom(random, assortment)
    const shown = await bench.show(held)
    const drawn = plant ? await bench.show(CAMERA_PLANTS[plant](held)) : shown
    const code = qrOf(handoffUrl(DOMAIN, drawn.digits))
    tally.baskets += 1
    tally.largestVersion = Math.max(tally.largestVersion, code.version)
    const read = await pictures(code, random)
    if (read === null) tally.unread += 1
    else if (digitsIn(read.text) !== drawn.digits) tally.misread += 1
    else {
      tally[read.after === 1 ? 'first' : 'later'] += 1
      if (!(await opensAs(bench, digitsIn(read.text)!, held, shown.totalCents))) tally.otherBasket += 1
    }
    if (tally.baskets % 100 === 0) say?.(tally)
  }
  return tally
}

const pictures = async (code: ReturnType<typeof qrOf>, random: SeededRandom): Promise<{ readonly text: string; readonly after: number } | null> => {
  for (let after = 1; after <= MOST_PICTURES; after++) {
    const text = await readPhoto(photograph(code, anyShot(random), random))
    if (text !== null) return { text, after }
  }
  return null
}

type Bench = Awaited<ReturnType<typeof checkoutBench>>

const opensAs = async ({ question, parts }: Bench, digits: string, held: Basket, totalCents: number): Promise<boolean> => {
  const opened = await openHandoff(question(digits), parts)
  if (opened.type !== 'open') return false
  const { view } = opened
  const lines = new Map(held.lines.map(({ sku, quantity }) => [sku as string, quantity]))
  return view.totalCents === totalCents && view.delivery === held.delivery && view.lines.length === lines.size && view.lines.every(({ sku, quantity }) => lines.get(sku) === quantity)
}

/** Without limited offers: a kiosk that holds no use of one leaves it to the checkout, which may grant it. */
const demoAssortment = (): Assortment => {
  const read = documentsToAssortment({ hash: '', items: demoDocuments(localTime(NOON, 'Europe/Berlin').day) })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  const offers = read.value.offers.filter(({ offer }) => offer.limits === undefined)
  return { ...read.value, offers, store: { ...read.value.store, checkoutDomain: DOMAIN } }
}

/** Most people have a few articles; now and then somebody has all that fit. */
const basketAtRandom = (random: SeededRandom, { products, offers }: Assortment): Basket => {
  const count = random.chance(0.1) ? 40 + random.below(21) : 1 + random.below(20)
  const skus = [...new Set(Array.from({ length: count }, () => random.pick(products).sku))]
  const codes = offers.flatMap(({ offer }) => (offer.trigger?.type === 'code' ? offer.trigger.codes.slice(0, 1) : []))
  return {
    lines: skus.map((sku) => ({ sku, quantity: random.chance(0.8) ? 1 + random.below(4) : 1 + random.below(99) })),
    codes: random.chance(0.25) && codes.length > 0 ? [random.pick(codes)] : [],
    delivery: random.chance(0.3) ? 'home' : 'pickup',
  }
}
