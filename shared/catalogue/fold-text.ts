/** Text as search compares it: small letters without marks, however the umlaut was typed. */

/**
 * Folds a text: ä, ae and a become one, so do ö, oe, o and ü, ue, u; ß becomes ss; accents fall away.
 * Shape   the same on both sides of a comparison, so that losing `ue` in "sauer" does no harm.
 */
export const foldText = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([aou])e/g, '$1')

/** The words of a text, folded: letters and digits between everything else. */
export const foldedWords = (text: string): readonly string[] => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []
