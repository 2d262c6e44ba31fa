/** `einklang-conformance`: prices recorded baskets with the packed engine, in the place where it is to be used. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { judgeCase, type OfferCase } from '../conformance/judge-case.ts'

const HELP = `Prices baskets of the format offer-cases/1 and compares every figure they assert.

  einklang-conformance [CASES.json …]     without a file: the vectors of the package

Exit code 0: every case is right · 1: at least one is not · 2: bad arguments.
The last line is JSON: {"total":n,"passed":n,"wrong":n,"unsupported":n}`

const ownVectors = (): readonly string[] => {
  const folder = new URL('./vectors/', import.meta.url)
  return readdirSync(folder).filter((name) => name.endsWith('.json')).sort().map((name) => fileURLToPath(new URL(name, folder)))
}

const readCases = (file: string): readonly OfferCase[] => {
  const { format, cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly format?: unknown; readonly cases?: readonly OfferCase[] }
  if (format !== 'offer-cases/1' || !Array.isArray(cases)) throw new Error(`${file} is not an offer-cases/1 file`)
  return cases
}

const main = (args: readonly string[]): number => {
  if (args.includes('--help')) {
    console.log(HELP)
    return 0
  }
  const files = args.length > 0 ? args : ownVectors()
  const tally = { total: 0, passed: 0, wrong: 0, unsupported: 0 }
  for (const file of files) {
    const results = readCases(file).map((one) => judgeCase(one, DIALECTS))
    for (const { id, status, details } of results) {
      tally.total++
      tally[status]++
      if (status !== 'passed') console.log(`${status} ${id}\n  ${details.join('\n  ')}`)
    }
    console.log(`${basename(file)}: ${results.filter(({ status }) => status === 'passed').length} of ${results.length}`)
  }
  console.log(JSON.stringify(tally))
  return tally.total > 0 && tally.passed === tally.total ? 0 : 1
}

try {
  process.exitCode = main(process.argv.slice(2))
} catch (error) {
  console.error(`einklang-conformance: ${error instanceof Error ? error.message : String(error)}\n\n${HELP}`)
  process.exitCode = 2
}
