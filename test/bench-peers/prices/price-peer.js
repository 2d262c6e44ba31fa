/*
 * A price engine of another project, in a process of its own: reads one question per line, answers with what one basket takes it.
 * Question  {"offers": [{"id", "skus" | null, "fromMinor", "percent"}], "baskets": [[{"id", "sku", "unitPriceMinor", "quantity"}]], "forMs"}
 * Answer    {"micros", "totalMinor" of the first basket, "readyMs" until the offers were taken in}
 */
import { createInterface } from 'node:readline'

const ENGINES = { 'json-rules-engine': './json-rules-price.js', medusa: './medusa-price.js', vendure: './vendure-price.js' }

const { engineOf } = await import(ENGINES[process.argv[2]])

/** A quarter of the time to warm up; at least one basket before and one in it. */
const measure = async ({ offers, baskets, forMs }) => {
  const before = performance.now()
  const price = engineOf(offers)
  const readyMs = performance.now() - before
  const totalMinor = await price(baskets[0])
  await run(price, baskets, forMs / 4)
  return { micros: await run(price, baskets, forMs), totalMinor, readyMs }
}

const run = async (price, baskets, forMs) => {
  const startedAt = performance.now()
  let count = 0
  do {
    const total = price(baskets[count++ % baskets.length])
    if (total instanceof Promise) await total
  } while (performance.now() - startedAt < forMs)
  return ((performance.now() - startedAt) * 1000) / count
}

const say = (line) => process.stdout.write(`${line}\n`)

say('ready')
for await (const line of createInterface({ input: process.stdin })) say(JSON.stringify(await measure(JSON.parse(line))))
