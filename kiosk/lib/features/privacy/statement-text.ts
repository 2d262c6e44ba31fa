/** Words of the statement for the works council. What it claims is filled in from the settings and tables in force; nothing here says a number or a name of its own. */
import type { MaskKind } from '#shared/feedback/mask-text.ts'
import type { Dimension } from '#shared/insights/group-tallies.ts'
import type { Language } from '#shared/kernel/language.ts'
import { defineTexts } from '../../i18n/texts.ts'

export const statementText = defineTexts({
  de: {
    title: 'Was Einklang in diesem Markt aufzeichnet',
    subtitle: 'Erklärung für den Betriebsrat',
    drawn: (store: string, moment: string) => `${store}, erstellt am ${moment} aus den geltenden Einstellungen der Zentrale.`,
    stale: (moment: string) => `Ohne Verbindung: Stand der Einstellungen vom ${moment}.`,
    print: 'Drucken',
    purposeTitle: 'Wie der Markt ausgewertet wird',
    teamOn: 'Nur als Team. Fragen nach einzelnen Beschäftigten gehen nicht an die Kunden; eine Befragung, die danach fragt, wird beim Veröffentlichen abgewiesen.',
    teamOff: 'Fragen nach einzelnen Beschäftigten sind zugelassen (Einstellung „Nur als Team auswerten“ ist aus).',
    recordedTitle: 'Was aufgezeichnet wird',
    devices: (kiosk: number, staff: number, manager: number) => `Angemeldete Geräte, auf denen Kunden antworten: ${kiosk}. Geräte, auf denen gearbeitet wird: Tablets des Personals ${staff}, Bildschirme der Marktleitung ${manager}.`,
    questions: 'Diese Fragen werden Kunden gestellt:',
    noQuestions: 'Zurzeit werden Kunden keine Fragen gestellt.',
    aboutPersons: 'Davon sprechen von einzelnen Beschäftigten:',
    nobody: 'Keine davon spricht von einzelnen Beschäftigten (geprüft an den Wörtern der Fragen, deutsch und englisch).',
    maskedTitle: 'Was auf dem Gerät unkenntlich wird, bevor es gespeichert ist',
    maskedNote: 'Erkannt wird nach Regeln. Was keine Regel erkennt, etwa ein Vorname mitten im Satz, bleibt stehen.',
    figuresTitle: 'Wonach Zahlen gebildet werden',
    by: (dimensions: string) => `Nach ${dimensions}. Nach Personen, Schichten oder Anmeldungen wird nichts gezählt; es gibt dafür keine Auswertung.`,
    least: (n: number) => `Von Gruppen mit weniger als ${n} Antworten wird nichts gezeigt und nichts mitgenommen, auch nicht auf dem Umweg über Summen und Unterschiede mehrerer Berichte.`,
    whoTitle: 'Wer es sieht',
    managers: 'Antworten, Kommentare, Kennzahlen und dieses Protokoll: nur wer als Marktleitung angemeldet ist, an einem Bildschirm der Marktleitung.',
    managersFresh: (calls: string) => `Mit noch einmal eingegebenem Passwort: ${calls}.`,
    staffNone: 'Personal sieht keine Antworten, keine Kommentare und keine Kennzahlen.',
    logTitle: 'Was über Beschäftigte im Protokoll steht',
    log: 'Nur wer angemeldet etwas auslöst, mit Nummer und Zeitpunkt, ohne Inhalte:',
    logPurpose: 'Das Protokoll dient dem Nachweis. Es gibt keine Auswertung nach Häufigkeit oder Dauer von Anmeldungen.',
    keptTitle: 'Wie lange',
    signedTitle: 'Kenntnis genommen',
    signManager: 'Marktleitung, Datum',
    signCouncil: 'Betriebsrat, Datum',
  },
  en: {
    title: 'What Einklang records in this store',
    subtitle: 'Statement for the works council',
    drawn: (store: string, moment: string) => `${store}, drawn up on ${moment} from the settings of the hub in force.`,
    stale: (moment: string) => `Without a connection: settings as of ${moment}.`,
    print: 'Print',
    purposeTitle: 'How the store is judged',
    teamOn: 'As a team only. Questions about single employees do not go out to customers; a survey that asks for them is refused when it is published.',
    teamOff: 'Questions about single employees are allowed (the setting “Judge as a team only” is off).',
    recordedTitle: 'What is recorded',
    devices: (kiosk: number, staff: number, manager: number) => `Paired devices on which customers answer: ${kiosk}. Devices for work: staff tablets ${staff}, manager screens ${manager}.`,
    questions: 'Customers are asked these questions:',
    noQuestions: 'At present customers are asked no questions.',
    aboutPersons: 'Of these, about single employees:',
    nobody: 'None of them speaks of single employees (judged by the words of the questions, German and English).',
    maskedTitle: 'What is made unrecognisable on the device before it is stored',
    maskedNote: 'It is recognised by rules. What no rule recognises, such as a first name in the middle of a sentence, stays.',
    figuresTitle: 'What figures are made by',
    by: (dimensions: string) => `By ${dimensions}. Nothing is counted by person, shift or sign-in; there is no such evaluation.`,
    least: (n: number) => `Nothing is shown or exported of groups with fewer than ${n} answers, nor by way of sums and differences of several reports.`,
    whoTitle: 'Who sees it',
    managers: 'Answers, comments, figures and this log: only who is signed in as a manager, at a manager screen.',
    managersFresh: (calls: string) => `With the password given once more: ${calls}.`,
    staffNone: 'Staff see no answers, no comments and no figures.',
    logTitle: 'What the log holds about employees',
    log: 'Only who does something while signed in, with a number and a time, without contents:',
    logPurpose: 'The log is there to prove. There is no evaluation of how often or how long anybody is signed in.',
    keptTitle: 'How long',
    signedTitle: 'Acknowledged',
    signManager: 'Store manager, date',
    signCouncil: 'Works council, date',
  },
})

