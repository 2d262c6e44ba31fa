/** Drafts and live surveys in memory. */
import { MAX_VERSIONS, type KeptDraft, type LiveSurvey, type SurveyStore } from '#hub/ports/survey-store.ts'
import type { Touchpoint } from '#shared/feedback/survey.ts'
import type { Millis } from '#shared/kernel/time.ts'

export const memorySurveyStore = (): SurveyStore => {
  let drafts: readonly KeptDraft[] = []
  const [live, places, looks, asked] = [new Map<string, LiveSurvey>(), new Map<string, Touchpoint>(), new Map<string, Millis>(), new Map<string, Millis>()]
  const of = (survey: string): readonly KeptDraft[] => drafts.filter((draft) => draft.survey === survey).toSorted((a, b) => b.version - a.version)
  return {
    drafts: () => [...new Set(drafts.map(({ survey }) => survey))].sort().map((survey) => of(survey)[0]!),
    draft: (survey) => of(survey)[0] ?? null,
    versions: (survey) => of(survey).map(({ version, at, by }) => ({ survey, version, at, by })),
    version: (survey, version) => of(survey).find((draft) => draft.version === version) ?? null,
    keepDraft: (draft) => {
      if (of(draft.survey).some(({ version }) => version === draft.version)) throw new Error(`there is version ${draft.version} of ${draft.survey} already`)
      drafts = [...drafts, structuredClone(draft)]
      const gone = new Set(of(draft.survey).slice(MAX_VERSIONS).filter(({ version }) => version !== live.get(draft.survey)?.version))
      drafts = drafts.filter((one) => !gone.has(one))
    },
    live: () => [...live.values()].toSorted((a, b) => (a.survey < b.survey ? -1 : 1)),
    keepLive: (one) => void live.set(one.survey, structuredClone(one)),
    places: () => [...places.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    keepPlace: (place) => void places.set(place.id, { ...place }),
    noteLook: (question, at) => {
      if (at >= (looks.get(question) ?? at)) looks.set(question, at)
    },
    looks: () => new Map(looks),
    noteAsked: (questions, at) => {
      for (const question of questions) if (!asked.has(question)) asked.set(question, at)
    },
    askedSince: () => new Map(asked),
  }
}
