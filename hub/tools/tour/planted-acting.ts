/** What people of a store have done in the last weeks: cases, a pattern, one improvement that showed its effect and one that is being measured. */
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteCaseStore } from '#hub/stores/sqlite/acting/case-store.ts'
import { dueAt, type Case } from '#shared/cx/case.ts'
import { USUAL_HOURS } from '#shared/cx/opening-hours.ts'
import type { Team } from '#shared/cx/team.ts'
import { closeImprovement } from '#shared/insights/experiment/improvement-result.ts'
import type { ImprovementPlan } from '#shared/insights/experiment/improvement-plan.ts'
import { addDays, localTime, millis, type Day } from '#shared/kernel/time.ts'

const ZONE = 'Europe/Berlin'
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const PROMISING = { hours: USUAL_HOURS, timeZone: ZONE }

/** Into the database of a hub that runs. */
export const plantActing = (dataDir: string, now: number = Date.now()): void => {
  const opened = openDatabase(dataDir, millis(now))
  if (!opened.ok) throw new Error('no database to plant cases in')
  const cases = sqliteCaseStore(opened.value)
  const today = localTime(millis(now), ZONE).day
  const queue = cases.addPattern({ title: 'Lange Schlangen am Abend', madeAt: now - 9 * DAY_MS }, key(1))
  const fruit = cases.addPattern({ title: 'Obst vom Vortag', madeAt: now - 60 * DAY_MS }, key(2))
  const made = (n: number, title: string, more: Partial<Case> & { readonly daysAgo: number; readonly team: Team }): void => {
    const { daysAgo, ...rest } = more
    const openedAt = millis(now - daysAgo * DAY_MS)
    const one: Omit<Case, 'id'> = { title, touchpoint: 'checkout', topic: 'kasse', origin: { type: 'hand' }, owner: { type: 'team', team: more.team }, severity: 'normal', openedAt, dueAt: dueAt(openedAt, 'normal', PROMISING), closedAt: null, overdueAt: null, pattern: null, steps: [{ what: 'opened', at: openedAt, who: null, text: '' }], ...rest }
    cases.open(one, key(10 + n))
  }
  made(1, 'Nach 17 Uhr ist nur eine Kasse offen', { daysAgo: 8, team: 'service', pattern: queue.id })
  made(2, 'Kundin ließ den Korb an der Kasse stehen', { daysAgo: 0.2, team: 'service' })
  made(3, 'Warten an der Kasse am Freitag', { daysAgo: 0.1, team: 'service', severity: 'low' })
  made(4, 'Birnen weich', { daysAgo: 62, team: 'purchasing', touchpoint: 'produce', topic: 'frische', pattern: fruit.id, closedAt: millis(now - 58 * DAY_MS), steps: [{ what: 'opened', at: millis(now - 62 * DAY_MS), who: null, text: '' }, { what: 'resolved', at: millis(now - 58 * DAY_MS), who: null, text: 'Lieferung jetzt täglich statt alle zwei Tage' }] })
  const shown = planOf('produce', addDays(today, -35), 'Was am selben Morgen kommt, ist frischer und gefällt besser')
  const closed = cases.plan({ pattern: fruit.id, measure: 'Obst und Gemüse kommen jeden Morgen', plan: shown, plannedAt: millis(now - 36 * DAY_MS) }, key(3))
  const result = closeImprovement(shown, { before: { 5: 160, 4: 140, 3: 90, 2: 60, 1: 20 }, after: { 5: 240, 4: 150, 3: 50, 2: 25, 1: 10 }, control: null }, today)
  if (!result.ok) throw new Error('the planted improvement does not close')
  cases.saveImprovement({ ...closed, endedAt: millis(now - 6 * DAY_MS), ending: 'closed', note: 'Bleibt so. Die Lieferung am Morgen kostet nicht mehr.', result: result.value, told: { de: 'Obst und Gemüse kommen jetzt jeden Morgen frisch', en: 'Fruit and vegetables now come fresh every morning' } })
  cases.plan({ pattern: queue.id, measure: 'Ab 16 Uhr ist Kasse 3 offen', plan: planOf('checkout', today, 'Wer nicht wartet, geht zufriedener nach Hause'), plannedAt: millis(now - HOUR_MS) }, key(4))
  opened.value.close()
}

const planOf = (touchpoint: string, start: Day, hypothesis: string): ImprovementPlan => ({
  hypothesis,
  metric: 'csat',
  touchpoint,
  direction: 'up',
  points: 10,
  before: { from: addDays(start, -28), until: start },
  after: { from: start, until: addDays(start, 28) },
  control: null,
})

const key = (n: number): string => n.toString(16).padStart(32, '0')
