/** Prices recorded baskets (`offer-cases/1`) with the product's own engine and compares every figure that a case asserts. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { judgeCase, type CaseResult, type OfferCase } from './conformance/judge-case.ts'

const HELP = `Prices offer-cases/1 files with the engine of shared/offers and compares every asserted figure.

  npm run conformance -- [--dialects FILE] CASES.json …

  --dialects FILE   JSON object { name: policies }, added to the built-in dialects or replacing them
  --differences N   how many differing cases to print in full (default 5)
  --help            this text

Exit code 0: no case is wrong · 1: at least one is wrong · 2: bad arguments.
The last line is JSON: {"total":n,"passed":n,"wrong":n,"unsupported":n}`

const main = (args: readonly string[]): number => {
  const options = readOptions(args)
  if (typeof options === 'string') return refuse(options)
  if (options.help) {
    console.log(HELP)
    return 0
  }
  const dialects = options.dialects === undefined ? DIALECTS : readJson(options.dialects)
  if (typeof dialects === 'string') return refuse(dialects)
  const files = options.files.map(readCases)
  const bad = files.find((cases) => typeof cases === 'string')
  if (typeof bad === 'string') return refuse(bad)
  const known = { ...DIALECTS, ...(dialects as { readonly [name: string]: Policies }) }
  const results = files.flatMap((cases) => cases as readonly OfferCase[]).map((one) => judgeCase(one, known))
  return report(results, options.differences)
}

type Options = { readonly help: boolean; readonly dialects: string | undefined; readonly differences: number; readonly files: readonly string[] }

const readOptions = (args: readonly string[]): Options | string => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { dialects: { type: 'string' }, differences: { type: 'string', default: '5' }, help: { type: 'boolean', default: false } },
    })
    const differences = Number(values.differences)
    if (!values.help && positionals.length === 0) return 'name at least one file of cases'
    if (!Number.isInteger(differences) || differences < 0) return `--differences needs a whole number, not "${values.differences}"`
    return { help: values.help, dialects: values.dialects, differences, files: positionals }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const readJson = (path: string): object | string => {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : `${path} holds no JSON object`
  } catch (error) {
    return `cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`
  }
}

const readCases = (path: string): readonly OfferCase[] | string => {
  const file = readJson(path)
  if (typeof file === 'string') return file
  const { format, cases } = file as { readonly format?: unknown; readonly cases?: unknown }
  if (format !== 'offer-cases/1' || !Array.isArray(cases)) return `${path} is not an offer-cases/1 file`
  return cases as readonly OfferCase[]
}

const refuse = (why: string): number => {
  console.error(`conformance: ${why}\n\n${HELP}`)
  return 2
}

const report = (results: readonly CaseResult[], differences: number): number => {
  const count = (some: readonly CaseResult[], status: CaseResult['status']): number => some.filter((one) => one.status === status).length
  console.log(row('project', 'total', 'passed', 'wrong', 'unsupported'))
  for (const project of new Set(results.map((one) => one.project))) {
    const own = results.filter((one) => one.project === project)
    console.log(row(project, own.length, count(own, 'passed'), count(own, 'wrong'), count(own, 'unsupported')))
  }
  const wrong = results.filter((one) => one.status === 'wrong')
  for (const one of wrong.slice(0, differences)) console.log(`\n${one.id}\n  ${one.details.join('\n  ')}\n  case ${JSON.stringify(one.case)}\n  priced ${JSON.stringify(one.priced)}`)
  if (wrong.length > differences) console.log(`\nand ${wrong.length - differences} more: ${wrong.slice(differences).map((one) => one.id).join(' ')}`)
  for (const one of results.filter((some) => some.status === 'unsupported')) console.log(`unsupported ${one.id}: ${one.details.join('; ')}`)
  console.log(JSON.stringify({ total: results.length, passed: count(results, 'passed'), wrong: wrong.length, unsupported: count(results, 'unsupported') }))
  return wrong.length > 0 ? 1 : 0
}

const row = (project: string, ...figures: readonly (string | number)[]): string =>
  project.padEnd(16) + figures.map((figure) => String(figure).padStart(12)).join('')

process.exitCode = main(process.argv.slice(2))
