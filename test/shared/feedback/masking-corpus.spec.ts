/** How much personal data in free text is found, and how often something else is taken for it: on sentences written for this test. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MASK_KINDS, maskText, type MaskKind } from '#shared/feedback/mask-text.ts'

type Datum = { readonly kind: MaskKind; readonly text: string }
type Sentence = { readonly text: string; readonly data: readonly Datum[] }

const DATUM = /\{(\w+):([^}]+)\}/g
const sentencesOf = (file: string): readonly Sentence[] =>
  readFileSync(new URL(`../../fixtures/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ text: line.replaceAll(DATUM, '$2'), data: [...line.matchAll(DATUM)].map(([, kind, text]) => ({ kind: kind as MaskKind, text: text! })) }))

/** Words of three letters and groups of three digits tell; titles and particles do not. */
const telling = (text: string): readonly string[] => text.match(/\p{L}{3,}|\d{3,}/gu)?.filter((part) => !/^(?:von|der|Prof|Herr|org|com|mail|Postfach|example|Str|Street|Lane|Road)$/.test(part)) ?? []
const isMasked = (datum: Datum, masked: string): boolean => !masked.includes(datum.text) && telling(datum.text).every((part) => !new RegExp(`(?<![\\p{L}\\d])${part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\d])`, 'u').test(masked))

type Measured = { readonly n: number; readonly found: number; readonly missed: string }
const measure = (sentences: readonly Sentence[], kind: MaskKind): Measured => {
  const all = sentences.flatMap(({ text, data }) => data.filter((datum) => datum.kind === kind).map((datum) => ({ datum, masked: maskText(text).text })))
  const missed = all.filter(({ datum, masked }) => !isMasked(datum, masked))
  return { n: all.length, found: all.length - missed.length, missed: missed.map(({ datum, masked }) => `${datum.text} in: ${masked}`).join('\n') }
}
const wronglyMasked = (sentences: readonly Sentence[]): readonly string[] => sentences.flatMap(({ text, data }) => (data.length === 0 && maskText(text).text !== text ? [maskText(text).text] : []))

const TUNED = sentencesOf('masking.txt')
const HELD_OUT = sentencesOf('masking-held-out.txt')

describe('masking, measured on sentences of shoppers', () => {
  it('there are at least 300 of them, every kind among them', () => {
    expect(TUNED.length).toBeGreaterThanOrEqual(300)
    expect(new Set(TUNED.flatMap(({ data }) => data.map(({ kind }) => kind)))).toEqual(new Set(MASK_KINDS))
  })
  it.each([['mail', 12], ['iban', 9], ['card', 6], ['phone', 22], ['number', 6], ['plate', 7], ['address', 20], ['name', 71]] as const)('finds every %s: all %i', (kind, n) => {
    const { missed, ...measured } = measure(TUNED, kind)
    expect(measured, missed).toEqual({ n, found: n })
  })
  it('takes 2 of 157 sentences without personal data for such: a fairy tale and "Mr Right"', () => {
    expect(TUNED.filter(({ data }) => data.length === 0)).toHaveLength(157)
    expect(wronglyMasked(TUNED)).toEqual(['Frau ‹Name› hätte mehr Schnee als ihr Eis.', 'Mr ‹Name› was not in stock, sadly, but the cake was.'])
  })
  it('of sentences it was never adjusted to it finds 15 of 21 names and everything else, and takes nothing for such wrongly', () => {
    const others = MASK_KINDS.filter((kind) => kind !== 'name').map((kind) => measure(HELD_OUT, kind))
    expect(measure(HELD_OUT, 'name')).toMatchObject({ n: 21, found: 15 })
    expect([others.reduce((sum, { n }) => sum + n, 0), others.map(({ missed }) => missed).join('')]).toEqual([15, ''])
    expect([HELD_OUT.filter(({ data }) => data.length === 0).length, wronglyMasked(HELD_OUT)]).toEqual([18, []])
  })
  it('masks nothing twice', () => {
    expect([...TUNED, ...HELD_OUT].filter(({ text }) => maskText(maskText(text).text).text !== maskText(text).text)).toEqual([])
  })
})
