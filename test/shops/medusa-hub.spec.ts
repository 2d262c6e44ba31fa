import { acceptHub } from './accept-hub.ts'
import { runMedusa } from './running-medusa.ts'

acceptHub({
  start: runMedusa,
  dialect: 'medusa-2.18',
  articles: 24,
  computed: ['FIVE', 'SHIP', 'TEN', 'from-thirty', 'germany', 'net-two', 'not-yet', 'one-product', 'organic', 'summer', 'two-and-one'],
  // Two prices, a rule that nobody outside knows, uses that only the shop counts.
  left: ['HUNDRED', 'TWO-PRICES', 'blue'],
  // Not of the same value as another one: whose part is whose would not be known.
  code: { name: 'TEN', sku: 'ART-08', percent: 25, lessCents: 1425 },
})
