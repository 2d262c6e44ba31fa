/** The apps, and what the build gives each of them. */
export type App = {
  readonly name: 'shopper' | 'staff' | 'manager' | 'checkout' | 'receipt' | 'feedback' | 'board'
  /** Installed on a device of the store: gets a manifest and a service worker. The phone's pages get neither. */
  readonly installed: boolean
  /** Product pictures are kept for offline use. */
  readonly pictures: boolean
  /** Most gzip bytes of JavaScript before the first screen. */
  readonly initialBytes: number
}

export const APPS: readonly App[] = [
  { name: 'shopper', installed: true, pictures: true, initialBytes: 90_000 },
  { name: 'staff', installed: true, pictures: true, initialBytes: 90_000 },
  { name: 'manager', installed: true, pictures: false, initialBytes: 90_000 },
  { name: 'checkout', installed: false, pictures: false, initialBytes: 30_000 },
  { name: 'receipt', installed: false, pictures: false, initialBytes: 30_000 },
  { name: 'feedback', installed: false, pictures: false, initialBytes: 30_000 },
  { name: 'board', installed: true, pictures: false, initialBytes: 30_000 },
]
