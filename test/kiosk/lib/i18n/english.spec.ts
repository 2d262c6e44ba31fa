import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogueText } from '#kiosk/lib/i18n/catalogue.ts'
import { demoOffers } from '#hub/shops/builtin/demo/demo-offers.ts'
import { demoProducts } from '#hub/shops/builtin/demo/demo-products.ts'
import type { Day } from '#shared/kernel/time.ts'

const FOLDER = new URL('../../../../kiosk/lib/i18n/', import.meta.url)
/** Every sentence below a value, those with gaps filled with a digit. */
const sentences = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return sentences((value as (...gaps: readonly number[]) => unknown)(5, 5, 5))
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentences) : []
}
const english = async (): Promise<readonly string[]> => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !/^(format|locale|texts)/.test(name))
  const modules = await Promise.all(names.map((name) => import(new URL(name, FOLDER).href) as Promise<{ readonly [area: string]: { readonly en?: unknown } }>))
  return modules.flatMap((area) => Object.values(area).flatMap(({ en }) => sentences(en)))
}

describe('English on the screen', () => {
  it('has no German quotation mark, letter or space before a percent sign', async () => {
    const all = await english()
    expect(all.length).toBeGreaterThan(250)
    expect(all.filter((words) => /[„ÄÖÜäöüß]|\d %/.test(words.replace('Deutsch', '')))).toEqual([])
  })
  it('nor have the offers and articles of the demo shop', () => {
    const today = '2026-11-22' as Day
    const offers = demoOffers(today).flatMap(({ badge, title, summary }) => [badge.en, title.en, summary.en])
    expect([...offers, ...demoProducts(today).map(({ name }) => name.en)].filter((words) => /„|\d %/.test(words))).toEqual([])
  })
})

describe('the buttons of a number', () => {
  it('name their article, since a list has many of them', () => {
    expect([catalogueText.de.usual.more('Tonic Water'), catalogueText.en.usual.fewer('Tonic Water')]).toEqual(['Tonic Water: eins mehr', 'Tonic Water: one fewer'])
  })
})
