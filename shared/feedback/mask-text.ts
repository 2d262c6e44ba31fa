/** Personal data in free text becomes a mark before anybody reads it: on the device, and once more on the hub. */
import type { Language } from '../kernel/language.ts'
import { FIRST_NAMES } from './first-names.ts'

/** A comment holds at most this many UTF-16 units; longer ones are cut. Bounds the work of masking too. */
export const COMMENT_LIMIT_CHARS = 2_000

/** What is made unrecognisable. */
export const MASK_KINDS = ['name', 'phone', 'mail', 'address', 'iban', 'card', 'plate', 'number'] as const
export type MaskKind = (typeof MASK_KINDS)[number]

export type MaskedText = {
  readonly text: string
  /** How many places were masked. */
  readonly masked: number
}

const MARKS: { readonly [K in MaskKind]: { readonly [L in Language]: string } } = {
  mail: { de: '‹E-Mail›', en: '‹e-mail›' },
  iban: { de: '‹IBAN›', en: '‹IBAN›' },
  card: { de: '‹Karte›', en: '‹card›' },
  phone: { de: '‹Telefon›', en: '‹phone›' },
  number: { de: '‹Nummer›', en: '‹number›' },
  plate: { de: '‹Kennzeichen›', en: '‹plate›' },
  address: { de: '‹Adresse›', en: '‹address›' },
  name: { de: '‹Name›', en: '‹name›' },
}

/**
 * Replaces names after a salutation, a role or an introduction, frequent first names with what follows them, telephone, account, card and other long numbers, mail addresses, licence plates and street addresses
 * by marks in German or English. Dates, times, prices and amounts stay.
 * Shape   masking a masked text again changes nothing; the result is never longer than COMMENT_LIMIT_CHARS.
 * Errors  none; what no rule recognises stays, so the text is still treated as confidential.
 */
export const maskText = (text: string, language: Language = 'de'): MaskedText => {
  let masked = 0
  const apply = (part: string, { pattern, decide }: Rule): string =>
    part.replace(pattern, (found: string, ...groups: readonly unknown[]) => {
      const kind = decide(found)
      if (kind === null) return found
      masked += 1
      // group 1, where a rule has one, introduces the datum and stays readable; without groups the offset stands there
      return (typeof groups[0] === 'string' ? groups[0] : '') + MARKS[kind][language]
    })
  // a little more than the limit is read, so that a number is not cut in half before it is recognised
  const readable = cut(text, COMMENT_LIMIT_CHARS + 64)
  const pass = (part: string): string => outside(WORD_RULES.reduce(apply, part), KEEP, (between) => apply(between, NUMBER_RULE))
  // data written without a gap come to light one behind the other
  let whole = pass(readable)
  for (let passes = 1, next = pass(whole); next !== whole && passes < MAX_PASSES; passes++, next = pass(whole)) whole = next
  return { text: cutOutsideMark(whole, COMMENT_LIMIT_CHARS), masked }
}

/** More data than this stand glued together in no honest comment. */
const MAX_PASSES = 8

type Rule = { readonly pattern: RegExp; readonly decide: (found: string) => MaskKind | null }

const always = (kind: MaskKind) => (): MaskKind => kind
const digitsOf = (found: string): string => found.replace(/\D/g, '')

