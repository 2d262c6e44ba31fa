/** The surveys as the hub has them, and the one that is being written: kept on this device with every word, on the hub when it is saved. */
import type { LastKnown } from '../last-known.ts'
import type { Clock } from '../../lib/state/clock.ts'
import type { SurveyFault } from '#shared/feedback/check/survey-fault.ts'
import type { Survey, Touchpoint } from '#shared/feedback/survey.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import { checkSurvey } from '#shared/protocol/check-survey.ts'
import type { TopicsReply } from '#shared/protocol/figures.ts'
import type { SurveyReply, SurveysCalls, SurveysReply, SurveyState, SurveyVersion } from '#shared/protocol/surveys.ts'
import { newSurvey, type NewId } from './survey-edit.ts'

export type AskHub = <K extends keyof SurveysCalls>(name: K, request: SurveysCalls[K]['request']) => Promise<Result<SurveysCalls[K]['reply'], CallError>>
export type SurveysParts = {
  readonly ask: AskHub
  readonly known: LastKnown
  readonly topics: () => Promise<Result<TopicsReply, CallError>>
  readonly clock: Clock
  readonly newId: NewId
  /** Hub time. */
  readonly now: () => number
  /** What the release of this device asks. */
  readonly live: () => readonly Survey[]
}

/** What lies on the device alone. `base`: the version of the hub that it was made from. */
type Kept = { readonly survey: Survey; readonly base: number | null; readonly at: number }

export type Writing = {
  readonly survey: Survey
  /** As it is asked now; null: it is not. */
  readonly live: Survey | null
  readonly state: SurveyState
  readonly base: number | null
  readonly versions: readonly SurveyVersion[]
  readonly names: { readonly [id: string]: string }
  /** There are words that the hub does not have. */
  readonly unsaved: boolean
  /** Somebody else saved this version meanwhile. */
  readonly stale: { readonly version: number; readonly who: string } | null
  /** A version of one's own that was put aside for somebody else's. */
  readonly aside: Survey | null
}

export type Outcome = 'done' | 'failed' | 'refused' | 'held-back' | 'stale'

const KEEP_MS = 300
const LIST = 'surveys'
const INDEX = 'survey drafts'
const keptKey = (id: string): string => `survey draft ${id}`
const asideKey = (id: string): string => `survey aside ${id}`

export class SurveysPage {
  list = $state.raw<SurveysReply | null>(null)
  /** Hub time of what the list shows. */
  listAt = $state<number | null>(null)
  failed = $state(false)
  writing = $state.raw<Writing | null>(null)
  busy = $state(false)
  /** Drafts that lie on this device alone, and since when. */
  here = $state.raw<{ readonly [id: string]: number }>({})
  readonly #parts: SurveysParts
  #hubFaults = $state.raw<readonly SurveyFault[]>([])
  #planned: (() => void) | null = null

  constructor(parts: SurveysParts) {
    this.#parts = parts
  }