type Words<K extends string> = { readonly [W in K]: { readonly [L in Language]: string } }

export const MASK_WORDS: Words<MaskKind> = {
  name: { de: 'Namen nach einer Anrede, einem Gruß oder „ich heiße“', en: 'names after a title, a greeting or “my name is”' },
  phone: { de: 'Telefonnummern', en: 'telephone numbers' },
  mail: { de: 'Mailadressen', en: 'mail addresses' },
  address: { de: 'Straße mit Hausnummer', en: 'street addresses' },
  iban: { de: 'Kontonummern (IBAN)', en: 'account numbers (IBAN)' },
  card: { de: 'Kartennummern', en: 'card numbers' },
  plate: { de: 'Autokennzeichen', en: 'licence plates' },
  number: { de: 'andere lange Nummern', en: 'other long numbers' },
}
export const DIMENSION_WORDS: Words<Dimension> = {
  touchpoint: { de: 'Ort', en: 'place' },
  hour: { de: 'Stunde des Tages', en: 'hour of the day' },
  day: { de: 'Tag', en: 'day' },
  question: { de: 'Frage', en: 'question' },
}
export const KIND_WORDS: Words<'csat5' | 'nps' | 'ces7' | 'choice' | 'text'> = {
  csat5: { de: 'fünf Gesichter', en: 'five smileys' },
  nps: { de: '0 bis 10', en: '0 to 10' },
  ces7: { de: '1 bis 7', en: '1 to 7' },
  choice: { de: 'Auswahl', en: 'choice' },
  text: { de: 'freie Worte', en: 'free words' },
}
/** Calls that managers make with their password given once more, as far as they are about other people's data. */
export const CALL_WORDS: Words<'feedback.contacts' | 'feedback.export' | 'audit.list' | 'privacy.set'> = {
  'feedback.contacts': { de: 'Kontakte öffnen', en: 'opening contacts' },
  'feedback.export': { de: 'Antworten mitnehmen', en: 'exporting answers' },
  'audit.list': { de: 'das Protokoll lesen', en: 'reading the log' },
  'privacy.set': { de: 'diese Einstellungen ändern', en: 'changing these settings' },
}
