/** Puts together what counts baskets, and what managers read and decide of it. */
import { setImmediate, setTimeout } from 'node:timers/promises'
import { createHash } from 'node:crypto'
import type { BoughtCalls } from '#shared/protocol/bought.ts'
import { documentsToAssortment, documentsToStore } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'
import type { AnswerParts } from './answer-parts.ts'
import type { HubData } from './open-data.ts'
import type { BoughtRules } from './ports/bought-store.ts'
import type { Clock } from './ports/clock.ts'
import type { Timer } from './ports/timer.ts'
import { demoBaskets } from './shops/builtin/demo/demo-baskets.ts'
import { DEMO_STORE } from './shops/builtin/demo/demo-store.ts'
import type { CallHandlers } from './transport/socket/handlers.ts'
import { countAtOnce, countingSteps, givenBaskets } from './use-cases/bought/count-baskets.ts'
import { keepBought, type KeptBought } from './use-cases/bought/keep-bought.ts'
import type { PublishReviewed } from './use-cases/releases/publish-reviewed.ts'
import { shelfOf } from './use-cases/bought/shelf-of.ts'
import { previewBought, readBought, readBoughtArticle, saveBought } from './use-cases/bought/read-bought.ts'

export type Bought = { readonly calls: Pick<CallHandlers, keyof BoughtCalls>; readonly kept: KeptBought }

/** Devices wait four seconds for an answer. */
const REPLY_WITHIN_MS = 2_500

export const openBought = ({ data, assortments, shop, clock, log }: AnswerParts, publish: PublishReviewed, timer: Timer): Bought => {
  const common = { ...data, assortments, publish, clock, log, isCounting: (): boolean => kept.isCounting() }
  const store = documentsToStore(data.documents.current()?.items ?? {})
  const isDemo = shop === null && store.ok && store.value.id === DEMO_STORE.id
  const kept = keepBought({ ...common, digest, demo: isDemo ? demoBaskets : null, pause: () => setImmediate() }, timer)
  const read = readBought(common)
  const save = saveBought(common)
  return {
    kept,
    calls: {
      'bought.read': () => read(),
      'bought.article': readBoughtArticle(common),
      'bought.preview': previewBought(common),
      'bought.save': (request, caller) => save(request, { who: caller.person?.id ?? 'unknown', device: caller.dev }),
      'bought.compute': async (_request, caller) => {
        const counting = kept.count({ who: caller.person?.id ?? 'unknown', device: caller.dev }).catch((error: unknown) => log.error('baskets could not be counted', { why: error instanceof Error ? error.message : String(error) }))
        await Promise.race([counting, setTimeout(REPLY_WITHIN_MS, undefined, { ref: false })])
        return read()
      },
    },
  }
}

/** What the demo shop recommends before anybody bought anything, counted before its first release. */
export const countDemo = ({ bought }: Pick<HubData, 'bought'>, demo: Documents, clock: Clock): void => {
  const rules = demoRules(demo)
  if (rules) bought.keepRules(rules, clock.now())
}

let counted: BoughtRules | null = null
/** The same for every day: articles and baskets are. */
const demoRules = (demo: Documents): BoughtRules | null => {
  const assortment = documentsToAssortment({ hash: '', items: demo })
  if (assortment.ok) counted ??= countAtOnce(countingSteps(givenBaskets(demoBaskets()), shelfOf(assortment.value), { demo: true }))
  return counted
}

/** 32 hex digits, as the commands make them. */
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)
