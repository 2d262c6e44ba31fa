import { compileOffers } from '#shared/offers/compile-offers.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'
import { offersOf, basketOf, indexedLoop } from './zz-cell.ts'
const offers = offersOf(1000)
const baskets = Array.from({ length: 50 }, (_, i) => basketOf(1000, 10, i))
let s = 0
const full = process.argv[2] === 'full'
const t0 = performance.now()
let n = 0
const ms = Number(process.argv[3] ?? 4000)
while (performance.now() - t0 < ms) for (let i = 0; i < 500; i++) { const p = priceBasket(offers, DIALECTS.einklang, baskets[n++ % 50]!); s += p.totalMinor; if (full) s += JSON.stringify(p).length }
console.log(s, (performance.now() - t0) * 1000 / n, 'us')
