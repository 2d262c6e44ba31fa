/** On which ways people answer, how many went on to the end, and how many of those who were there said something. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FunnelStore } from '#hub/ports/funnel-store.ts'
import type { AlikeResponses, ListeningStore } from '#hub/ports/listening-store.ts'
import type { Retention } from '#hub/ports/retention.ts'
import { CHANNELS } from '#shared/feedback/channel.ts'
import { MISUSE_FLAGS } from '#shared/feedback/misuse.ts'
import { unansweredIn } from '#shared/feedback/partial.ts'
import { responseRate } from '#shared/insights/response-rate.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { documentsToTouchpoints } from '#shared/protocol/documents.ts'
import type { ChannelsReply, ListeningRange, RatePart, RatesReply, ResponseCounts } from '#shared/protocol/listening.ts'
import { feedbackContext } from './feedback-context.ts'
import { missingDevices } from '../figures/read-insights.ts'

export type ListeningParts = {
  readonly listening: ListeningStore
  readonly funnel: Pick<FunnelStore, 'countsByDevice' | 'since'>
  readonly retention: Pick<Retention, 'sumsBefore'>
  readonly devices: DeviceStore
  readonly streams: DeviceStreams
  readonly documents: DocumentStore
  readonly clock: Clock
}

/** Somebody may still be answering: a response is called partial when nothing has come for so long. */
export const STILL_ANSWERING_MS = 300_000

export const readChannels = (parts: ListeningParts, range: ListeningRange): ChannelsReply => {
  const { listening, documents, clock, retention } = parts
  const asOf = clock.now()
  const { from, until } = stretchOf(range, asOf)
  const { surveys } = feedbackContext(documents)
  const judged = listening.responses(from, until).map((alike) => {
    const survey = surveys.get(alike.survey)
    const isOver = alike.lastAt <= asOf - STILL_ANSWERING_MS
    return { alike, open: survey && isOver ? unansweredIn(survey, alike.answers) : null }
  })
  const names = new Map(documentsToTouchpoints(documents.current()?.items ?? {}).map(({ id, name }) => [id, name]))
  const places = [...new Set(judged.map(({ alike }) => alike.touchpoint))]
  return {
    overall: countsOf(judged),
    channels: CHANNELS.map((channel) => Object.assign({ channel }, countsOf(judged.filter(({ alike }) => alike.channel === channel)))),
    touchpoints: places.map((touchpoint) => Object.assign({ touchpoint, name: names.get(touchpoint) ?? null }, countsOf(judged.filter(({ alike }) => alike.touchpoint === touchpoint)))).toSorted((a, b) => b.responses - a.responses || (a.touchpoint < b.touchpoint ? -1 : 1)),
    flags: MISUSE_FLAGS.flatMap((flag) => {
      const responses = sumOf(judged.filter(({ alike }) => alike.flags.includes(flag)))
      return responses === 0 ? [] : [{ flag, responses }]
    }),
    words: listening.comments(from, until),
    missing: missingDevices(parts, { from, until: until + 1 }, asOf),
    since: retention.sumsBefore(),
    asOf,
  }
}

type Judged = { readonly alike: AlikeResponses; /** Null: nobody can say, or somebody may still be answering. */ readonly open: number | null }

const countsOf = (judged: readonly Judged[]): ResponseCounts => ({
  responses: sumOf(judged),
  judged: sumOf(judged.filter(({ open }) => open !== null)),
  partial: sumOf(judged.filter(({ open }) => open !== null && open > 0)),
  flagged: sumOf(judged.filter(({ alike }) => alike.flags.length > 0)),
})
const sumOf = (judged: readonly Judged[]): number => judged.reduce((sum, { alike }) => sum + alike.n, 0)

/** Only kiosks are visited: tablets of the team make baskets, but nobody answers there by themselves. */
export const readRates = (parts: ListeningParts, range: ListeningRange): RatesReply => {
  const { listening, funnel, devices, documents, clock } = parts
  const asOf = clock.now()
  const { from, until } = stretchOf(range, asOf)
  const answered = new Map(listening.answeredVisits(from, until).map((one) => [String(one.dev), one.answered]))
  const loose = new Map(listening.looseResponses(from, until).map(({ dev, n }) => [String(dev), n]))
  const visits = new Map(funnel.countsByDevice({ from, until: until + 1 }).map(({ dev, counts }) => [String(dev), counts.visits]))
  const kiosks = devices.list().filter(({ dev, role }) => role === 'kiosk' && (visits.has(dev) || loose.has(dev)))
  const part = (key: string, name: Localised | null, of: readonly string[]): RatePart => {
    const sum = (counts: ReadonlyMap<string, number>): number => of.reduce((total, dev) => total + (counts.get(dev) ?? 0), 0)
    return { key, name, rate: responseRate(sum(answered), sum(visits)), loose: sum(loose) }
  }
  const names = new Map(documentsToTouchpoints(documents.current()?.items ?? {}).map(({ id, name }) => [id, name]))
  const places = Map.groupBy(kiosks, ({ touchpoint }) => touchpoint ?? '')
  return {
    overall: part('all', null, kiosks.map(({ dev }) => dev)),
    devices: kiosks.map(({ dev, name }) => part(dev, { de: name, en: name }, [dev])),
    touchpoints: [...places].map(([touchpoint, there]) => part(touchpoint, names.get(touchpoint) ?? null, there.map(({ dev }) => dev))),
    since: funnel.since(),
    missing: missingDevices(parts, { from, until: until + 1 }, asOf),
    asOf,
  }
}

const stretchOf = ({ from, until }: ListeningRange, asOf: number): { readonly from: number; readonly until: number } => ({ from: from ?? 0, until: Math.min(until ?? asOf, asOf) })
