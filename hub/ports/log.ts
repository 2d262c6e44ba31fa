/** Structured log lines. Ids, counts and reasons only: never names, texts, codes, tokens or payloads. */
export type LogFacts = { readonly [fact: string]: string | number | boolean | null }

export interface Log {
  info(what: string, facts?: LogFacts): void
  warn(what: string, facts?: LogFacts): void
  error(what: string, facts?: LogFacts): void
}
