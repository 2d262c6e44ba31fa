/** Accessibility of the page as it stands, by axe. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

/** One line per violated rule: rule, what it asks for, the first elements. Empty when all is well. `rules` limits it to these. */
export const accessibilityFaults = async (page: Page, rules?: readonly string[]): Promise<readonly string[]> => {
  // Through the protocol, so the page's content security policy stays as it is.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await injectScript(page)
  const violations = await page.evaluate(async ({ tags, onlyRules }) => {
    const runOnly = onlyRules ? { type: 'rule' as const, values: [...onlyRules] } : { type: 'tag' as const, values: tags }
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly, resultTypes: ['violations'] })
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.slice(0, 3).map((node) => `${node.target.join(' ')} — ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`) }))
  }, { tags: TAGS, onlyRules: rules })
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.join(' | ')}`)
}

const injectScript = async (page: Page): Promise<void> => {
  await page.evaluate(await readFile(AXE, 'utf8'))
}
