/** Findings as lines of text: what, where, and the proof below. */
import type { Evidence, Finding, Severity } from '#shared/basket/review/finding.ts'
import { formatMoney } from '#shared/offers/format-money.ts'
import type { Language } from '#shared/kernel/language.ts'

const NAMES: { readonly [L in Language]: { readonly [S in Severity]: string } } = {
  de: { error: 'Fehler', warning: 'Warnung', note: 'Hinweis' },
  en: { error: 'error', warning: 'warning', note: 'note' },
}

export const findingLines = (finding: Finding, language: Language): readonly string[] => {
  const place = [...finding.offers, ...(finding.path === '' ? [] : [finding.path])].join(' ')
  return [`${NAMES[language][finding.severity].padEnd(8)} ${finding.rule.padEnd(20)} ${finding.sentence[language]}`, ...(place === '' ? [] : [`         ${place}`]), ...(finding.evidence ? [`         ${evidenceWords(finding.evidence, language)}`] : [])]
}

const evidenceWords = (evidence: Evidence, language: Language): string => {
  const money = (minor: number): string => formatMoney(minor, language)
  if (evidence.type === 'price') return `${evidence.sku}: ${money(evidence.previousCents)} → ${money(evidence.priceCents)}, ${language === 'de' ? '30 Tage vor' : '30 days before'} ${evidence.since}: ${evidence.lowestCents === null ? '–' : money(evidence.lowestCents)}`
  const lines = evidence.lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')
  const shares = evidence.shares.map(({ offer, cents }) => `${offer} −${money(cents)}`).join(', ')
  const codes = evidence.codes.length === 0 ? '' : `, ${evidence.codes.join(' + ')}`
  return `${lines}${codes}: ${money(evidence.baseCents)} → ${money(evidence.paidCents)} (${shares})`
}