const CAPITAL = String.raw`\p{Lu}[\p{L}'’]*(?:-\p{Lu}[\p{L}'’]*)?`
const SALUTATION = String.raw`(?:[Hh]errn?|HERRN?|[Ff]rau|FRAU|[Ff]räulein|Hr\.|Fr\.|[Mm]rs?\b\.?|[Mm]s\b\.?|[Mm]iss|[Mm]ister)`
const TITLE = String.raw`(?:(?:Dr|Prof|Dipl|Ing|med)\.?[ -]*)*`
const PARTICLE = String.raw`(?:(?:von|van|vom|zu|zur|de|der|den|di|da|el|al|ten|ter|le|la)\s+){0,3}`
/** Words that follow "Frau", "Herr", "ich bin" … without being a name. */
const NOT_A_NAME =
  'an|am|auf|aus|bei|beim|das|dem|den|der|des|die|dort|ein|eine|er|es|für|ganz|gar|gerade|gleich|gut|hat|hatte|hier|hinter|ich|im|in|ist|jetzt|kam|kann|konnte|mir|mit|nach|nicht|noch|nur|oben|ohne|sagte|sehr|sie|sind|so|sollte|stand|und|unten|von|vom|vor|war|wäre|was|wegen|wie|will|wird|wo|wollte|zu|zum|zur|about|and|at|behind|by|from|had|has|he|is|it|of|on|or|she|the|there|to|very|was|were|who|with|away|often|upon|always|never'

/** People by what they do in a store. */
const ROLE = String.raw`(?:(?:Kassierer|Verkäufer|Mitarbeiter|Berater|Filialleiter|Marktleiter|Abteilungsleiter)(?:in)?|Kolleg(?:e|in)|Azubi|Chef(?:in)?|[Cc]ashier|[Cc]olleague|[Aa]ssistant|[Mm]anager)`
/** Nouns that follow a role or a first name without being a name. */
const NO_NAME = String.raw`(?:Kasse|Info|Theke|Obst|Gemüse|Fleisch|Wurst|Käse|Back|Brot|Fisch(?!er)|Getränke|Leergut|Service|Stand|Abteilung|Markt|Nummer|Ware|Team|Damen|Herren|Kund|Kolleg|Mitarbeit|Gewürz|Tee|Kaffee|Blumen|Personal)\p{Ll}*`

const STREET = String.raw`(?:stra(?:ß|ss)e|str\.|allee|gasse|chaussee|damm|ufer|promenade|(?<![Pp]ark|[Ss]tell|[Ss]itz|[Aa]rbeits|[Ss]pielp)platz|(?<![Uu]m|[Aa]us|[Aa]b|[Hh]eim|[Rr]ück)weg|ring|(?<=-)(?:Stra(?:ß|ss)e|Str\.|Allee|Gasse|Damm|Ufer|Platz|Weg|Ring))`
/** What says that an address follows; streets without "Straße" in their name are known by it alone. */
const LIVES = String.raw`(?:[Aa]dresse|[Aa]nschrift|[Ww]ohn(?:e|en|t|haft)|[Ll]iefern|[Ll]ieferung|[Zz]ustellung|[Bb]itte an|[Pp]ost an|[Kk]omme(?:n)? (?:aus|Sie in)|[Ll]ive at|[Aa]ddress)(?:\s+(?:ist|is|lautet|in|an|aus|nach|bitte|jetzt|at))*`
const ON_THE = String.raw`(?:(?:[Aa]m|[Ii]m|[Bb]eim|[Zz]um|[Zz]ur|[Aa]n der|[Aa]n den|[Aa]uf der|[Aa]uf dem|[Uu]nter den|[Hh]inter der|[Hh]inter dem|[Ii]n den|[Vv]or dem)\s+)`
const TOWN = String.raw`(?:,?\s+\d{5}\s+\p{Lu}[\p{L}-]+)?`

