/** Baskets that a real shop priced, written down with every cent: the files that parity is shown on. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** One basket (or several in a row, for limits), as the shop was told it and as it answered. Money in minor units. */
export type OracleCase<Input, Answer> = {
  readonly input: Input & { readonly id: string }
  readonly result?: Answer | { readonly sequence: readonly Answer[] }
  /** The shop failed. */
  readonly error?: string
  /** Why the record itself is no use. */
  readonly invalid?: string
}

export type OracleFile = { readonly shop: string; readonly version: string; readonly cases: readonly OracleCase<never, never>[] }

/** A sentence instead, if the file cannot be used. */
export const readOracle = (path: string): OracleFile | string => {
  try {
    const bytes = readFileSync(path)
    const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8')
    const { meta, cases } = JSON.parse(text) as { readonly meta?: { readonly shop?: string; readonly version?: string }; readonly cases?: unknown }
    if (!meta?.shop || !Array.isArray(cases)) return `${path} holds no recorded baskets`
    return { shop: meta.shop, version: meta.version ?? 'unknown version', cases: cases as OracleFile['cases'] }
  } catch (error) {
    return `cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`
  }
}
