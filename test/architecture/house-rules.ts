/** The house rules as data: rooms and who may enter them, packages and their one door. The specs beside this file hold them. */

export type Room = {
  readonly room: string
  /** Rooms it may import; a trailing `/*` means everything below. Its own files are always allowed unless `sealed`. */
  readonly may: readonly string[]
  /** Folders directly below are rooms of their own that must not see each other. */
  readonly sealed?: true
  /** An import that breaks this row, as `file ← specifier`. */
  readonly broken: readonly { readonly file: string; readonly imports: string }[]
}

const wrong = (file: string, ...imports: readonly string[]): Room['broken'] => imports.map((specifier) => ({ file, imports: specifier }))

/** The longest matching room decides. */
export const ROOMS: readonly Room[] = [
  // shared: kernel ← catalogue ← offers ← basket ← handoff; kernel ← feedback, cx ← insights; kernel ← devices, sync; protocol → all of shared
  { room: 'shared/kernel', may: [], broken: wrong('shared/kernel/x.ts', '../catalogue/product.ts', '#kiosk/lib/ui/x.ts', '#hub/config.ts') },
  { room: 'shared/catalogue', may: ['shared/kernel'], broken: wrong('shared/catalogue/x.ts', '../offers/offer.ts', '../protocol/calls.ts') },
  { room: 'shared/offers', may: ['shared/kernel', 'shared/catalogue'], broken: wrong('shared/offers/x.ts', '../basket/basket.ts', '../sync/event.ts') },
  { room: 'shared/basket', may: ['shared/kernel', 'shared/catalogue', 'shared/offers'], broken: wrong('shared/basket/x.ts', '../handoff/handoff.ts', '../feedback/survey.ts') },
  { room: 'shared/handoff', may: ['shared/kernel', 'shared/catalogue', 'shared/offers', 'shared/basket'], broken: wrong('shared/handoff/x.ts', '../devices/role.ts', '../protocol/calls.ts') },
  { room: 'shared/feedback', may: ['shared/kernel'], broken: wrong('shared/feedback/x.ts', '../catalogue/product.ts', '../insights/figure.ts') },
  { room: 'shared/privacy', may: ['shared/kernel', 'shared/feedback'], broken: wrong('shared/privacy/x.ts', '../insights/figure.ts', '../protocol/calls.ts') },
  { room: 'shared/cx', may: ['shared/kernel'], broken: wrong('shared/cx/x.ts', '../feedback/survey.ts', '../insights/figure.ts') },
  { room: 'shared/insights', may: ['shared/kernel', 'shared/feedback', 'shared/cx'], broken: wrong('shared/insights/x.ts', '../offers/offer.ts', '../sync/event.ts') },
  { room: 'shared/devices', may: ['shared/kernel'], broken: wrong('shared/devices/x.ts', '../sync/event.ts', '../protocol/calls.ts') },
  { room: 'shared/people', may: ['shared/kernel', 'shared/devices'], broken: wrong('shared/people/x.ts', '../protocol/calls.ts', '../sync/event.ts') },
  { room: 'shared/sync', may: ['shared/kernel'], broken: wrong('shared/sync/x.ts', '../protocol/push.ts', '../catalogue/product.ts') },
  { room: 'shared/protocol', may: ['shared/*'], broken: wrong('shared/protocol/x.ts', '#kiosk/lib/sync/device.ts', '#hub/ports/clock.ts') },
  // hub: ports → shared; use-cases → ports, shared; stores/x, shops/x → ports, shared; transport/x → use-cases, ports, shared; main, tools → all
  { room: 'hub/ports', may: ['shared/*'], broken: wrong('hub/ports/x.ts', '../use-cases/x.ts', '../stores/sqlite/x.ts') },
  { room: 'hub/use-cases', may: ['hub/ports', 'shared/*'], broken: wrong('hub/use-cases/x.ts', '../stores/sqlite/x.ts', '../transport/http/x.ts', '../shops/builtin/x.ts') },
  { room: 'hub/stores', sealed: true, may: ['hub/ports', 'shared/*'], broken: wrong('hub/stores/sqlite/x.ts', '../memory/x.ts', '../../use-cases/x.ts') },
  { room: 'hub/shops', sealed: true, may: ['hub/ports', 'shared/*'], broken: wrong('hub/shops/builtin/x.ts', '../vendure/x.ts', '../../stores/sqlite/x.ts', '../../use-cases/x.ts') },
  { room: 'hub/transport', sealed: true, may: ['hub/use-cases', 'hub/ports', 'shared/*'], broken: wrong('hub/transport/http/x.ts', '../socket/x.ts', '../../stores/sqlite/x.ts', '../../shops/builtin/x.ts') },
  { room: 'hub/tools', may: ['hub/*', 'shared/*', 'kiosk/build'], broken: wrong('hub/tools/x.ts', '#kiosk/lib/sync/device.ts', '../../test/x.ts') },
  { room: 'hub', may: ['hub/*', 'shared/*'], broken: wrong('hub/main.ts', '#kiosk/lib/sync/device.ts', '../test/x.ts') },
  // kiosk: ui → svelte; features/x → ui, i18n, state, platform, shared; state → sync, store, platform, shared; apps → lib, shared
  // ui knows no shop word, and the kernel holds none; styles know the brand document and nothing else of the shop
  { room: 'kiosk/lib/ui', may: ['shared/kernel'], broken: wrong('kiosk/lib/ui/X.svelte', '../i18n/texts.ts', '../state/clock.ts', '#shared/catalogue/product.ts', '../features/basket/x.ts') },
  { room: 'kiosk/lib/styles', may: ['shared/catalogue'], broken: wrong('kiosk/lib/styles/x.ts', '../state/clock.ts', '#shared/offers/offer.ts') },
  { room: 'kiosk/lib/i18n', may: ['shared/*'], broken: wrong('kiosk/lib/i18n/x.ts', '../state/clock.ts', '../ui/Button.svelte') },
  { room: 'kiosk/lib/platform', may: ['shared/*'], broken: wrong('kiosk/lib/platform/x.ts', '../state/clock.ts', '../store/x.ts') },
  { room: 'kiosk/lib/store', may: ['shared/*'], broken: wrong('kiosk/lib/store/x.ts', '../sync/device.ts', '../state/clock.ts') },
  { room: 'kiosk/lib/sync', may: ['kiosk/lib/store', 'shared/*'], broken: wrong('kiosk/lib/sync/x.ts', '../state/clock.ts', '../ui/Button.svelte') },
  // which language the screen speaks now is state too; it lives with the texts
  { room: 'kiosk/lib/state', may: ['kiosk/lib/sync', 'kiosk/lib/store', 'kiosk/lib/platform', 'kiosk/lib/i18n', 'shared/*'], broken: wrong('kiosk/lib/state/x.ts', '../features/basket/x.ts', '../ui/Button.svelte') },
  {
    room: 'kiosk/lib/features',
    sealed: true,
    may: ['kiosk/lib/ui', 'kiosk/lib/i18n', 'kiosk/lib/state', 'kiosk/lib/platform', 'shared/*'],
    broken: wrong('kiosk/lib/features/basket/x.ts', '../offers/x.ts', '../../sync/device.ts', '../../store/x.ts', '../../../shopper/x.ts'),
  },
  { room: 'kiosk/shopper', may: ['kiosk/lib/*', 'shared/*'], broken: wrong('kiosk/shopper/x.ts', '../staff/x.ts', '../manager/x.ts', '../checkout/x.ts', '#hub/config.ts') },
  { room: 'kiosk/staff', may: ['kiosk/lib/*', 'shared/*'], broken: wrong('kiosk/staff/x.ts', '../shopper/x.ts', '#hub/config.ts') },
  { room: 'kiosk/manager', may: ['kiosk/lib/*', 'shared/*'], broken: wrong('kiosk/manager/x.ts', '../staff/x.ts', '#hub/config.ts') },
  { room: 'kiosk/checkout', may: ['kiosk/lib/*', 'shared/*'], broken: wrong('kiosk/checkout/x.ts', '../shopper/x.ts', '#hub/config.ts') },
  { room: 'kiosk/feedback', may: ['kiosk/lib/*', 'shared/*'], broken: wrong('kiosk/feedback/x.ts', '../receipt/x.ts', '#hub/config.ts') },
  { room: 'kiosk/receipt', may: ['kiosk/lib/*', 'shared/*'], broken: wrong('kiosk/receipt/x.ts', '../checkout/x.ts', '#hub/config.ts') },
  { room: 'kiosk/board', may: ['kiosk/lib/*', 'shared/*'], broken: wrong('kiosk/board/x.ts', '../manager/x.ts', '#hub/config.ts') },
  { room: 'kiosk/build', may: [], broken: wrong('kiosk/build/x.ts', '../lib/platform/qr.ts', '#hub/config.ts') },
  { room: 'kiosk', may: ['kiosk/build'], broken: wrong('kiosk/worker.ts', './lib/state/clock.ts', '#hub/config.ts') },
]

