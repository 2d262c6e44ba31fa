import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judgeCase, type OfferCase } from '#hub/tools/conformance/judge-case.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'

const folder = new URL('../../vectors/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

describe.each(files)('recorded baskets of %s', (name) => {
  const { cases } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { readonly cases: readonly OfferCase[] }
  it.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const { status, details } = judgeCase(one, DIALECTS)
    expect({ status, details }).toEqual({ status: 'passed', details: [] })
  })
  it('each figure, moved by one cent, is noticed', () => {
    for (const one of cases) {
      for (const [figure, minor] of Object.entries(one.expected)) {
        if (typeof minor !== 'number') continue
        expect(judgeCase({ ...one, expected: { ...one.expected, [figure]: minor + 1 } }, DIALECTS).status).toBe('wrong')
      }
    }
  })
})
