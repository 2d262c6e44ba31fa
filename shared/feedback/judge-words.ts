/** Whether words are folded away before a person reads them: insults of people, advertising, keys pressed at random. Nothing is deleted, no score changes, and a manager has the last word. */
import { ADVERTISING, INSULTING_PHRASES, INSULTS, INSULTS_ANYWHERE, KEY_ROWS } from './word-lists.ts'

export type WordsVerdict = 'insult' | 'spam'

/**
 * What the rules find in a comment; null: it is read like any other.
 * Shape   an insult counts also where it is stretched, spelled with digits or signs, or letter by letter. Swearing about a thing ("die Kasse ist scheiße") is an answer and stays.
 * Errors  what no rule knows stays in sight, and a word of the lists in a quotation is folded with it: whoever reads the stream sees how many are folded, opens them and puts them back.
 */
export const judgeWords = (text: string): WordsVerdict | null => {
  const words = plain(text)
  if (isInsult(words)) return 'insult'
  return isSpam(text, words) ? 'spam' : null
}

const LETTERS: { readonly [sign: string]: string } = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '@': 'a', $: 's', '!': 'i' }
/** Plural and cases, German and English. */
const ENDING = '(?:e|en|er|es|n|s|in|innen|haft)?'

/** Small letters without umlauts, words apart by one blank; what was written letter by letter is put together, a letter said three times or more is said once. */
const plain = (text: string): string => {
  const small = text.toLowerCase().normalize('NFC').replace(/[äöüß]/g, (sign) => LETTERS[sign]!)
  // digits and signs are letters only inside a word
  const spelled = small.replace(/(?<=[a-z*])[01345@$!](?=[a-z*])|(?<![a-z0-9])[@$4](?=[a-z]{3})/g, (sign) => LETTERS[sign]!)
  const joined = spelled.replace(/(?<![a-z*])(?:[a-z][ .\-_]){3,}[a-z](?![a-z])/g, (found) => found.replace(/[^a-z]/g, ''))
  return joined.replace(/([a-z])\1{2,}/g, '$1').replace(/[^a-z*0-9]+/g, ' ').trim()
}

/** A star stands for any one letter. */
const starred = (word: string): string => [...word].map((letter, i) => (i === 0 ? letter : `[${letter}*]`)).join('')
const WHOLE = new RegExp(`(?:^| )(?:${INSULTS.map(starred).join('|')})${ENDING}(?= |$)`)
const ANYWHERE = new RegExp(INSULTS_ANYWHERE.map(starred).join('|'))
const PHRASES = new RegExp(`(?:^| )(?:${INSULTING_PHRASES.map((phrase) => phrase.split(' ').map(starred).join(' ')).join('|')})(?= |$)`)
/** "am Arsch der Welt", "in den Arsch": of places and things, not of people. */
const IDIOMS = /(?:^| )(?:am|im|in den|fuer den|auf den|leck mich am) arsch(?= |$)/g

const isInsult = (words: string): boolean => PHRASES.test(words) || ANYWHERE.test(words) || WHOLE.test(words.replace(IDIOMS, ' '))

/** Of a comment so short nobody can say what it was meant to be. */
const SHORTEST_MASH = 6
/** As many words of advertising, with a link and without. */
const ADS = { beside: 2, alone: 4 }
const LINK = /https?:\/\/|www\.|\b[a-z0-9-]+\.(?:com|net|org|info|biz|ru|shop|xyz|top|click|de)\b/gi

const isSpam = (text: string, words: string): boolean => {
  const links = text.match(LINK)?.length ?? 0
  const list = words.split(' ').filter((word) => word !== '')
  const ads = new Set(list.filter((word) => ADVERTISED.has(word))).size
  if (links >= 2 || (links === 1 && ads >= ADS.beside) || ads >= ADS.alone) return true
  return isMash(text) || isOneWordOverAndOver(list)
}

const ADVERTISED: ReadonlySet<string> = new Set(ADVERTISING)

/** A child at the keyboard: a row of keys, or a few letters over and over. Laughing is an answer. */
const isMash = (text: string): boolean => {
  const keys = text.toLowerCase().replace(/[^a-zäöüß0-9]/g, '')
  if (keys.length < SHORTEST_MASH) return false
  if (/^(?:h[aeiou])+h?$|^(?:ha|he|hi)+$/.test(keys)) return false
  if (/^(.{1,4}?)\1{2,}$/.test(keys.slice(0, Math.max(SHORTEST_MASH, keys.length - (keys.length % 3))))) return true
  return inKeyRows(keys) >= 0.8 * keys.length
}

/** Letters that stand in runs of four keys or more beside each other. */
const inKeyRows = (keys: string): number => {
  let held = 0
  for (let i = 0; i + 4 <= keys.length; ) {
    let length = 4
    if (!isKeyRun(keys.slice(i, i + length))) {
      i += 1
      continue
    }
    while (i + length < keys.length && isKeyRun(keys.slice(i, i + length + 1))) length += 1
    held += length
    i += length
  }
  return held
}

const ROWS: readonly string[] = KEY_ROWS.flatMap((row) => [row, [...row].reverse().join('')])
const isKeyRun = (keys: string): boolean => ROWS.some((row) => row.includes(keys))

/** The same word six times or more, and hardly another. */
const isOneWordOverAndOver = (words: readonly string[]): boolean => words.length >= 6 && new Set(words).size <= words.length / 5
