/** A survey from the first draft to its own end, over the hub's own door. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { openDesk, type Desk } from '#hub/tools/open-desk.ts'
import { runRelease } from '#hub/tools/release.ts'
import { RETIRE_EVERY_MS } from '#hub/use-cases/surveys/retire-questions.ts'
import { NPS_STANDARD } from '#shared/feedback/check/survey-wording.ts'
import type { Survey } from '#shared/feedback/survey.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import type { AuditReply } from '#shared/protocol/privacy.ts'
import type { PublishReply, RestReply, SaveReply, SurveyReply, SurveysReply } from '#shared/protocol/surveys.ts'
import type { Documents } from '#shared/sync/release.ts'
import { connect, pairTestDevice, signIn, startTestHub, type Link, type TestHub } from './test-hub.ts'

const DAY = 86_400_000
let now: number
let folder: string
let hub: TestHub
let manager: Link
let hourly: (() => void)[]

/** One hub for the tests of a group, which go on where the one before ended. */
const open = async (): Promise<void> => {
  now = Date.parse('2027-01-04T09:00:00Z')
  hourly = []
  folder = mkdtempSync(join(tmpdir(), 'einklang-surveys-'))
  const every = (ms: number, task: () => void): (() => void) => {
    if (ms === RETIRE_EVERY_MS) hourly.push(task)
    return () => undefined
  }
  hub = await startTestHub({ folder, deps: { clock: { now: () => millis(now) }, timer: { every } } })
  manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  await signIn(hub, manager)
}
const close = async (): Promise<void> => {
  manager.close()
  await hub.stop().catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
}
const openLive = async (): Promise<void> => {
  await open()
  await goLive()
}

