/** Whatever is published, the surveys and touchpoints that managers keep here go along. */
import type { SurveyStore } from '#hub/ports/survey-store.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Documents } from '#shared/sync/release.ts'
import type { PublishReviewed } from '../releases/publish-reviewed.ts'

/** As `publish`. A touchpoint goes along once its survey is there; until then it asks what it asked before. */
export const publishSurveys =
  (surveys: Pick<SurveyStore, 'live' | 'places'>, publish: PublishReviewed): PublishReviewed =>
  (items, override, terms) =>
    publish(withSurveys(surveys, items), override, terms)

/** These documents with the surveys as they are to be asked; the same object where nothing is added. */
export const withSurveys = (surveys: Pick<SurveyStore, 'live' | 'places'>, items: Documents): Documents => {
  const live = surveys.live().map(({ survey, body }): [string, Json] => [`survey/${survey}`, toJson(body)])
  const carried: Documents = live.length === 0 ? items : { ...items, ...Object.fromEntries(live) }
  const places = surveys.places().filter(({ survey }) => carried[`survey/${survey}`] !== undefined)
  return places.length === 0 ? carried : { ...carried, ...Object.fromEntries(places.map((place): [string, Json] => [`touchpoint/${place.id}`, toJson(place)])) }
}

const toJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json
