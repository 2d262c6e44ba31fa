import { describe, expect, it } from 'vitest'
import { BAR_PLACES, barOf, groupsOf, MANAGER_PAGES, PAGE_GROUPS, PAGES, pageAt, type NavGroup } from '#kiosk/manager/pages.ts'

const group = (name: NavGroup['group']): NavGroup => ({ group: name, pages: ['report'] })

describe('the pages of the manager’s app', () => {
  it('stand in groups, in the order of a day, with the running of the store last', () => {
    expect(groupsOf(['privacy', 'report', 'devices'])).toEqual([{ group: 'today', pages: ['report'] }, { group: 'run', pages: ['privacy', 'devices'] }])
  })

  it('leave out a group of which the person may see nothing', () => {
    expect(groupsOf(['people']).map(({ group }) => group)).toEqual(['run'])
    expect(groupsOf([])).toEqual([])
  })

  it('are named by the address, and nothing else is', () => {
    expect([pageAt('devices'), pageAt('content'), pageAt('pair=ABCD'), pageAt(null), pageAt('toString')]).toEqual(['devices', null, null, null, null])
  })

  it('all belong to a group and stand nowhere twice', () => {
    expect(groupsOf(MANAGER_PAGES).flatMap(({ pages }) => pages).toSorted()).toEqual([...MANAGER_PAGES].toSorted())
    expect(MANAGER_PAGES.every((page) => PAGE_GROUPS.includes(PAGES[page].group))).toBe(true)
  })
})

describe('the bar of a phone', () => {
  it('shows the first four of the day, and the rest behind one more', () => {
    const { bar, more } = barOf(PAGE_GROUPS.map(group))
    expect([bar.map((one) => one.group), more.map((one) => one.group)]).toEqual([['today', 'understand', 'ask', 'act'], ['share', 'run']])
    expect(bar.length + 1).toBe(BAR_PLACES)
  })

  it('keeps what runs the store behind it also where there is little else', () => {
    expect(barOf([group('today'), group('run')])).toEqual({ bar: [group('today')], more: [group('run')] })
  })

  it('needs no more where everything fits', () => {
    const all = PAGE_GROUPS.filter((name) => name !== 'run').map(group)
    expect(barOf(all)).toEqual({ bar: all, more: [] })
  })
})
