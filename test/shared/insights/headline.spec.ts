import { describe, expect, it } from 'vitest'
import { addCounts, figureOf, type Counts, type Figure } from '#shared/insights/figure.ts'
import { headlineOf, type HeadlineFacts } from '#shared/insights/headline.ts'

const place = (key: string, de: string, en: string, counts: Counts) => ({ key, name: { de, en }, figure: figureOf('csat', counts) })
const facts = (touchpoints: HeadlineFacts['touchpoints'], before: Figure | null = null, period: HeadlineFacts['period'] = 'today'): HeadlineFacts => ({
  period,
  before,
  touchpoints,
  overall: figureOf('csat', touchpoints.map(({ figure }) => figure.counts).reduce(addCounts, {})),
})
const good = (share: number, n: number): Counts => ({ 5: Math.round(share * n), 2: n - Math.round(share * n) })

describe('the headline', () => {
  it('names the touchpoint that is worse than the rest beyond chance', () => {
    const headline = headlineOf(facts([place('checkout', 'Kasse', 'Checkout', good(0.62, 100)), place('exit', 'Ausgang', 'Exit', good(0.76, 500)), place('fresh', 'Frischetheke', 'Fresh counter', good(0.77, 300))]))
    expect(headline).toMatchObject({
      kind: 'trouble',
      touchpoint: 'checkout',
      sentence: { de: 'Kasse macht heute Ärger: 38 von 100 nicht zufrieden, sonst 20 bis 27.', en: 'Checkout is causing trouble today: 38 in 100 not satisfied, elsewhere 20 to 27.' },
    })
  })
  it('names the one that is better when none is worse', () => {
    const headline = headlineOf(facts([place('fresh', 'Frischetheke', 'Fresh counter', good(0.95, 200)), place('a', 'A', 'A', good(0.8, 15)), place('b', 'B', 'B', good(0.8, 15)), place('c', 'C', 'C', good(0.7, 15))], null, 'week'))
    expect(headline.sentence.de).toBe('Frischetheke überzeugt in den letzten 7 Tagen: 95 von 100 zufrieden, sonst 63 bis 88.')
  })
  it('finds nobody where the differences are chance', () => {
    const headline = headlineOf(facts([place('a', 'A', 'A', good(0.78, 100)), place('b', 'B', 'B', good(0.8, 100))]))
    expect(headline).toMatchObject({ kind: 'steady', touchpoint: null, sentence: { de: 'Heute sind 79 von 100 zufrieden, ohne Ausreißer.', en: '79 in 100 are satisfied today; no place stands out.' } })
  })
  it('admits that 24 of 30 leaves much open', () => {
    expect(headlineOf(facts([place('a', 'A', 'A', good(0.6, 30))])).sentence.de).toBe('30 Antworten heute: zwischen 42 und 76 von 100 sind zufrieden.')
  })
  it('says how few there are, and nothing when there are none', () => {
    const few = (n: number) => headlineOf({ period: 'today', before: null, touchpoints: [], overall: figureOf('csat', { 5: n }) }).sentence.de
    expect(few(1)).toBe('Heute erst eine Antwort: Werte gibt es ab 5.')
    expect(few(0)).toBe('Heute hat noch niemand geantwortet.')
  })
  it('tells a change beyond chance from one that may be chance', () => {
    const now = [place('a', 'A', 'A', good(0.8, 200))]
    expect(headlineOf(facts(now, figureOf('csat', good(0.6, 200)), 'week')).change?.de).toBe('20 von 100 mehr zufrieden als in den 7 Tagen davor.')
    expect(headlineOf(facts(now, figureOf('csat', good(0.77, 200)))).change?.de).toBe('Gegenüber gestern: von 77 auf 80, das kann Zufall sein.')
    expect(headlineOf(facts(now)).change).toBeNull()
  })
})