const ask = async <T>(name: string, request: object = {}): Promise<T> => {
  const reply = (await manager.ask(name, request)) as { readonly ok: boolean; readonly value: T; readonly error?: unknown }
  if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`)
  return reply.value
}
const refused = async (name: string, request: object): Promise<unknown> => ((await manager.ask(name, request)) as { readonly error?: { readonly code: string } }).error?.code
const atDesk = <T>(work: (desk: Desk) => T): T => {
  const desk = openDesk(folder, { mustExist: true })
  if (!desk.ok) throw new Error(desk.error)
  try {
    return work(desk.value)
  } finally {
    desk.value.close()
  }
}
const items = (): Documents => atDesk(({ documents }) => documents.itemsAt(documents.nextRev() - 1))
const lately = async (limit: number): Promise<readonly unknown[]> => (await ask<AuditReply>('audit.list', { limit })).entries.filter(({ what }) => /^(survey|touchpoint)/.test(what)).map(({ what, object, who }) => [what, object, who === 'hub' ? 'hub' : 'Ada'].join(' '))
const stateOf = async (id: string) => (await ask<SurveysReply>('surveys.list')).surveys.find((survey) => survey.id === id)!

const purpose = { owner: 'Service', decision: 'Ob eine weitere Kasse öffnet', kind: 'functional' } as const
const retireAt = { halfWidth: 6, minN: 200, days: 28 }
const wait: Survey = {
  id: 'wait',
  name: { de: 'Warten', en: 'Waiting' },
  opening: { id: 'waiting', kind: 'csat5', text: { de: 'Wie war das Warten?', en: 'How was the waiting?' }, purpose, retireAt },
  followUps: [{ id: 'again', kind: 'nps', text: NPS_STANDARD, purpose, retireAt: null }],
  contact: false,
}
const DOOR = { id: 'door', name: { de: 'Ausgang', en: 'Exit' }, phase: 'after', survey: 'wait' } as const
const goLive = async (): Promise<void> => {
  await ask('surveys.save', { survey: wait, base: null })
  await ask('surveys.place', DOOR)
  await ask('surveys.publish', { survey: 'wait', version: 1 })
}
const answer = (count: number, value: number, from = 0): void =>
  atDesk((desk) => {
    for (let i = from; i < from + count; i++)
      desk.feedback.add({ id: `a${i}`, response: `r${i}`, touchpoint: 'door', survey: 'wait', question: 'waiting', kind: 'csat5', value, detail: false, at: millis(now - 60_000 - i), receivedAt: now, dev: 'k', channel: 'kiosk', flags: [] })
  })

describe('a draft', () => {
  beforeAll(open)
  afterAll(close)
  it('is held back without a place, and goes live with it in one release', async () => {
    const saved = await ask<SaveReply>('surveys.save', { survey: wait, base: null })
    expect(saved).toMatchObject({ type: 'saved', version: 1, faults: [{ rule: 'touchpoint-missing' }] })
    expect(await ask<PublishReply>('surveys.publish', { survey: 'wait', version: 1 })).toMatchObject({ type: 'faulty' })
    await ask('surveys.place', DOOR)
    expect([items()['touchpoint/door'], items()['survey/wait']]).toEqual([undefined, undefined])
    expect(await ask<PublishReply>('surveys.publish', { survey: 'wait', version: 1 })).toMatchObject({ type: 'live' })
    expect(items()).toMatchObject({ 'survey/wait': wait, 'touchpoint/door': DOOR })
    expect(await stateOf('wait')).toMatchObject({ state: 'live', draft: 1, live: 1, touchpoints: ['door'] })
    expect(await lately(8)).toEqual(['survey.published wait Ada', 'touchpoint.saved door Ada', 'survey.saved wait Ada'])
  })
  it('of two people is not overwritten, and every version can be put back', async () => {
    const two = { ...wait, id: 'two' }
    await ask('surveys.save', { survey: two, base: null })
    const changed = { ...two, contact: true }
    expect(await ask<SaveReply>('surveys.save', { survey: changed, base: 1 })).toMatchObject({ type: 'saved', version: 2 })
    expect(await ask<SaveReply>('surveys.save', { survey: two, base: 1 })).toEqual({ type: 'stale', version: 2 })
    expect(await ask<PublishReply>('surveys.publish', { survey: 'two', version: 1 })).toEqual({ type: 'stale', version: 2 })
    expect(await ask<SaveReply>('surveys.back', { survey: 'two', version: 1 })).toMatchObject({ type: 'saved', version: 3 })
    const read = await ask<SurveyReply>('surveys.read', { survey: 'two' })
    expect([read.draft, read.live, read.state]).toEqual([two, null, 'draft'])
    expect(read.versions.map(({ version, by }) => [version, read.names[by]])).toEqual([[3, 'Ada Berg'], [2, 'Ada Berg'], [1, 'Ada Berg']])
    expect([await refused('surveys.read', { survey: 'x' }), await refused('surveys.back', { survey: 'two', version: 9 }), await refused('surveys.place', { ...DOOR, survey: 'x' })]).toEqual(['not_found', 'not_found', 'not_found'])
  })
  it('about a single person stays a draft in a store that judges the team only', async () => {
    const personal: Survey = { ...wait, opening: { ...wait.opening, text: { de: 'Wie freundlich war Ihre Kassiererin?', en: 'How friendly was our team?' } } }
    expect(await ask('surveys.check', { survey: personal })).toMatchObject({ faults: expect.arrayContaining([expect.objectContaining({ rule: 'about-person' })]) })
  })
})

describe('what is live', () => {
  beforeAll(openLive)
  afterAll(close)
  it('goes along with whatever a shop or a command publishes', async () => {
    const shop = demoDocuments('2027-01-04' as Day)
    expect(hub.publish({ ...shop, 'touchpoint/web-shop': { ...DOOR, id: 'web-shop', survey: 'web-shop' } })).toMatchObject({ ok: true })
    expect(items()).toMatchObject({ 'survey/wait': wait, 'touchpoint/door': DOOR, 'touchpoint/web-shop': { name: DOOR.name } })
    const file = join(folder, 'whole.json')
    writeFileSync(file, JSON.stringify(shop))
    expect(runRelease([file, '--whole', '--data', folder], () => undefined, () => undefined, () => now)).toBe(0)
    expect(items()).toMatchObject({ 'survey/wait': wait, 'touchpoint/door': DOOR, 'touchpoint/web-shop': { name: { de: 'Online-Shop' } } })
  })
  it('rests and is asked again; its draft rests with it, and keeps what was written since', async () => {
    await ask('surveys.save', { survey: { ...wait, contact: true }, base: 1 })
    expect(await ask<RestReply>('surveys.rest', { survey: 'wait', rest: 'paused' })).toMatchObject({ type: 'done' })
    expect(items()['survey/wait']).toEqual({ ...wait, rest: 'paused' })
    expect((await ask<SurveyReply>('surveys.read', { survey: 'wait' })).draft).toEqual({ ...wait, contact: true, rest: 'paused' })
    expect((await stateOf('wait')).state).toBe('paused')
    await ask('surveys.rest', { survey: 'wait', rest: null })
    expect(items()['survey/wait']).toEqual(wait)
    expect((await lately(9))[0]).toBe('survey.resumed wait Ada')
  })
  it('also when it came with the shop: one question of it ends and is asked again', async () => {
    await ask('surveys.question', { survey: 'store-visit', question: 'find', retired: true })
    const find = (): unknown => (items()['survey/store-visit'] as unknown as Survey).followUps.find(({ id }) => id === 'find')
    expect(find()).toMatchObject({ retired: true })
    await ask('surveys.question', { survey: 'store-visit', question: 'find', retired: false })
    expect(find()).not.toHaveProperty('retired')
    expect(await refused('surveys.question', { survey: 'store-visit', question: 'x', retired: true })).toBe('not_found')
  })
})

const look = (): void => hourly.forEach((task) => task())

describe('a question that is known well enough', () => {
  beforeAll(openLive)
  afterAll(close)
  it('ends by itself, by the hub’s hand, and keeps its figures', async () => {
    answer(150, 5)
    look()
    expect((items()['survey/wait'] as unknown as Survey).opening.retired).toBeUndefined()
    answer(60, 4, 150)
    look()
    expect((items()['survey/wait'] as unknown as Survey).opening.retired).toBe(true)
    expect(await lately(10)).toContain('survey.retired wait/waiting hub')
    const { questions, state } = await stateOf('wait')
    expect(state).toBe('live')
    expect(questions.map(({ id, n, state: known }) => [id, n, known])).toEqual([['waiting', 210, 'retired'], ['again', 0, 'never']])
    const revision = hub.lines.filter(({ what }) => what === 'release published').length
    look()
    expect(hub.lines.filter(({ what }) => what === 'release published')).toHaveLength(revision)
  })
  it('was the last but one: with the last the survey ends', async () => {
    await ask('surveys.question', { survey: 'wait', question: 'again', retired: true })
    expect((await stateOf('wait')).state).toBe('retired')
    expect(items()['survey/wait']).toMatchObject({ rest: 'retired' })
  })
})

describe('a question that others hang on', () => {
  beforeAll(openLive)
  afterAll(close)
  it('stays as long as they do, however well it is known', async () => {
    const hanging: Survey = { ...wait, followUps: [{ ...wait.followUps[0]!, onlyIf: { question: 'waiting', from: 4, to: 5 } }] }
    await ask('surveys.save', { survey: hanging, base: 1 })
    await ask('surveys.publish', { survey: 'wait', version: 2 })
    answer(220, 5)
    look()
    expect((await stateOf('wait')).questions[0]).toMatchObject({ state: 'held' })
  })
  it('counts the answers of its window alone', async () => {
    await ask('surveys.save', { survey: wait, base: 2 })
    await ask('surveys.publish', { survey: 'wait', version: 3 })
    now += 29 * DAY
    await signIn(hub, manager)
    look()
    expect((items()['survey/wait'] as unknown as Survey).opening.retired).toBeUndefined()
    expect((await stateOf('wait')).questions[0]).toMatchObject({ n: 220, nInWindow: 0, halfWidth: null, state: 'counting' })
  })
  it('is named when nobody has looked at it for sixty days', async () => {
    const unseen = async () => (await ask<SurveysReply>('surveys.list')).unseen.questions.filter(({ survey }) => survey === 'wait').map(({ question }) => question)
    now += 31 * DAY
    await signIn(hub, manager)
    expect(await unseen()).toEqual([])
    now += 1
    expect(await unseen()).toEqual(['waiting', 'again'])
  })
})