  /** What is to be said about the draft, word by word as it is typed. What only the hub knows it said when it was saved. */
  readonly faults: readonly SurveyFault[] = $derived.by(() => {
    if (!this.writing) return []
    const own = checkSurvey(this.writing.survey, { live: this.#parts.live(), touchpoints: this.places, teamOnly: false })
    return [...this.#hubFaults.filter(({ rule }) => rule === 'about-person'), ...own]
  })
  readonly places: readonly Touchpoint[] = $derived(this.list?.touchpoints ?? [])

  /** What customers write about, as far as the hub keeps their words; null: it cannot be reached. */
  async topics(): Promise<TopicsReply | null> {
    const reply = await this.#parts.topics()
    return reply.ok ? reply.value : null
  }

  /** First what was known, then the hub's word. */
  async look(connected: boolean): Promise<void> {
    if (!this.list) {
      const saved = await this.#parts.known.read<SurveysReply>(LIST)
      if (saved && !this.list) [this.list, this.listAt] = [saved.value, saved.savedAt]
    }
    this.here = (await this.#parts.known.read<{ readonly [id: string]: number }>(INDEX))?.value ?? {}
    if (!connected) return
    const reply = await this.#parts.ask('surveys.list', {})
    this.failed = !reply.ok
    if (!reply.ok) return
    this.list = reply.value
    this.listAt = reply.value.asOf
    await this.#parts.known.write(LIST, reply.value)
  }

  begin(): void {
    const survey = newSurvey(this.#parts.newId)
    this.#hubFaults = []
    this.writing = { survey, live: null, state: 'draft', base: null, versions: [], names: {}, unsaved: true, stale: null, aside: null }
  }

  /** Opens one to write on: what lies on this device, else the newest draft, else what is asked. */
  async open(id: string): Promise<void> {
    this.busy = true
    const [kept, aside, reply] = [await this.#parts.known.read<Kept | null>(keptKey(id)), await this.#parts.known.read<Survey | null>(asideKey(id)), await this.#parts.ask('surveys.read', { survey: id })]
    this.busy = false
    const hub = reply.ok ? reply.value : null
    const live = hub ? hub.live : (this.#parts.live().find((survey) => survey.id === id) ?? null)
    const own = kept?.value ?? null
    const survey = own?.survey ?? hub?.draft ?? live
    this.failed = survey === null
    if (!survey) return
    const newest = hub ? newestOf(hub) : null
    this.#hubFaults = hub?.faults ?? []
    this.writing = {
      survey,
      live,
      state: hub?.state ?? this.list?.surveys.find((one) => one.id === id)?.state ?? 'draft',
      base: own ? own.base : hub ? (newest?.version ?? null) : (this.list?.surveys.find((one) => one.id === id)?.draft ?? null),
      versions: hub?.versions ?? [],
      names: hub?.names ?? {},
      unsaved: own !== null,
      stale: own && newest && newest.version !== own.base ? { version: newest.version, who: hub?.names[newest.by] ?? '' } : null,
      aside: aside?.value ?? null,
    }
  }

  /** Every word is on the device a moment later. */
  write(survey: Survey): void {
    if (!this.writing) return
    this.writing = { ...this.writing, survey, unsaved: true }
    this.#planned?.()
    this.#planned = this.#parts.clock.after(KEEP_MS, () => void this.keep())
  }

  /** What is written lies on the device. */
  async keep(): Promise<void> {
    this.#planned?.()
    this.#planned = null
    const { writing } = this
    if (!writing?.unsaved) return
    const at = this.#parts.now()
    this.here = { ...this.here, [writing.survey.id]: at }
    await this.#parts.known.write(keptKey(writing.survey.id), { survey: writing.survey, base: writing.base, at } satisfies Kept)
    await this.#parts.known.write(INDEX, this.here)
  }

  async leave(): Promise<void> {
    await this.keep()
    this.writing = null
  }

  /** A version on the hub. `over`: also where somebody saved another one meanwhile, which stays among the versions. */
  async save(over = false): Promise<Outcome> {
    const { writing } = this
    if (!writing || this.busy) return 'failed'
    await this.keep()
    this.busy = true
    const base = over && writing.stale ? writing.stale.version : writing.base
    const reply = await this.#parts.ask('surveys.save', { survey: writing.survey, base })
    this.busy = false
    if (!reply.ok || !this.writing) return 'failed'
    if (reply.value.type === 'stale') return this.#findStale(reply.value.version)
    const { version, faults } = reply.value
    this.#hubFaults = faults
    const isSame = this.writing.survey === writing.survey
    this.writing = { ...this.writing, base: version, unsaved: !isSame, stale: null }
    if (isSame) await this.#forget(writing.survey.id)
    await this.#learnVersions()
    return 'done'
  }

  /** Somebody else's version comes onto the screen; one's own is put aside on this device. */
  async openTheirs(): Promise<void> {
    const { writing } = this
    if (!writing) return
    await this.#parts.known.write(asideKey(writing.survey.id), writing.survey)
    await this.#forget(writing.survey.id)
    await this.open(writing.survey.id)
  }

  /** One's own again, on top of what is there now. */
  async takeAside(): Promise<void> {
    const { writing } = this
    if (!writing?.aside) return
    await this.#parts.known.write(asideKey(writing.survey.id), null)
    this.write(writing.aside)
    this.writing = { ...this.writing!, aside: null }
  }

  async putBack(version: number): Promise<Outcome> {
    const { writing } = this
    if (!writing) return 'failed'
    const reply = await this.#parts.ask('surveys.back', { survey: writing.survey.id, version })
    if (!reply.ok) return 'failed'
    await this.#forget(writing.survey.id)
    await this.open(writing.survey.id)
    return 'done'
  }

  /** What is on the screen goes live: saved first, so that what is asked is what was read. */
  async publish(): Promise<Outcome> {
    if (this.writing?.unsaved) {
      const saved = await this.save()
      if (saved !== 'done') return saved
    }
    const { writing } = this
    if (!writing || writing.base === null) return 'failed'
    this.busy = true
    const reply = await this.#parts.ask('surveys.publish', { survey: writing.survey.id, version: writing.base })
    this.busy = false
    if (!reply.ok) return 'failed'
    if (reply.value.type === 'faulty') this.#hubFaults = reply.value.faults
    if (reply.value.type === 'stale') return this.#findStale(reply.value.version)
    if (reply.value.type !== 'live') return reply.value.type === 'faulty' ? 'held-back' : 'refused'
    if (this.writing) this.writing = { ...this.writing, live: writing.survey, state: 'live' }
    await this.#learnVersions()
    await this.look(true)
    return 'done'
  }

  rest(survey: string, rest: 'paused' | 'retired' | null): Promise<Outcome> {
    return this.#change('surveys.rest', { survey, rest })
  }

  endQuestion(survey: string, question: string, retired: boolean): Promise<Outcome> {
    return this.#change('surveys.question', { survey, question, retired })
  }

  place(touchpoint: Touchpoint): Promise<Outcome> {
    return this.#change('surveys.place', touchpoint)
  }

  async #change<K extends 'surveys.rest' | 'surveys.question' | 'surveys.place'>(name: K, request: SurveysCalls[K]['request']): Promise<Outcome> {
    this.busy = true
    const reply = await this.#parts.ask(name, request)
    this.busy = false
    if (!reply.ok) return 'failed'
    await this.look(true)
    return (reply.value as SurveysCalls['surveys.rest']['reply']).type === 'done' ? 'done' : 'refused'
  }

  async #findStale(version: number): Promise<'stale'> {
    await this.#learnVersions()
    if (!this.writing) return 'stale'
    const { versions, names } = this.writing
    this.writing = { ...this.writing, stale: { version, who: names[versions.find((one) => one.version === version)?.by ?? ''] ?? '' } }
    return 'stale'
  }

  async #learnVersions(): Promise<void> {
    const id = this.writing?.survey.id
    if (id === undefined) return
    const reply = await this.#parts.ask('surveys.read', { survey: id })
    if (reply.ok && this.writing?.survey.id === id) this.writing = { ...this.writing, versions: reply.value.versions, names: reply.value.names, state: reply.value.state, live: reply.value.live }
  }

  async #forget(id: string): Promise<void> {
    this.#planned?.()
    this.#planned = null
    this.here = Object.fromEntries(Object.entries(this.here).filter(([one]) => one !== id))
    await this.#parts.known.write(keptKey(id), null)
    await this.#parts.known.write(INDEX, this.here)
  }
}

const newestOf = (reply: SurveyReply): SurveyVersion | null => reply.versions[0] ?? null
