/** What a shop charges for some carts, added up with a pencil, and what it takes off by rules that nobody outside knows. Cents. */
export type PricedCart = {
  readonly lines: readonly (readonly [id: string, quantity: number])[]
  readonly codes: readonly string[]
  /** Off single lines, and off the whole. */
  readonly off: { readonly [id: string]: number }
  readonly offAll?: number
  readonly total: number
}

export const PRICED: readonly PricedCart[] = [
  { lines: [['kaffee-1kg', 1]], codes: [], off: {}, total: 999 },
  { lines: [['kaffee-1kg', 2]], codes: [], off: {}, total: 1998 },
  { lines: [['kaffee-1kg', 3], ['tee', 1]], codes: [], off: {}, total: 3446 },
  { lines: [['tee', 2]], codes: [], off: {}, total: 898 },
  { lines: [['tee', 5]], codes: [], off: {}, total: 2245 },
  { lines: [['gid://shop/Variant/7', 1]], codes: [], off: {}, total: 1200 },
  { lines: [['kaffee-1kg', 1], ['gid://shop/Variant/7', 2]], codes: [], off: {}, total: 3399 },
  { lines: [['honig', 1]], codes: [], off: {}, total: 695 },
  { lines: [['tee', 1], ['honig', 3]], codes: [], off: {}, total: 2534 },
  { lines: [['kaffee-1kg', 1], ['tee', 1], ['honig', 1]], codes: [], off: {}, total: 2143 },
  { lines: [['tee', 1], ['gid://shop/Variant/7', 1]], codes: [], off: {}, total: 1649 },
  // Left to its checkout: it takes something off.
  { lines: [['honig', 4]], codes: [], off: { honig: 278 }, total: 2502 },
  { lines: [['kaffee-1kg', 4]], codes: ['HERBST10'], off: {}, offAll: 400, total: 3596 },
]

export const PRICES: { readonly [id: string]: number } = { 'kaffee-1kg': 999, tee: 449, 'gid://shop/Variant/7': 1200, honig: 695 }
