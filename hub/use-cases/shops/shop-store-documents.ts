/** What a store begins with whose data folder was empty when its web shop was connected. */
import type { Category } from '#shared/catalogue/product.ts'
import type { Brand, Store } from '#shared/catalogue/store.ts'

/** Name, address and hours of validity are the merchant's to change, with `npm run release`. */
export const firstStore = (shopName: string): Store => ({
  id: 'store',
  number: 1,
  name: shopName,
  address: '–',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  country: 'DE',
  checkoutDomain: '',
  shipping: [],
  handoffHours: 24,
  honourHours: 24,
  maxOfflineHours: 168,
})

export const SHOP_BRAND = (shopName: string): Brand => ({ name: shopName.slice(0, 80), claim: { de: shopName, en: shopName }, light: {}, dark: {} })

/** Where articles stand that the shop has put nowhere. */
export const OTHER_ARTICLES: Omit<Category, 'order'> = { id: 'other', parent: null, name: { de: 'Weitere Artikel', en: 'Other items' }, picture: '/icons/mark.svg' }
