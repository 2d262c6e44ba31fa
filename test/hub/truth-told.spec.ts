import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runImport } from '#hub/tools/import.ts'
import { connect, pairTestDevice, signIn, startTestHub, type Link, type TestHub } from './test-hub.ts'

/** The survey and what others computed from it; what people are told may be held back, never be another figure. */
const FIXTURES = new URL('../fixtures/', import.meta.url).pathname
const TRUTH = JSON.parse(readFileSync(join(FIXTURES, 'truth/truth.json'), 'utf8'))['survey_supermarket.csv']
const folder = mkdtempSync(join(tmpdir(), 'einklang-told-'))

// What the hub replies is read as loosely as a person would.
type Loose = any // oxlint-disable-line typescript/no-explicit-any
let hub: TestHub
let manager: Link
let token = ''
const ask = async (name: string, request: object): Promise<Loose> => {
  const reply = (await manager.ask(name as never, request as never)) as Loose
  if (!reply.ok) throw new Error(JSON.stringify(reply))
  return reply.value
}
const near = (value: number, truth: number, digits: number): boolean => Math.abs(value - truth) <= 0.5 * 10 ** -digits + 1e-9

beforeAll(async () => {
  runImport(['feedback', join(FIXTURES, 'feedback/survey_supermarket.csv'), '--data', folder], () => undefined, () => undefined)
  hub = await startTestHub({ folder })
  manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  await signIn(hub, manager)
  token = (await ask('share.token', { name: 'Kasse', scopes: ['figures:read'], days: 30 })).token
})
afterAll(async () => {
  manager.close()
  await hub.remove()
  rmSync(folder, { recursive: true, force: true })
})

describe('103 real answers as a manager is told them', () => {
  it('have mean, share of satisfied and NPS of those who computed them elsewhere, place by place', async () => {
    const csat = await ask('figures.compare', { metric: 'csat', by: 'touchpoint', question: 'overall_satisfaction' })
    const nps = await ask('figures.compare', { metric: 'nps', by: 'touchpoint' })
    expect(csat.overall).toMatchObject({ n: TRUTH.rows, counts: TRUTH.overall_counts })
    expect([near(csat.overall.mean, TRUTH.overall_mean, 4), near(csat.overall.score, TRUTH.csat_top2_percent, 2), near(nps.overall.score, TRUTH.nps.nps, 2), near(nps.overall.mean, TRUTH.nps.mean, 4)]).toEqual([true, true, true, true])
    const figureAt = ({ groups }: Loose, place: string): Loose => groups.find(({ key }: Loose) => key === place).figure
    for (const [place, truth] of Object.entries<Loose>(TRUTH.by_supermarket_n_ge_5)) {
      const own = figureAt(csat, place)
      expect([place, own.n, near(own.mean, truth.overall_mean, 4), near(figureAt(nps, place).score, truth.nps, 2)]).toEqual([place, truth.n, true, true])
    }
    expect(csat.groups.filter(({ figure }: Loose) => figure.n > 0 && figure.n < 5 && figure.score !== null)).toEqual([])
  })
  it('have their drivers: shares by both methods, correlations, the share they explain', async () => {
    for (const [outcome, truth] of [['overall_satisfaction', TRUTH.drivers_on_overall], ['nps_0_10', TRUTH.drivers_on_nps]] as const) {
      const { found, n } = await ask('figures.drivers', { outcome })
      expect([n, found.rSquared.toFixed(4)]).toEqual([truth.n, truth.R2.toFixed(4)])
      expect(found.drivers.map(({ key }: Loose) => key).toSorted()).toEqual(Object.keys(truth.mean).toSorted())
      for (const { key, mean, r, rho, beta, lmg, weight } of found.drivers) {
        for (const [ours, theirs] of [[mean, truth.mean], [r, truth.pearson_r], [rho, truth.spearman_rho], [beta, truth.std_beta], [lmg, truth.lmg_shapley_share_of_R2], [weight, truth.johnson_relative_weight_share]] as const) expect(near(ours, theirs[key], 4)).toBe(true)
      }
    }
  })
  it('say the same to programs', async () => {
    const told = async (metric: string): Promise<Loose> => (await (await fetch(`${hub.url}/api/v1/figures?metric=${metric}`, { headers: { authorization: `Bearer ${token}` } })).json()).overall
    const [csat, nps] = [await told('csat'), await told('nps')]
    expect([csat.n, nps.n]).toEqual([TRUTH.rows, TRUTH.nps.n])
    expect([near(csat.score, TRUTH.csat_top2_percent, 2), near(csat.mean, TRUTH.overall_mean, 4), near(nps.score, TRUTH.nps.nps, 2)]).toEqual([true, true, true])
  })
})
