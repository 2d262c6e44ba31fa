import { describe, expect, it } from 'vitest'
import { importFault } from './check-imports.ts'
import { circlesIn, type ImportMap } from './circles.ts'
import { DOORS, ROOMS } from './house-rules.ts'
import { importsOf, readSource, sourceFiles, target } from './source.ts'

describe('who may import whom', () => {
  it('is kept by every file of kiosk, hub and shared', () => {
    const faults = sourceFiles().flatMap((file) => importsOf(file, readSource(file)).map((specifier) => importFault(file, specifier)).filter(Boolean))
    expect(faults).toEqual([])
  })

  describe('and would be noticed in', () => {
    const examples = ROOMS.flatMap(({ broken }) => broken)
    it.each(examples)('$file importing $imports', ({ file, imports }) => {
      const text = file.endsWith('.svelte') ? `<script lang="ts">\n  import X from '${imports}'\n</script>\n<X />` : `import { x } from '${imports}'\nexport const y = x`
      expect(importsOf(file, text).map((specifier) => importFault(file, specifier))).toEqual([expect.stringContaining(file)])
    })
  })

  it('also where the import is a type, a re-export, or lazy', () => {
    const text = `import type { A } from '#hub/a.ts'\nexport { b } from '#hub/b.ts'\nexport const c = () => import('#hub/c.ts')\nimport '#hub/d.ts'`
    expect(importsOf('kiosk/lib/ui/x.ts', text).toSorted()).toEqual(['#hub/a.ts', '#hub/b.ts', '#hub/c.ts', '#hub/d.ts'])
  })

  it('and lets each room into the rooms it may enter', () => {
    expect(importFault('shared/offers/x.ts', '../kernel/money.ts')).toBeNull()
    expect(importFault('shared/offers/x.ts', './offer.ts')).toBeNull()
    expect(importFault('hub/transport/socket/x.ts', '../../use-cases/x.ts')).toBeNull()
    expect(importFault('kiosk/lib/features/basket/X.svelte', '../../ui/Button.svelte')).toBeNull()
    expect(importFault('kiosk/shopper/screens/X.svelte', '#kiosk/lib/features/basket/x.ts')).toBeNull()
  })
})

describe('two files that need each other', () => {
  const importsOfAll = (): ImportMap =>
    new Map(sourceFiles().map((file) => [file, importsOf(file, readSource(file)).flatMap((specifier) => {
      const found = target(file, specifier)
      return 'path' in found ? [found.path] : []
    })]))

  it('are not in this house, types included', () => {
    expect(circlesIn(importsOfAll())).toEqual([])
  })
  it('would be found, also round a corner', () => {
    const map = new Map([['a', ['b']], ['b', ['c']], ['c', ['a', 'd']], ['d', ['e']], ['e', []], ['f', ['g', 'd']], ['g', ['f']]])
    expect(circlesIn(map)).toEqual([['a', 'b', 'c'], ['f', 'g']])
  })
})

describe('one package, one door', () => {
  it.each(Object.entries(DOORS))('%s is not imported elsewhere than in %s', (pack, doors) => {
    expect(importFault('shared/kernel/x.ts', pack) === null).toBe(doors.includes('shared'))
    expect(importFault('kiosk/manager/x.ts', pack) === null).toBe(doors.includes('kiosk'))
    expect(importFault(`${doors[0]}${doors[0]!.endsWith('.ts') ? '' : '/x.ts'}`, pack)).toBeNull()
  })
  it('and a package nobody spoke of has none', () => {
    expect(importFault('kiosk/lib/ui/x.ts', 'left-pad')).toBe('kiosk/lib/ui/x.ts imports left-pad, a package without a door')
  })
  it("Node's own modules stay in the hub and the build", () => {
    expect(importFault('kiosk/lib/state/x.ts', 'node:fs')).toBe('kiosk/lib/state/x.ts imports node:fs, whose door is hub, kiosk/build, kiosk/vite.config.ts')
    expect(importFault('hub/use-cases/x.ts', 'node:crypto')).toBeNull()
  })
})
