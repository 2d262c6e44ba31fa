/** Lines in the order a person looks for them. A code carries them by article number, which means nothing to anybody. */
import type { CheckoutLine } from '#shared/protocol/checkout.ts'
import type { Language } from '#shared/kernel/language.ts'

export const byName = (lines: readonly CheckoutLine[], language: Language): readonly CheckoutLine[] => {
  const { compare } = new Intl.Collator(language, { numeric: true })
  return lines.toSorted((a, b) => compare(a.name[language], b.name[language]))
}
