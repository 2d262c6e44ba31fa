/** Puts together what answers managers' questions about figures. */
import { setImmediate } from 'node:timers/promises'
import { ok } from '#shared/kernel/result.ts'
import type { FigureCalls } from '#shared/protocol/figures.ts'
import type { AnswerParts } from './answer-parts.ts'
import type { CallHandlers } from './transport/socket/handlers.ts'
import { threadAnalyst } from './transport/analysis/analyst.ts'
import { heldFigures } from './use-cases/figures/held-figures.ts'
import { readDrivers } from './use-cases/figures/read-drivers.ts'
import { readChoices, readCompare, readOverview, readWeekMap } from './use-cases/figures/read-figures.ts'
import { readSpend } from './use-cases/figures/read-spend.ts'
import { topicReading } from './use-cases/figures/read-topics.ts'
import { readTrend } from './use-cases/figures/read-trend.ts'

export type Figures = {
  readonly calls: Pick<CallHandlers, keyof FigureCalls>
  /** The same for programs, of days that are over. */
  readonly read: { readonly trend: ReturnType<typeof readTrend>; readonly compare: ReturnType<typeof readCompare> }
  stop(): Promise<unknown>
}

export const openFigures = ({ data, clock }: Pick<AnswerParts, 'data' | 'clock'>): Figures => {
  const analyst = threadAnalyst()
  const parts = { ...data, clock, analyst, pause: () => setImmediate() }
  const words = topicReading(parts)
  const held = heldFigures(parts)
  /** A question that is looked at is worth asking. */
  const seen = <Asked extends { readonly question?: string }>(asked: Asked): Asked => {
    if (asked.question !== undefined) data.surveys.noteLook(asked.question, clock.now())
    return asked
  }
  const [overview, trend, weekMap, compare, drivers, spend, choices] = [readOverview(parts), readTrend(parts), readWeekMap(parts), readCompare(parts), readDrivers(parts), readSpend(parts), readChoices(parts)]
  return {
    calls: {
      'figures.overview': (request) => ok(overview(request)),
      'figures.trend': (request) => ok(trend(seen(request))),
      'figures.weekMap': (request) => ok(weekMap(seen(request))),
      'figures.compare': (request) => ok(compare(seen(request))),
      'figures.drivers': async (request) => {
        for (const question of [request.outcome, ...(request.ratings ?? [])]) seen({ question })
        return ok(await drivers(request))
      },
      'figures.topics': async (request) => ok(await words.topics(request)),
      'figures.words': async (request) => ok(await words.words(request)),
      'figures.spend': (request) => ok(spend(seen(request))),
      'figures.choices': () => ok(choices()),
    },
    read: { trend: (scope) => readTrend(held.parts)(held.finished(scope)), compare: (scope) => readCompare(held.parts)(held.finished(scope)) },
    stop: () => analyst.stop(),
  }
}
