/** Baskets that a real shop priced, written down with every cent: the files that parity is shown on. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
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

/** The file itself, or what a folder holds of this shop. Order  by name. A sentence instead, if the folder holds nothing of it. */
export const recordingsIn = (path: string, shop: string): readonly string[] | string => {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
  const files = readdirSync(path).filter((name) => /\.json(\.gz)?$/.test(name)).sort().map((name) => join(path, name))
  if (files.length === 0) return `the folder ${path} holds no recorded baskets (.json or .json.gz)`
  const others = new Set<string>()
  const own = files.filter((file) => {
    const oracle = readOracle(file)
    if (typeof oracle !== 'string') others.add(oracle.shop)
    return typeof oracle !== 'string' && oracle.shop === shop
  })
  return own.length > 0 ? own : `the folder ${path} holds no baskets recorded from ${shop}${others.size > 0 ? `, only from ${[...others].sort().join(', ')}` : ''}`
}

/** A sentence instead, if the file cannot be used. */
export const readOracle = (path: string): OracleFile | string => {
  try {
    const bytes = readFileSync(path)
    const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8')
    const { meta, cases } = (JSON.parse(text) ?? {}) as { readonly meta?: { readonly shop?: string; readonly version?: string }; readonly cases?: unknown }
    if (!meta?.shop || !Array.isArray(cases) || !cases.every(isRecord)) return `${path} holds no recorded baskets`
    return { shop: meta.shop, version: meta.version ?? 'unknown version', cases: cases as OracleFile['cases'] }
  } catch (error) {
    return `cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`
  }
}

const isRecord = (one: unknown): boolean => typeof (one as { readonly input?: { readonly id?: unknown } } | null)?.input?.id === 'string'
