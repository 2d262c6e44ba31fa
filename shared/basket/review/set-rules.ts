/** What offers do to each other by their names alone: ids, numbers, codes, exclusions. */
import { found, type Finding, type ReviewedOffer } from './finding.ts'
import { both, inBoth, named, someOf } from './review-words.ts'

/** What the field for a code takes. */
const MAX_TYPED = 40

/** Findings about the names in a set of offers. */
export const namingFindings = (offers: readonly ReviewedOffer[]): readonly Finding[] => [...idFindings(offers), ...codeFindings(offers), ...exclusionFindings(offers)]

const idFindings = (offers: readonly ReviewedOffer[]): readonly Finding[] => {
  const ids = repeated(offers, ({ offer }) => offer.id).map(([id]) => found('id-twice', [id], 'id', both(`Die Kennung „${id}“ ist zweimal vergeben.`, `The id “${id}” is given twice.`)))
  const numbers = repeated(offers.filter(({ number }) => number !== undefined), ({ number }) => String(number)).map(([number, some]) =>
    found('id-twice', some.map(({ offer }) => offer.id), 'number', inBoth((language) => (language === 'de' ? `Die Nummer ${number} haben mehrere Angebote: ${someOf(some.map((one) => named(one, 'de')), 'de')}.` : `Several offers have the number ${number}: ${someOf(some.map((one) => named(one, 'en')), 'en')}.`))),
  )
  return [...ids, ...numbers]
}

const repeated = (offers: readonly ReviewedOffer[], keyOf: (offer: ReviewedOffer) => string): readonly (readonly [string, readonly ReviewedOffer[]])[] => [...Map.groupBy(offers, keyOf)].filter(([, some]) => some.length > 1)

/** As typed codes are compared: letter case, spaces and hyphens do not count. */
const bare = (code: string): string => code.toUpperCase().replaceAll(/[\s-]/g, '')

const codeFindings = (offers: readonly ReviewedOffer[]): readonly Finding[] => {
  const findings: Finding[] = []
  const owners = new Map<string, { readonly spelled: string; readonly by: ReviewedOffer }>()
  for (const reviewed of offers) {
    const { offer } = reviewed
    if (offer.trigger?.type !== 'code') continue
    const usable = offer.trigger.codes.filter((code) => bare(code) !== '' && code.length <= MAX_TYPED)
    if (usable.length === 0) findings.push(found('code-unusable', [offer.id], 'trigger.codes', inBoth((language) => (language === 'de' ? `Den Code von ${named(reviewed, 'de')} kann niemand eingeben: Er ist leer oder länger als ${MAX_TYPED} Zeichen.` : `Nobody can enter the code of ${named(reviewed, 'en')}: it is empty or longer than ${MAX_TYPED} characters.`))))
    const clashes = usable.flatMap((code) => {
      const owner = owners.get(bare(code))
      if (!owner) owners.set(bare(code), { spelled: code, by: reviewed })
      return owner && owner.by !== reviewed ? [{ code, ...owner }] : []
    })
    const hidden = clashes.filter(({ code, spelled }) => code !== spelled)
    const shared = clashes.find(({ code, spelled }) => code === spelled)
    if (shared) findings.push(found('code-shared', [offer.id, shared.by.offer.id], 'trigger.codes', inBoth((language) => (language === 'de' ? `Der Code ${shared.code} schaltet zwei Angebote frei: ${named(shared.by, 'de')} und ${named(reviewed, 'de')}.` : `The code ${shared.code} unlocks two offers: ${named(shared.by, 'en')} and ${named(reviewed, 'en')}.`))))
    const first = hidden[0]
    if (first && hidden.length === usable.length) findings.push(found('code-hidden', [offer.id, first.by.offer.id], 'trigger.codes', inBoth((language) => (language === 'de' ? `Der Code ${first.code} von ${named(reviewed, 'de')} wird als ${first.spelled} von ${named(first.by, 'de')} gelesen.` : `The code ${first.code} of ${named(reviewed, 'en')} is read as ${first.spelled} of ${named(first.by, 'en')}.`))))
  }
  return findings
}

const exclusionFindings = (offers: readonly ReviewedOffer[]): readonly Finding[] => {
  const ids = new Set<string>(offers.map(({ offer }) => offer.id))
  return offers.flatMap((reviewed) => {
    const { offer } = reviewed
    const wrong = offer.excludes?.filter((id) => !ids.has(id) || id === offer.id) ?? []
    if (wrong.length === 0) return []
    return [found('excludes-unknown', [offer.id], 'excludes', inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} schließt Angebote aus, die es nicht gibt: ${someOf(wrong, 'de')}.` : `${named(reviewed, 'en')} excludes offers that do not exist: ${someOf(wrong, 'en')}.`)))]
  })
}
