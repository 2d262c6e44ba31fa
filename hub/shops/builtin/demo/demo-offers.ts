/** One believable offer of every common kind. No article stands in two of them at item level, so nothing stacks to absurdity, and of two that grow with the basket only the better holds; plain reductions touch only articles whose price was not raised in the 30 days before. */
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { addDays, localTime, millis, type Day } from '#shared/kernel/time.ts'
import type { Filter, Offer, PublishedOffer } from '#shared/offers/offer.ts'
import { DEMO_STORE } from './demo-store.ts'

type Telling = { readonly badge: Localised; readonly title: Localised; readonly summary: Localised; readonly certainty?: 'checkout' }
type Pledge = Omit<Offer, 'id' | 'channels' | 'trigger'> & { readonly trigger?: NonNullable<Offer['trigger']> }

const published = (number: number, id: string, telling: Telling, pledge: Pledge): PublishedOffer => ({
  offer: { id: id as OfferId, channels: ['store', 'web'], ...pledge },
  number,
  badge: telling.badge,
  title: telling.title,
  summary: telling.summary,
  picture: `/pictures/offer-${id}.svg`,
  certainty: telling.certainty ?? 'exact',
})
const localised = (de: string, en: string): Localised => ({ de, en })

/** Offers with their windows around `today`. */
export const demoOffers = (today: Day): readonly PublishedOffer[] => [...itemOffers(today), ...sets(today), ...basketOffers(today), ...personal(today), ...limited(today)]

const JUICE: Filter = { taxons: ['juice'] }
const ICE_CREAM: Filter = { taxons: ['ice-cream'] }
/** Vanilla, apricot and plain protein yoghurts of both houses. */
const YOGHURTS: Filter = { skus: ['00-631807', '6753672', '00-721450', '3573648', '00-573853', '2020003571602'] }
const CAKES: Filter = { taxons: ['cakes'] }
const PARMESAN: Filter = { skus: ['2020003529399'] }
const SAUSAGES: Filter = { skus: ['00-767924', '3799031'] }
const PIZZA_DOUGHS: Filter = { skus: ['00-568680', '6954475'] }
const MOZZARELLAS: Filter = { skus: ['00-946692', '00-953957', '2020003730771', '7995545'] }

const itemOffers = (today: Day): readonly PublishedOffer[] => [
  published(
    1,
    'juice-20',
    {
      badge: localised('−20 %', '−20%'),
      title: localised('20 % auf Saft und Schorle', '20% off juice and spritzers'),
      summary: localised('Alle Säfte und Schorlen sind 20 % günstiger.', 'Every juice and spritzer costs 20% less.'),
    },
    { window: between(today, -3, 10), effects: [{ type: 'unitDiscount', value: { percent: '20' }, select: JUICE }] },
  ),
  published(
    2,
    'parmesan-1',
    {
      badge: localised('−1 €', '−€1'),
      title: localised('1 € weniger für Parmigiano Reggiano', '€1 off Parmigiano Reggiano'),
      summary: localised('SPAR PREMIUM Parmigiano Reggiano, 200 g: 1 € günstiger je Stück.', 'SPAR PREMIUM Parmigiano Reggiano, 200 g: €1 less per piece.'),
    },
    { window: between(today, -2, 11), effects: [{ type: 'unitDiscount', value: { amountMinor: 100 }, select: PARMESAN }] },
  ),
  published(
    3,
    'ice-cream-tiers',
    {
      badge: localised('bis −20 %', 'up to −20%'),
      title: localised('Eis: ab 2 Bechern 10 %, ab 4 Bechern 20 %', 'Ice cream: 10% off from 2 tubs, 20% from 4'),
      summary: localised('Sorten beliebig mischen. Der höhere Satz gilt dann für alle Becher.', 'Mix flavours as you like. The higher rate then applies to every tub.'),
    },
    {
      window: between(today, -10, 32),
      when: { type: 'quantity', op: 'gte', value: 2, select: ICE_CREAM },
      effects: [{ type: 'unitDiscount', value: { base: { percent: '10' }, tiers: [{ from: 4, value: { percent: '20' } }], tiersBy: 'selectedQuantity' }, select: ICE_CREAM }],
    },
  ),
  published(
    4,
    'yoghurt-cheapest',
    {
      badge: localised('1 gratis', '1 free'),
      title: localised('Ab 4 Joghurts ist der günstigste gratis', 'Buy 4 yoghurts, the cheapest is free'),
      summary: localised('Gilt für Vanille, Marille und Protein natur, beliebig gemischt, einmal je Einkauf.', 'Vanilla, apricot and plain protein, mixed as you like, once per purchase.'),
    },
    {
      window: between(today, -5, 16),
      when: { type: 'quantity', op: 'gte', value: 4, select: YOGHURTS },
      effects: [{ type: 'cheapest', value: { percent: '100' }, select: YOGHURTS }],
    },
  ),
]

