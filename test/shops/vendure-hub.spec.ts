import { acceptHub } from './accept-hub.ts'
import { runVendure } from './running-vendure.ts'

acceptHub({
  start: runVendure,
  dialect: 'vendure-3',
  articles: 24,
  computed: ['five off ten articles', 'free delivery from 50', 'not yet', 'one euro per line', 'organic 15', 'some articles 12.5', 'ten percent', 'thirty euros: three off', 'two for one'],
  // Two prices, a plugin, uses that only the shop counts.
  left: ['first hundred', 'full moon', 'red, from twenty'],
  code: { name: 'TEN', sku: 'ART-8', percent: 20, lessCents: 1238 },
})
