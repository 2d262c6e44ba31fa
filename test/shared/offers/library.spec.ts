import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import * as engine from '#shared/offers'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { OfferCase } from '#hub/tools/conformance/judge-case.ts'

const { cases } = JSON.parse(readFileSync(new URL('../../vectors/einklang.json', import.meta.url), 'utf8')) as { readonly cases: readonly OfferCase[] }
const question = (one: OfferCase) => ({ offers: one.offers.map(({ offer }) => offer), policies: { ...DIALECTS.einklang, ...one.policy }, context: one })

/** The engine as one script, with whatever it imports. */
const bundled = async (): Promise<{ readonly code: string; readonly modules: readonly string[] }> => {
  const entry = new URL('../../../shared/offers/engine.ts', import.meta.url).pathname
  const built = await build({ configFile: false, logLevel: 'silent', build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'engine' } } })
  const [one] = Array.isArray(built) ? built : [built]
  if (!one || !('output' in one)) throw new Error('nothing was built')
  const [chunk] = one.output
  return { code: chunk.code, modules: Object.keys(chunk.modules) }
}

describe('the engine as a library', () => {
  it('is one list of names, which its guide explains', () => {
    const guide = readFileSync(new URL('../../../shared/offers/README.md', import.meta.url), 'utf8')
    expect(Object.keys(engine).filter((name) => !guide.includes(`\`${name}`))).toEqual([])
    expect([...guide.matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`(\w+)/g)].map(([, name]) => name!)).filter((name) => !(name in engine))).toEqual([])
  })
  it('needs nothing but itself, the kernel and the validator, and gives the same cents where there is no page, no process and no network', async () => {
    const { code, modules } = await bundled()
    const foreign = modules.filter((file) => !/\/shared\/(offers|kernel)\/|\/node_modules\/valibot\//.test(file))
    expect(foreign).toEqual([])
    const context = createContext(Object.create(null) as object)
    runInContext(`${code.replace(/^"use strict";/, '')};globalThis.engine = engine`, context)
    for (const one of cases) {
      const { offers, policies, context: basket } = question(one)
      const there = runInContext(`JSON.stringify(engine.priceBasket(engine.readOffers(${JSON.stringify(offers)}).offers, ${JSON.stringify(policies)}, ${JSON.stringify(basket)}))`, context) as string
      expect(JSON.parse(there)).toEqual(JSON.parse(JSON.stringify(engine.priceBasket(offers, policies, basket))))
    }
  })
})
