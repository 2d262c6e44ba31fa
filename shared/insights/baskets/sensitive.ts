/** What nobody wants to see recommended on a public screen, and what would tell a stranger about somebody's life. */

/** Beginnings of words in the name of a category, German and English: an article of such a category is in no pair. */
export const SENSITIVE_BEGINNINGS: readonly string[] = [
  // health and body
  'apotheke', 'arznei', 'medizin', 'medikament', 'gesundheit', 'inkontinenz', 'diabet', 'abnehm', 'schlankheit', 'läusemittel', 'hämorrhoid', 'fußpilz', 'pharma', 'medicin', 'health', 'incontinence', 'slimming', 'weight loss',
  // intimacy and pregnancy
  'kondom', 'verhütung', 'intim', 'erotik', 'schwangerschaft', 'menstruation', 'damenhygiene', 'tampon', 'condom', 'contracept', 'intimate', 'pregnan', 'feminine', 'female sanitary', 'adult',
  // age-restricted
  'tabak', 'zigarette', 'alkohol', 'spirituose', 'schnaps', 'bier', 'wein', 'sekt', 'likör', 'tobacco', 'cigarette', 'vape', 'alcohol', 'spirits', 'liquor', 'liqueur', 'beer', 'wine', 'brandy', 'whisky', 'rum', 'prosecco',
  // mourning
  'trauer', 'grabkerze', 'grablicht', 'mourning',
]

/** Ends of words: what German glues in front of them leaves them what they are. */
export const SENSITIVE_ENDS: readonly string[] = ['wein', 'weine', 'bier', 'biere', 'likör', 'liköre', 'schnaps', 'schnäpse', 'tabak', 'zigaretten', 'kondome', 'arznei', 'arzneimittel']

/** Begin or end like a listed word without meaning it. */
const HARMLESS = /^(?:alkoholfrei.*|beere|beeren(?!.*(?:wein|likör|auslese|schnaps|brand)).*|bierschinken|bierwurst.*|weintraube.*|weinessig.*|weinblatt.*|.*schweine?|rumpf.*|rumpsteak.*|intimität|adults? games)$/

/**
 * Whether an article of these categories is kept out of recommendations.
 * Shape   names are compared without case, word by word; what is listed in two words is looked for in the whole name.
 */
export const isSensitive = (categories: readonly string[]): boolean => categories.some((category) => {
  const name = category.toLowerCase()
  return SENSITIVE_BEGINNINGS.some((listed) => listed.includes(' ') && name.includes(listed)) || (name.match(/\p{L}+/gu) ?? []).some(isSensitiveWord)
})

const isSensitiveWord = (word: string): boolean =>
  !HARMLESS.test(word) && (SENSITIVE_BEGINNINGS.some((listed) => word.startsWith(listed)) || SENSITIVE_ENDS.some((listed) => word.endsWith(listed)))
