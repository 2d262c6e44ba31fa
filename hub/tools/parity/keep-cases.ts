/** Writes differing baskets as a file of the shape of `test/vectors`, into the folder where the command runs. */
import { writeFileSync } from 'node:fs'
import { parityVector } from '#hub/use-cases/parity/parity-vector.ts'
import type { Json } from '#shared/kernel/json.ts'

export const KEEP_HELP = `  --keep            writes what differs as a file of the shape of test/vectors, for npm run conformance`

export const keepCases = (shop: string, cases: readonly Json[]): void => {
  if (cases.length === 0) return console.log('nothing to keep')
  const { name, text } = parityVector(shop, cases)
  writeFileSync(name, text)
  console.log(`kept ${cases.length === 1 ? 'one basket' : `${cases.length} baskets`} in ${name}`)
}