/** Every package that the product itself imports, and the only places that may. */
export const DOORS: Readonly<Record<string, readonly string[]>> = {
  valibot: ['shared', 'hub/use-cases', 'hub/transport', 'hub/stores', 'hub/shops', 'hub/tools', 'kiosk/lib/store', 'kiosk/lib/sync'],
  dexie: ['kiosk/lib/store'],
  'socket.io-client': ['kiosk/lib/sync', 'hub/tools'],
  'socket.io': ['hub/transport/socket'],
  qrcode: ['kiosk/lib/platform', 'hub/tools/terminal-qr.ts'],
  'workbox-window': ['kiosk/lib/platform'],
  'workbox-precaching': ['kiosk/worker.ts'],
  'workbox-routing': ['kiosk/worker.ts'],
  svelte: ['kiosk'],
  '@fontsource-variable/atkinson-hyperlegible-next': ['kiosk/lib/styles'],
  sirv: ['hub/transport/http'],
  vite: ['kiosk/build', 'kiosk/vite.config.ts', 'hub/tools'],
  '@sveltejs/vite-plugin-svelte': ['kiosk/vite.config.ts'],
  'playwright-core': ['hub/tools'],
  '@sparticuz/chromium': ['hub/tools/rig'],
  'zxing-wasm': ['hub/tools/rig'],
  'node:sqlite': ['hub/stores/sqlite'],
}

/** Node's own modules: anywhere in the hub and in the build, nowhere else. */
export const NODE_DOOR: readonly string[] = ['hub', 'kiosk/build', 'kiosk/vite.config.ts']

/** Oldest version without a known way to stop the process with one packet. */
export const LEAST_VERSIONS: Readonly<Record<string, string>> = {
  'socket.io': '4.8.4',
  'engine.io': '6.6.12',
  'socket.io-parser': '4.2.7',
  // CVE-2026-48779; 8.20.1 mended CVE-2026-45736
  ws: '8.21.0',
  'engine.io-client': '6.6.4',
  'socket.io-client': '4.8.3',
}

export const TOP_LEVEL: readonly string[] = ['LICENSE', 'README.md', 'hub', 'kiosk', 'package-lock.json', 'package.json', 'public', 'shared', 'test', 'tsconfig.json']

export const MAX_FILE_LINES = 400
