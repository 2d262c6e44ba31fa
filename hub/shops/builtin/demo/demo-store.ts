/** The demo store, its brand, and what it asks its shoppers. A place that does not exist. */
import type { Brand, Store } from '#shared/catalogue/store.ts'
import { NPS_STANDARD } from '#shared/feedback/check/survey-wording.ts'
import type { PurposeKind, Question, RetireAt, Survey, Touchpoint } from '#shared/feedback/survey.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { cents } from '#shared/kernel/money.ts'

export const DEMO_STORE: Store = {
  id: 'lindenkorb',
  number: 1,
  name: 'Lindenkorb',
  address: 'Am Lindenanger 4, Neulindau',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  country: 'DE',
  checkoutDomain: '',
  shipping: [
    { id: 'pickup', name: { de: 'Abholung im Markt', en: 'Pick-up in store' }, priceCents: cents(0), taxRateBps: 1900 },
    { id: 'home', name: { de: 'Lieferung nach Hause', en: 'Home delivery' }, priceCents: cents(490), taxRateBps: 1900 },
  ],
  handoffHours: 24,
  honourHours: 24,
  maxOfflineHours: 168,
}

export const DEMO_BRAND: Brand = {
  name: 'Lindenkorb',
  claim: { de: 'Ihr Markt am Lindenanger', en: 'Your neighbourhood market' },
  light: {},
  dark: {},
}

const text = (de: string, en: string): Localised => ({ de, en })
const option = (id: string, de: string, en: string) => ({ id, text: text(de, en) })

const UNHAPPY = { from: 1, to: 3 } as const
/** Exact to three points with a thousand answers of a quarter: then something else may be asked. */
const KNOWN = { halfWidth: 3, minN: 1000, days: 90 } as const
const forWhom = (owner: string, decision: string, kind: PurposeKind, retireAt: RetireAt | null = null) => ({ purpose: { owner, decision, kind }, retireAt })
const recommend: Question = {
  id: 'recommend',
  kind: 'nps',
  text: NPS_STANDARD,
  ...forWhom('Marktleitung', 'Ob sich die Treue der Kunden ändert', 'social'),
}
const comment: Question = { id: 'comment', kind: 'text', text: text('Möchten Sie uns noch etwas sagen?', 'Is there anything else you would like to tell us?'), ...forWhom('Marktleitung', 'Welche Fälle geöffnet werden', 'functional') }

export const DEMO_SURVEYS: readonly Survey[] = [
  {
    id: 'store-visit',
    name: text('Einkauf im Markt', 'Shopping in the store'),
    opening: { id: 'visit', kind: 'csat5', text: text('Wie war Ihr Einkauf heute?', 'How was your shopping today?'), ...forWhom('Marktleitung', 'Ob ein Tag schlechter läuft als üblich, und wo man nachfragt', 'functional') },
    followUps: [
      {
        id: 'reason',
        kind: 'choice',
        text: text('Woran lag es?', 'What was the reason?'),
        options: [
          option('queue', 'Warten an der Kasse', 'Waiting at the till'),
          option('missing', 'Artikel nicht da', 'Article not there'),
          option('price', 'Preis oder Angebot unklar', 'Price or offer unclear'),
          option('fresh', 'Frische und Qualität', 'Freshness and quality'),
          option('staff', 'Beratung und Freundlichkeit', 'Advice and friendliness'),
          option('clean', 'Sauberkeit und Ordnung', 'Cleanliness and order'),
        ],
        onlyIf: UNHAPPY,
        ...forWhom('Service', 'Worum sich welche Abteilung kümmert', 'functional', KNOWN),
      },
      { id: 'find', kind: 'ces7', text: text('Es war leicht, das Gesuchte zu finden.', 'It was easy to find what I was looking for.'), ...forWhom('Produkt', 'Wie Regale und Schilder geordnet werden', 'functional', KNOWN) },
      recommend,
      comment,
    ],
    contact: true,
  },
  {
    id: 'department',
    name: text('Abteilungen', 'Departments'),
    opening: { id: 'department', kind: 'csat5', text: text('Wie zufrieden sind Sie mit dieser Abteilung?', 'How happy are you with this department?'), ...forWhom('Einkauf', 'Welche Abteilung zuerst Hilfe bekommt', 'functional') },
    followUps: [
      {
        id: 'department-reason',
        kind: 'choice',
        text: text('Woran lag es?', 'What was the reason?'),
        options: [
          option('fresh', 'Frische', 'Freshness'),
          option('range', 'Auswahl', 'Range'),
          option('price', 'Preis', 'Price'),
          option('staff', 'Beratung', 'Advice'),
          option('label', 'Beschriftung', 'Labelling'),
        ],
        onlyIf: UNHAPPY,
        ...forWhom('Service', 'Worum sich welche Abteilung kümmert', 'functional', KNOWN),
      },
      comment,
    ],
    contact: false,
  },
  {
    id: 'web-shop',
    name: text('Online-Shop', 'Web shop'),
    opening: { id: 'web-visit', kind: 'csat5', text: text('Wie war Ihr Einkauf im Online-Shop?', 'How was shopping in our web shop?'), ...forWhom('Marketing', 'Woran im Online-Shop gearbeitet wird', 'functional') },
    followUps: [{ id: 'web-easy', kind: 'ces7', text: text('Die Bestellung war leicht.', 'Ordering was easy.'), ...forWhom('Produkt', 'Welcher Schritt der Bestellung vereinfacht wird', 'functional', KNOWN) }, recommend, comment],
    contact: true,
  },
]

export const DEMO_TOUCHPOINTS: readonly Touchpoint[] = [
  { id: 'entrance', name: text('Eingang', 'Entrance'), phase: 'before', survey: 'store-visit' },
  { id: 'produce', name: text('Obst & Gemüse', 'Fruit & vegetables'), phase: 'during', survey: 'department' },
  { id: 'cheese-counter', name: text('Käsetheke', 'Cheese counter'), phase: 'during', survey: 'department' },
  { id: 'kiosk', name: text('Kiosk', 'Kiosk'), phase: 'during', survey: 'store-visit' },
  { id: 'checkout', name: text('Kasse', 'Checkout'), phase: 'after', survey: 'store-visit' },
  { id: 'web-shop', name: text('Online-Shop', 'Web shop'), phase: 'after', survey: 'web-shop' },
]