const sets = (today: Day): readonly PublishedOffer[] => [
  published(
    5,
    'tonic-3-for-2',
    {
      badge: localised('3 für 2', '3 for 2'),
      title: localised('Tonic: 3 nehmen, 2 bezahlen', 'Tonic: 3 for the price of 2'),
      summary: localised('Sorten beliebig mischen. Von je drei Flaschen ist die günstigste gratis, zuzüglich Pfand.', 'Mix as you like. Of every three bottles the cheapest is free, deposit not included.'),
    },
    {
      window: between(today, -7, 21),
      effects: [
        {
          type: 'set',
          groups: [{ count: 3, sort: 'priceDesc', select: { taxons: ['tonic'] } }],
          group: 0,
          value: { percent: '100' },
          pick: { sort: 'priceAsc', nth: 1, maxUses: 'all', across: 'vertical' },
        },
      ],
    },
  ),
  published(
    6,
    'pizza-evening',
    {
      badge: localised('2,99 €', '€2.99'),
      title: localised('Pizza-Abend: Teig und Mozzarella zusammen 2,99 €', 'Pizza night: dough and mozzarella together €2.99'),
      summary: localised('Je ein Pizzateig und eine Mozzarella (125 g).', 'For each pizza dough with one mozzarella (125 g).'),
    },
    {
      window: between(today, -4, 24),
      effects: [
        {
          type: 'set',
          groups: [
            { count: 1, sort: 'priceDesc', select: PIZZA_DOUGHS },
            { count: 1, sort: 'priceDesc', select: MOZZARELLAS },
          ],
          value: { priceMinor: 299 },
        },
      ],
    },
  ),
  published(
    7,
    'sandwich-evening',
    {
      badge: localised('½ Preis', '½ price'),
      title: localised('Feierabend: das zweite Sandwich zum halben Preis', 'After work: second sandwich half price'),
      summary: localised('Montag bis Freitag ab 17 Uhr.', 'Monday to Friday from 5 p.m.'),
    },
    {
      window: between(today, -14, 46),
      when: { type: 'all', of: [{ type: 'weekday', days: [1, 2, 3, 4, 5] }, { type: 'timeOfDay', fromMinute: 17 * 60, untilMinute: 24 * 60 }] },
      effects: [
        {
          type: 'set',
          groups: [{ count: 2, sort: 'priceDesc', select: { taxons: ['sandwiches'] } }],
          group: 0,
          value: { percent: '50' },
          pick: { sort: 'priceAsc', nth: 1, maxUses: 'all', across: 'vertical' },
        },
      ],
    },
  ),
  published(
    8,
    'sausages-gift',
    {
      badge: localised('1 gratis', '1 free'),
      title: localised('Grillzeit: zu 2 Rostbratwürsteln ein Sauerkraut gratis', 'Grill time: free sauerkraut with 2 packs of sausages'),
      summary: localised('Ab zwei Packungen Rostbratwürstel, einmal je Einkauf.', 'From two packs of grilling sausages, once per purchase.'),
    },
    {
      window: between(today, -6, 22),
      when: { type: 'quantity', op: 'gte', value: 2, select: SAUSAGES },
      effects: [{ type: 'gift', sku: '2020003583308', quantity: 1 }],
    },
  ),
]

