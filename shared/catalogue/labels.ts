/** Labels that an article may carry among its taxons, and what they are called. */
import type { Localised } from '../kernel/language.ts'

export const LABELS: { readonly [label: string]: Localised } = {
  organic: { de: 'Bio', en: 'Organic' },
  vegan: { de: 'Vegan', en: 'Vegan' },
  'lactose-free': { de: 'Laktosefrei', en: 'Lactose-free' },
  'gluten-free': { de: 'Glutenfrei', en: 'Gluten-free' },
  unsweetened: { de: 'Ungesüßt', en: 'Unsweetened' },
  'high-protein': { de: 'Viel Eiweiß', en: 'High protein' },
  wholegrain: { de: 'Vollkorn', en: 'Wholegrain' },
  'hay-milk': { de: 'Heumilch', en: 'Hay milk' },
  'wild-caught': { de: 'Wildfang', en: 'Wild-caught' },
  'protected-origin': { de: 'Geschützte Herkunft', en: 'Protected origin' },
}

/** The labels among an article's taxons, in the order of the list above. */
export const labelsOf = (taxons: readonly string[]): readonly string[] => Object.keys(LABELS).filter((label) => taxons.includes(label))
