import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { APPS } from '../../../../kiosk/build/apps.ts'
import { checkSizes, initialScripts, staticImports } from '#hub/tools/rig/check-sizes.ts'

let dist = ''
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(dist, file)), { recursive: true })
  writeFileSync(join(dist, file), text)
}
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'einklang-sizes-'))
  for (const { name: app } of APPS) write(`${app}/index.html`, `<script type="module" crossorigin src="/assets/${app}.js"></script>`)
  for (const { name: app } of APPS) write(`assets/${app}.js`, 'import{a}from"./shared.js";a()')
  write('assets/shared.js', 'export const a=()=>import("./lazy.js")')
  write('assets/lazy.js', randomBytes(100_000).toString('base64'))
})
afterEach(() => rmSync(dist, { recursive: true }))

describe('the size of an app', () => {
  it('counts what its page imports at once, directly or not, and nothing lazy', () => {
    expect(initialScripts(dist, 'shopper/index.html')).toEqual(['assets/shopper.js', 'assets/shared.js'])
  })
  it('is refused above the budget: the checkout may have 30 kB', () => {
    const said: string[] = []
    expect(checkSizes(dist, (line) => said.push(line))).toBe(true)
    write('assets/checkout.js', `"${randomBytes(23_500).toString('base64')}"`)
    expect(checkSizes(dist, (line) => said.push(line))).toBe(true)
    write('assets/checkout.js', `"${randomBytes(42_000).toString('base64')}"`)
    expect(checkSizes(dist, (line) => said.push(line))).toBe(false)
    expect(said.findLast((line) => line.startsWith('checkout'))).toMatch(/^checkout .* budget 30\.0 kB {2}TOO LARGE$/)
  })
  it('reads every form a bundler writes', () => {
    expect(staticImports('import{a as b}from"./a.js";import"./b.js";import c,{d}from"./c.js";import*as e from"./d.js";export{f}from"./e.js";const g=()=>import("./f.js");x("./g.js")')).toEqual(['./a.js', './b.js', './c.js', './d.js', './e.js'])
  })
})