const basketOffers = (today: Day): readonly PublishedOffer[] => [
  published(
    9,
    'basket-50',
    {
      badge: localised('−5 €', '−€5'),
      title: localised('5 € geschenkt ab 50 €', '€5 off from €50'),
      summary: localised('Ab 50 € Warenwert vor Abzug anderer Angebote, ohne Pfand und Lieferung.', 'From goods worth €50 before other offers, without deposit and delivery.'),
    },
    { window: between(today, -20, 40), when: { type: 'subtotal', op: 'gte', amountMinor: 5000, basis: 'initial' }, effects: [{ type: 'orderDiscount', value: { amountMinor: 500 } }] },
  ),
  published(
    10,
    'linde10',
    {
      badge: localised('−10 %', '−10%'),
      title: localised('Code LINDE10: 10 % ab 30 €', 'Code LINDE10: 10% off from €30'),
      summary: localised('Code im Warenkorb eingeben. Höchstens 10 € je Einkauf, statt der 5 € ab 50 €.', 'Enter the code in the basket. At most €10 per purchase, in place of the €5 from €50.'),
    },
    {
      window: between(today, -1, 29),
      excludes: ['basket-50'],
      trigger: { type: 'code', codes: ['LINDE10'] },
      when: { type: 'subtotal', op: 'gte', amountMinor: 3000, basis: 'initial' },
      effects: [{ type: 'orderDiscount', value: { percent: '10' }, capMinor: 1000 }],
    },
  ),
  published(
    11,
    'free-delivery',
    {
      badge: localised('0 €', '€0'),
      title: localised('Ab 60 € liefern wir kostenlos', 'Free delivery from €60'),
      summary: localised('Ab 60 € Warenwert vor Abzug anderer Angebote. Sonst kostet die Lieferung 4,90 €.', 'From goods worth €60 before other offers. Otherwise delivery costs €4.90.'),
    },
    {
      when: { type: 'subtotal', op: 'gte', amountMinor: 6000, basis: 'initial' },
      effects: [{ type: 'shippingDiscount', value: { percent: '100' }, methods: ['home'] }],
    },
  ),
]

const personal = (today: Day): readonly PublishedOffer[] => [
  published(
    12,
    'members-5',
    {
      badge: localised('−5 %', '−5%'),
      title: localised('Lindenfreunde: 5 % auf den Einkauf', 'Linden friends: 5% off your purchase'),
      summary: localised('Für Mitglieder. Die Nummer geben Sie an der Kasse im Online-Shop an.', 'For members. Enter your number at the web shop checkout.'),
      certainty: 'checkout',
    },
    { when: { type: 'customerGroup', in: ['lindenfreunde'] }, effects: [{ type: 'orderDiscount', value: { percent: '5' }, capMinor: 1500 }] },
  ),
  published(
    13,
    'birthday-10',
    {
      badge: localised('−10 %', '−10%'),
      title: localised('Zum Geburtstag: 10 % auf den Einkauf', 'On your birthday: 10% off your purchase'),
      summary: localised('Für Mitglieder, drei Tage vor bis sieben Tage nach dem Geburtstag. Höchstens 10 €, statt der 5 % für Mitglieder.', 'For members, from three days before to seven days after the birthday. At most €10, in place of the 5% for members.'),
      certainty: 'checkout',
    },
    {
      window: between(today, -30, 335),
      excludes: ['members-5'],
      when: { type: 'all', of: [{ type: 'customerGroup', in: ['lindenfreunde'] }, { type: 'birthday', daysBefore: 3, daysAfter: 7 }] },
      effects: [{ type: 'orderDiscount', value: { percent: '10' }, capMinor: 1000 }],
    },
  ),
]

/** So many and no more, wherever they are taken: kiosks hold some of them, the checkout counts. */
const limited = (today: Day): readonly PublishedOffer[] => [
  published(
    14,
    'cakes-200',
    {
      badge: localised('−2 €', '−€2'),
      title: localised('Kaffeetafel: zu 2 Kuchen 2 € geschenkt', 'Coffee and cake: €2 off with 2 cakes'),
      summary: localised('Ab zwei Kuchen, einmal je Einkauf. Für die ersten 200 Einkäufe.', 'From two cakes, once per purchase. For the first 200 purchases.'),
    },
    {
      window: between(today, -1, 12),
      limits: { total: 200 },
      when: { type: 'quantity', op: 'gte', value: 2, select: CAKES },
      effects: [{ type: 'orderDiscount', value: { amountMinor: 200 }, select: CAKES }],
    },
  ),
]

/** From the start of one store day to the last second of another. */
const between = (today: Day, fromDays: number, untilDays: number): NonNullable<Offer['window']> => ({
  from: new Date(startOfDay(addDays(today, fromDays))).toISOString(),
  until: new Date(startOfDay(addDays(today, untilDays + 1)) - 1000).toISOString(),
})

/** Midnight in the store, as an instant: summer time or not. */
const startOfDay = (day: Day): number => {
  const utcMidnight = Date.parse(`${day}T00:00:00Z`)
  const summer = utcMidnight - 2 * 3_600_000
  const local = localTime(millis(summer), DEMO_STORE.timeZone)
  return local.day === day && local.hour === 0 ? summer : utcMidnight - 3_600_000
}
