/** What browsers say of a page that tried what the policy of content forbids. Of the report only the kind of breach and the app are kept: addresses and samples never. */
import * as v from 'valibot'
import type { Clock } from '#hub/ports/clock.ts'
import type { Log } from '#hub/ports/log.ts'
import { onceAMinute } from '#hub/use-cases/sharing/tell-once.ts'
import { route, type Route } from './route.ts'

export const VIOLATIONS_PATH = '/api/violations'
/** Browsers send one for each breach. */
const REPORTS = 30
const KINDS = ['script-src', 'script-src-elem', 'script-src-attr', 'style-src', 'style-src-elem', 'style-src-attr', 'img-src', 'connect-src', 'worker-src', 'manifest-src', 'font-src', 'media-src', 'frame-src', 'object-src', 'base-uri', 'form-action', 'frame-ancestors', 'require-trusted-types-for', 'trusted-types', 'default-src'] as const
const APPS = ['shopper', 'staff', 'manager', 'checkout', 'receipt', 'r', 'feedback', 'f'] as const

export type Violations = { readonly routes: readonly Route[]; /** Since the start. */ count(): number }

/** Beyond what is read here browsers send more, which is left out. */
const Report = v.strictObject({ 'csp-report': v.object({ 'effective-directive': v.optional(v.string()), 'violated-directive': v.optional(v.string()), 'document-uri': v.optional(v.string()) }) })

export const violationRoutes = ({ clock, log }: { readonly clock: Clock; readonly log: Log }): Violations => {
  let count = 0
  const tell = onceAMinute(log, clock)
  return {
    count: () => count,
    routes: [
      {
        ...route({
          method: 'POST',
          path: VIOLATIONS_PATH,
          perMinute: REPORTS,
          schema: Report,
          handler: ({ 'csp-report': said }) => {
            count += 1
            tell('a page tried what its policy forbids', { breach: kindOf(said['effective-directive'] ?? said['violated-directive'] ?? ''), app: appOf(said['document-uri'] ?? '') })
            return { status: 202, body: {} }
          },
        }),
        bodyType: /^application\/csp-report(;|$)/i,
      },
    ],
  }
}

const kindOf = (directive: string): string => KINDS.find((kind) => directive === kind || directive.startsWith(`${kind} `)) ?? 'other'

const appOf = (address: string): string => {
  const path = URL.parse(address)?.pathname.split('/')[1]
  return APPS.find((app) => app === path) ?? 'other'
}