/** In this order: what is inside a mail address or an account number must not be taken for something else first. */
const WORD_RULES: readonly Rule[] = [
  { pattern: /[^\s@<>()‹›,;]{1,64}(?:@|\s?[([]at[)\]]\s?)[^\s@<>()‹›,;]{1,80}?\.[a-z]{2,24}(?![a-z0-9]|\.[a-z0-9])/giu, decide: always('mail') },
  { pattern: /\b[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{4}){2,7}(?:[ -]?[A-Z\d]{1,3})?\b/gi, decide: (found) => (digitsOf(found).length >= 10 ? 'iban' : null) },
  { pattern: new RegExp(String.raw`(?<![\p{L}-])\p{Lu}[\p{L}-]{0,40}?\s?${STREET}\s?\d{1,4}\s?[a-z]?(?![\p{L}\d])${TOWN}`, 'gu'), decide: always('address') },
  { pattern: new RegExp(String.raw`(?<![\p{L}-])\p{Lu}[\p{L}-]{0,40}\s(?:Stra(?:ß|ss)e|Str\.|Allee|Gasse|Platz|Weg|Ring|Damm|Ufer)\s?\d{1,4}\s?[a-z]?(?![\p{L}\d])${TOWN}`, 'gu'), decide: always('address') },
  { pattern: new RegExp(String.raw`((?<!\p{L})${LIVES}:?\s+)${ON_THE}\p{Lu}[\p{L}-]{2,40}(?:\s\p{Lu}[\p{L}-]{2,40})?\s\d{1,4}\s?[a-z]?(?![\p{L}\d])${TOWN}`, 'gu'), decide: always('address') },
  { pattern: /\bPostfach\s?\d[\d ]{1,8}\d/gu, decide: always('address') },
  { pattern: /\b\d{1,5}[a-z]?\s(?:\p{Lu}[\p{L}'’]{0,30}\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Square|Close|Court|Terrace)\b\.?/gu, decide: always('address') },
  { pattern: /(?<![\p{L}\d-])(?!DIN|ISO|USB|EAN|LED)[A-ZÄÖÜ]{1,3}(?:-[A-Z]{1,2}[ -]?\d{1,4}| [A-Z]{1,2}[ -]?\d{2,4})[EH]?(?![\p{L}\d])/gu, decide: always('plate') },
  { pattern: /(?<![\p{L}\d])[A-Z]{2}\d{2} ?[A-Z]{3}(?![\p{L}\d])/gu, decide: always('plate') },
  { pattern: /((?:kennzeichen|number plate|licen[cs]e plate|registration)(?:\s+(?:ist|war|is|was|mit))?:?\s+)[a-zäöü]{1,3}[ -][a-z]{1,2}[ -]?\d{1,4}[eh]?(?![\p{L}\d])/giu, decide: always('plate') },
  { pattern: new RegExp(String.raw`((?<![\p{L}-])${SALUTATION}\s+${TITLE}\s*${PARTICLE})(?!(?:Dr|Prof|Dipl|Ing)(?!\p{L}))${CAPITAL}(?: (?!${SALUTATION})${CAPITAL}(?!\p{L})(?!\s?\d))?`, 'gu'), decide: always('name') },
  { pattern: new RegExp(String.raw`((?<!(?:die|der|eine|einer|junge|nette|alte|ältere|diese|jene|meine|seine|liebe|the|a|my)\s)(?<![\p{L}-])(?:herrn?|frau|mrs?\.?|ms\.?)\s+)(?!(?:${NOT_A_NAME})(?![\p{L}]))\p{Ll}[\p{L}'’-]{1,40}`, 'gu'), decide: always('name') },
  { pattern: new RegExp(String.raw`((?<!\p{L})(?:[Ii]ch heiße|[Ii]ch heisse|[Mm]ein [Nn]ame ist|[Nn]ame:|[Mm]y name is|[Mm]y name's|[Ii] am called)\s+)(?!(?:${NOT_A_NAME})(?!\p{L}))\p{L}[\p{L}'’-]{1,40}(?:\s+\p{Lu}[\p{L}'’-]{1,40})?`, 'gu'), decide: always('name') },
  { pattern: new RegExp(String.raw`((?<!\p{L})(?:[Gg]ru(?:ß|ss)|[Gg]rü(?:ß|ss)en?(?:\s+von)?|[Rr]egards|[Ss]incerely|[Ll]iebe[rn]?|[Hh]allo|[Dd]ear)(?:,\s*|\s+))(?!(?:Grü(?:ß|ss)e|Team|Leute|Damen|Kolleg|Mitarbeit|Kund|Frau|Herr|Sir|Madam|Staff|All|Mr|Mrs|Ms)(?![\p{Ll}]*‹))(?=\p{Lu}\p{Ll})(?:\p{Lu}[\p{Ll}'’]{1,40})(?:\s+\p{Lu}[\p{L}'’-]{1,40})?(?=\s*(?:[,.\n]|$))`, 'gu'), decide: always('name') },
  { pattern: new RegExp(String.raw`((?<!\p{L})(?:${ROLE}|namens|[Mm]it (?:dem )?Namen|[Nn]ame(?:ns)?\s?(?:schild|tag)\s+(?:stand|steht|said|says)|(?:hieß|hiess|heißt|heisst)|(?:lady|woman|man|guy|girl|boy)\s+called|[Ff]amilie|(?:[Ff]ragen|frag) (?:Sie )?nach|[Aa]sk for)\s+)(?!(?:${NO_NAME})(?![\p{Ll}]))(?=\p{Lu}\p{Ll})${CAPITAL}(?: (?!${SALUTATION})(?!${NO_NAME})${CAPITAL}(?!\p{L})(?!\s?\d))?(?!\s?\d)`, 'gu'), decide: always('name') },
  { pattern: new RegExp(String.raw`((?<![\p{L}-])(?:Dr|Prof)\.\s+)(?!(?:Oetker|Dr|Prof|Ing|Dipl|med)(?!\p{L}))(?=\p{Lu}\p{Ll})${CAPITAL}`, 'gu'), decide: always('name') },
  { pattern: new RegExp(String.raw`(?<![\p{L}‹-])(?<!Tante |Onkel |Sankt |St\. )(?:${FIRST_NAMES})(?![\p{L}’'-])(?: (?!${SALUTATION})(?!${NO_NAME})${CAPITAL}(?!\p{L})(?!\s?\d))?`, 'gu'), decide: always('name') },
]

/** Dates, times and amounts of money are facts about the visit, not about a person. */
const KEEP = /\b(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:\d{4}|\d{2})?(?!\d)|\b(?:0?[1-9]|[12]\d|3[01])\/(?:0?[1-9]|1[0-2])\/\d{4}\b|\b\d{4}-\d{2}-\d{2}\b|\b[0-2]?\d[:.][0-5]\d(?=\s?(?:Uhr|h\b|am\b|pm\b))|\b[0-2]?\d:[0-5]\d\b|\b\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{1,2})?\s?(?:€|Euro|EUR)/g

const NUMBER_RULE: Rule = {
  pattern: /(?<![\p{L}\d])\+?\(?\d(?:(?: ?[-/.()]{1,2} ?| )?\d){5,}/gu,
  decide: (found) => {
    const digits = digitsOf(found)
    const looksDialled = /^(?:\+|\(?0)/.test(found)
    if (looksDialled && digits.length <= 15) return 'phone'
    if (digits.length < 7) return null
    if (digits.length >= 13 && digits.length <= 19 && passesLuhn(digits)) return 'card'
    return 'number'
  },
}

/** Source  ISO/IEC 7812-1, annex B. */
const passesLuhn = (digits: string): boolean => {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** Applies `change` to everything that `keep` does not match. */
const outside = (text: string, keep: RegExp, change: (part: string) => string): string => {
  let at = 0
  let out = ''
  for (const match of text.matchAll(keep)) {
    out += change(text.slice(at, match.index)) + match[0]
    at = match.index + match[0].length
  }
  return out + change(text.slice(at))
}

const cut = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  const last = text.charCodeAt(limit - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit)
}

const cutOutsideMark = (text: string, limit: number): string => {
  const short = cut(text, limit)
  const open = short.lastIndexOf('‹')
  return short.length < text.length && open > short.lastIndexOf('›') && limit - open < 20 ? short.slice(0, open) : short
}
