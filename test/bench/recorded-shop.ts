/** A WooCommerce of recorded carts as a process of its own: `node test/bench/recorded-shop.ts SECRET`. Its address on standard output; then it changes what it is told to, and calls the hub if that is wished. */
import { startRecordedShop } from '../contract/shops/woocommerce/recorded-shop.ts'
import { NOTED, worldOf } from '../contract/shops/woocommerce/world.ts'

const [secret] = process.argv.slice(2)
const world = worldOf(NOTED.filter(({ roundAtSubtotal }) => !roundAtSubtotal), { requires: 'min_amount', minAmount: 8000 })
const shop = await startRecordedShop({ world })
const [coupon] = [...world.coupons.values()]

process.on('message', ({ amount, call }: { readonly amount: string; readonly call: string | null }) => {
  shop.changeCoupon(coupon!.id, { amount })
  if (call !== null) void shop.call(call, 'coupon.updated', secret!)
})
process.once('disconnect', () => process.exit(0))
process.stdout.write(`${JSON.stringify({ url: shop.url, code: coupon!.code, articles: world.products.size, coupons: world.coupons.size })}\n`)
