/** Security headers of every answer, and how long files may be kept. */
import type { ServerResponse } from 'node:http'
import { VIOLATIONS_PATH } from './violation-routes.ts'

const POLICY = [
  `default-src 'self'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data: blob:`,
  `connect-src 'self'`,
  `worker-src 'self'`,
  `manifest-src 'self'`,
  `object-src 'none'`,
  `base-uri 'none'`,
  `frame-ancestors 'none'`,
  `form-action 'self'`,
  // No text becomes markup or code: Svelte's templates by their own policy, workers by kiosk/lib/platform/own-scripts.ts.
  `require-trusted-types-for 'script'`,
  `trusted-types default svelte-trusted-html`,
  `report-uri ${VIOLATIONS_PATH}`,
].join('; ')

const HEADERS: readonly (readonly [string, string])[] = [
  ['Content-Security-Policy', POLICY],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
]

/** One year; only said over TLS, where it has a meaning. */
const STRICT_TRANSPORT = 'max-age=31536000; includeSubDomains'

/** For an answer that is written by hand. */
export const HEADER_LINES = HEADERS.map(([name, value]) => `${name}: ${value}\r\n`).join('')

export const setSecurityHeaders = (response: ServerResponse, secure: boolean): void => {
  for (const [name, value] of HEADERS) response.setHeader(name, value)
  if (secure) response.setHeader('Strict-Transport-Security', STRICT_TRANSPORT)
}

/** `path` as the file lies in the build, e.g. `/shopper/index.html`. */
export const cacheControlOf = (path: string): string => {
  if (path.startsWith('/checkout/') || path.startsWith('/receipt/') || path.startsWith('/feedback/')) return 'no-store' // the pages that a scanned code is opened in
  if (path.startsWith('/assets/')) return 'public, max-age=31536000, immutable'
  if (path.endsWith('.html') || path.endsWith('/sw.js') || path.endsWith('.json') || path.endsWith('.webmanifest')) return 'no-cache'
  return 'public, max-age=86400'
}
