import { describe, expect, it } from 'vitest'
import { weekCells } from '#kiosk/lib/features/insights/explore/week-cells.ts'
import { figureOf, type Counts } from '#shared/insights/figure.ts'

const week = (told: { readonly [key: string]: Counts | 'withheld' }) =>
  Array.from({ length: 168 }, (_, i) => {
    const at = { weekday: Math.floor(i / 24) + 1, hour: i % 24 }
    const counts = told[`${at.weekday} ${at.hour}`]
    return { ...at, figure: counts === undefined || counts === 'withheld' ? null : figureOf('csat', counts), empty: counts === undefined }
  })

describe('the hours of the week', () => {
  it('name the one that is worse than all the others, and reach from the first to the last that has answers', () => {
    const cells = weekCells('csat', week({ '1 9': { 5: 80, 1: 20 }, '2 10': { 5: 82, 1: 18 }, '6 11': { 5: 40, 1: 60 }, '3 12': { 5: 79, 1: 21 } }))
    expect([cells.hours, cells.compared]).toEqual([[9, 10, 11, 12], 4])
    expect(cells.standing[0]).toMatchObject({ weekday: 6, hour: 11, verdict: 'worse' })
    expect(cells.days[5]!.map(({ verdict }) => verdict)).toEqual(['none', 'none', 'worse', 'none'])
  })

  it('find nothing where all are alike, and compare nothing below twenty answers', () => {
    const cells = weekCells('csat', week({ '1 9': { 5: 80, 1: 20 }, '2 9': { 5: 81, 1: 19 }, '3 9': { 5: 6, 1: 4 } }))
    expect([cells.standing, cells.compared, cells.days[2]![0]!.verdict]).toEqual([[], 2, 'few'])
  })

  it('tell apart that nobody answered and that it is not told', () => {
    const cells = weekCells('csat', week({ '1 9': 'withheld', '1 11': { 5: 30 } }))
    expect(cells.days[0]!.map(({ verdict }) => verdict)).toEqual(['withheld', 'none', 'few'])
  })

  it('are none without answers', () => {
    expect(weekCells('csat', week({}))).toMatchObject({ hours: [], compared: 0, standing: [] })
  })
})
