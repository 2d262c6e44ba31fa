import { acceptShop } from '../../../contract/shops/shop-acceptance.ts'
import { recordedRig } from '../../../contract/shops/woocommerce/rig.ts'
import { NOTED, worldOf } from '../../../contract/shops/woocommerce/world.ts'

const byLine = worldOf(NOTED.filter(({ roundAtSubtotal }) => !roundAtSubtotal), { requires: 'min_amount', minAmount: 8000 })
const once = worldOf(NOTED.filter(({ roundAtSubtotal }) => roundAtSubtotal === true), null)

acceptShop('WooCommerce 10.5 as recorded, tax line by line', { start: () => recordedRig(byLine, 'woocommerce-10'), baskets: byLine.baskets.length, able: ['quote', 'openCheckout', 'ordersSince'] })
acceptShop('WooCommerce 10.5 as recorded, tax once at the subtotal', { start: () => recordedRig(once, 'woocommerce-10-subtotal-tax'), baskets: once.baskets.length, able: ['quote', 'openCheckout', 'ordersSince'] })
