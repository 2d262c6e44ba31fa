/** Questions to begin with: what each is for, where it suits, what it usually decides, and which method it follows. Our own wording, but for the one that has to keep its own. */
import type { Localised } from '../kernel/language.ts'
import { NPS_STANDARD } from './check/survey-wording.ts'
import type { PurposeKind, Question, Touchpoint } from './survey.ts'

/** Departments that act on answers. */
export const DEPARTMENTS = {
  store: { de: 'Marktleitung', en: 'Store management' },
  service: { de: 'Service', en: 'Service' },
  product: { de: 'Produkt', en: 'Product' },
  marketing: { de: 'Marketing', en: 'Marketing' },
  purchasing: { de: 'Einkauf', en: 'Purchasing' },
  finance: { de: 'Finanzen', en: 'Finance' },
} as const satisfies { readonly [id: string]: Localised }
export type Department = keyof typeof DEPARTMENTS

/** Methods by which questions are put and read. */
export const METHODS = {
  csat: { de: 'Zufriedenheit, fünf Stufen; Anteil der beiden besten (ISO 10004)', en: 'Satisfaction on five steps; share of the best two (ISO 10004)' },
  smileys: { de: 'Vier Gesichter ohne Mitte: schnelle Wahl im Vorbeigehen', en: 'Four faces without a middle: a quick choice in passing' },
  nps: { de: 'Net Promoter Score (Reichheld 2003)', en: 'Net promoter score (Reichheld 2003)' },
  ces: { de: 'Customer Effort Score 2.0: Aussage, Zustimmung von 1 bis 7 (Dixon 2013)', en: 'Customer effort score 2.0: a statement, agreement from 1 to 7 (Dixon 2013)' },
  jtbd: { de: 'Aufgabe des Kunden (Jobs to be Done: Christensen, Ulwick)', en: 'The customer’s job (jobs to be done: Christensen, Ulwick)' },
  servqual: { de: 'Dimensionen der Dienstleistung (SERVQUAL: Parasuraman 1988)', en: 'Dimensions of service (SERVQUAL: Parasuraman 1988)' },
  emotion: { de: 'Gefühl am Ende einer Erfahrung (Kahneman: Höhepunkt und Ende)', en: 'Feeling at the end of an experience (Kahneman: peak and end)' },
  reason: { de: 'Nachfrage zum Grund, nach der Bewertung', en: 'Asking for the reason, after the rating' },
  ranking: { de: 'Rangfolge statt Einzelnoten: zeigt, was zuerst zählt', en: 'An order instead of marks: shows what counts first' },
  open: { de: 'Offene Frage (Critical Incident: Flanagan 1954)', en: 'Open question (critical incident: Flanagan 1954)' },
} as const satisfies { readonly [id: string]: Localised }
export type Method = keyof typeof METHODS

/** `question`: as it goes into a survey, with an id that is the same wherever it is asked. */
export type BankQuestion = {
  readonly question: Pick<Question, 'id' | 'kind' | 'text' | 'options' | 'most' | 'rows' | 'segment'>
  readonly purpose: PurposeKind
  readonly phases: readonly Touchpoint['phase'][]
  readonly owner: Department
  /** What is usually decided by the answers. */
  readonly decision: Localised
  readonly method: Method
}

const words = (de: string, en: string): Localised => ({ de, en })
const option = (id: string, de: string, en: string) => ({ id, text: words(de, en) })

type Ask = (id: string, text: Localised, more?: Pick<Question, 'options' | 'most' | 'rows' | 'segment'>) => BankQuestion['question']
const asked = (kind: Question['kind']): Ask => (id, text, more = {}) => ({ id, kind, text, ...more })
const [smileys, faces, effort, choice, ranking, matrix, open] = [asked('csat5'), asked('smiley4'), asked('ces7'), asked('choice'), asked('ranking'), asked('matrix'), asked('text')] as const

const FUNCTIONAL: readonly Omit<BankQuestion, 'purpose'>[] = [
  { question: smileys('visit', words('Wie war Ihr Einkauf heute?', 'How was your shopping today?')), phases: ['during', 'after'], owner: 'store', method: 'csat', decision: words('Ob ein Tag besser oder schlechter läuft als üblich, und wo man nachfragt', 'Whether a day goes better or worse than usual, and where to ask further') },
  { question: faces('passing', words('Wie zufrieden waren Sie heute mit uns?', 'How satisfied were you with us today?')), phases: ['after'], owner: 'store', method: 'smileys', decision: words('Welche Stunden mehr Aufmerksamkeit brauchen', 'Which hours need more attention') },
  { question: effort('find', words('Es war leicht, das Gesuchte zu finden.', 'It was easy to find what I was looking for.')), phases: ['during', 'after'], owner: 'product', method: 'ces', decision: words('Wie Regale, Schilder und Suche geordnet werden', 'How shelves, signs and search are arranged') },
  { question: effort('pay-easy', words('Das Bezahlen war leicht.', 'Paying was easy.')), phases: ['after'], owner: 'service', method: 'ces', decision: words('Ob eine weitere Kasse öffnet', 'Whether another till opens') },
  { question: effort('offer-clear', words('Es war leicht zu verstehen, welches Angebot für mich gilt.', 'It was easy to understand which offer applies to me.')), phases: ['during', 'after'], owner: 'marketing', method: 'ces', decision: words('Wie Angebote ausgezeichnet werden', 'How offers are labelled') },
  { question: effort('kiosk-easy', words('Der Kiosk hat mir die Auswahl leicht gemacht.', 'The kiosk made it easy for me to choose.')), phases: ['during'], owner: 'product', method: 'ces', decision: words('Was am Kiosk vereinfacht wird', 'What is made simpler at the kiosk') },
  { question: effort('pickup-easy', words('Die Abholung war leicht.', 'Picking up was easy.')), phases: ['after'], owner: 'service', method: 'ces', decision: words('Wie die Abholung besetzt wird', 'How the pick-up is staffed') },
  {
    question: choice('goal', words('Was hatten Sie heute vor?', 'What did you come for today?'), { most: 1, segment: true, options: [option('weekly', 'Wocheneinkauf', 'Weekly shopping'), option('quick', 'Nur schnell etwas holen', 'Just getting something'), option('special', 'Etwas für einen Anlass', 'Something for an occasion'), option('look', 'Mich umsehen', 'Having a look'), option('advice', 'Mich beraten lassen', 'Getting advice')] }),
    phases: ['before', 'during'],
    owner: 'marketing',
    method: 'jtbd',
    decision: words('Für welche Anlässe Flächen und Angebote da sind', 'For which occasions there are spaces and offers'),
  },
  { question: choice('reached', words('Haben Sie bekommen, wofür Sie gekommen sind?', 'Did you get what you came for?'), { most: 1, options: [option('all', 'Ja, alles', 'Yes, everything'), option('part', 'Zum Teil', 'In part'), option('none', 'Nein', 'No')] }), phases: ['after'], owner: 'purchasing', method: 'jtbd', decision: words('Welche Lücken im Sortiment zuerst geschlossen werden', 'Which gaps in the range are closed first') },
  { question: choice('missing-why', words('Was hat gefehlt?', 'What was missing?'), { options: [option('sold-out', 'Ausverkauft', 'Sold out'), option('not-found', 'Nicht gefunden', 'Not found'), option('not-carried', 'Führen Sie nicht', 'You do not carry it'), option('quality', 'Qualität stimmte nicht', 'Quality was not right'), option('price', 'Preis stimmte nicht', 'Price was not right')] }), phases: ['after'], owner: 'purchasing', method: 'reason', decision: words('Ob nachbestellt, umgeräumt oder ausgelistet wird', 'Whether to reorder, rearrange or delist') },
  { question: choice('reason', words('Woran lag es?', 'What was the reason?'), { options: [option('queue', 'Warten an der Kasse', 'Waiting at the till'), option('missing', 'Artikel nicht da', 'Article not there'), option('price', 'Preis oder Angebot unklar', 'Price or offer unclear'), option('fresh', 'Frische und Qualität', 'Freshness and quality'), option('staff', 'Beratung und Freundlichkeit', 'Advice and friendliness'), option('clean', 'Sauberkeit und Ordnung', 'Cleanliness and order')] }), phases: ['during', 'after'], owner: 'store', method: 'reason', decision: words('Worum sich welche Abteilung kümmert', 'Which department looks into what') },
  { question: choice('wait', words('Wie lange haben Sie an der Kasse gewartet?', 'How long did you wait at the till?'), { most: 1, options: [option('under-2', 'Unter 2 Minuten', 'Less than 2 minutes'), option('2-5', '2 bis 5 Minuten', '2 to 5 minutes'), option('5-10', '5 bis 10 Minuten', '5 to 10 minutes'), option('over-10', 'Länger', 'Longer')] }), phases: ['after'], owner: 'service', method: 'servqual', decision: words('Wie viele Kassen zu welcher Stunde offen sind', 'How many tills are open at which hour') },
  { question: smileys('fresh', words('Wie frisch war Obst & Gemüse?', 'How fresh were the fruit & vegetables?')), phases: ['during', 'after'], owner: 'purchasing', method: 'csat', decision: words('Wie oft nachgelegt und aussortiert wird', 'How often goods are refilled and sorted out') },
  { question: smileys('range', words('Wie zufrieden sind Sie mit der Auswahl?', 'How satisfied are you with the range?')), phases: ['during', 'after'], owner: 'purchasing', method: 'csat', decision: words('Welche Warengruppen breiter oder schmaler werden', 'Which groups of goods become wider or narrower') },
  { question: smileys('value', words('Wie finden Sie unsere Preise für das, was Sie bekommen?', 'How do you find our prices for what you get?')), phases: ['after'], owner: 'finance', method: 'csat', decision: words('Wo Preise erklärt oder geändert werden', 'Where prices are explained or changed') },
  { question: smileys('clean', words('Wie sauber war es bei uns?', 'How clean was it here?')), phases: ['during', 'after'], owner: 'store', method: 'servqual', decision: words('Wann gereinigt wird', 'When cleaning takes place') },
  { question: matrix('parts', words('Wie zufrieden waren Sie mit …', 'How satisfied were you with …'), { rows: [option('range', 'der Auswahl', 'the range'), option('fresh', 'der Frische', 'the freshness'), option('price', 'den Preisen', 'the prices'), option('service', 'der Beratung', 'the advice'), option('till', 'dem Bezahlen', 'paying')] }), phases: ['after'], owner: 'store', method: 'servqual', decision: words('Woran zuerst gearbeitet wird: was wichtig ist und schwach läuft', 'What is worked on first: what matters and does poorly') },
  { question: ranking('matters', words('Was zählt für Sie beim Einkaufen am meisten?', 'What matters most to you when shopping?'), { options: [option('price', 'Preis', 'Price'), option('fresh', 'Frische', 'Freshness'), option('choice', 'Auswahl', 'Choice'), option('time', 'Zeit sparen', 'Saving time'), option('advice', 'Beratung', 'Advice')] }), phases: ['before', 'during', 'after'], owner: 'marketing', method: 'ranking', decision: words('Womit geworben und worin investiert wird', 'What is advertised and invested in') },
  { question: choice('found-us', words('Wie haben Sie von diesem Angebot erfahren?', 'How did you hear of this offer?'), { most: 1, options: [option('shelf', 'Am Regal', 'At the shelf'), option('kiosk', 'Am Kiosk', 'At the kiosk'), option('web', 'Im Online-Shop', 'In the web shop'), option('leaflet', 'Aus dem Prospekt', 'From the leaflet'), option('told', 'Jemand hat es erzählt', 'Somebody told me')] }), phases: ['before', 'during'], owner: 'marketing', method: 'jtbd', decision: words('Auf welchen Wegen geworben wird', 'Which ways are used to advertise') },
  { question: choice('web-instead', words('Was hätte Sie vom Online-Shop in den Markt gebracht?', 'What would have brought you from the web shop to the store?'), { options: [option('touch', 'Ware anfassen', 'Touching the goods'), option('now', 'Sofort mitnehmen', 'Taking it at once'), option('advice', 'Beratung', 'Advice'), option('price', 'Der gleiche Preis', 'The same price'), option('nothing', 'Nichts davon', 'None of these')] }), phases: ['after'], owner: 'marketing', method: 'jtbd', decision: words('Wie Markt und Online-Shop zusammenspielen', 'How store and web shop work together') },
  { question: open('worked-around', words('Womit haben Sie sich heute selbst geholfen, weil bei uns etwas fehlte?', 'What did you sort out yourself today because something was missing here?')), phases: ['after'], owner: 'product', method: 'jtbd', decision: words('Welche Hilfe neu angeboten wird', 'Which new help is offered') },
  { question: open('important', words('Was war Ihnen heute wichtig?', 'What was important to you today?')), phases: ['before', 'during', 'after'], owner: 'marketing', method: 'open', decision: words('Welche Kriterien in den Fragen stehen', 'Which criteria stand in the questions') },
  { question: open('comment', words('Möchten Sie uns noch etwas sagen?', 'Is there anything else you would like to tell us?')), phases: ['during', 'after'], owner: 'store', method: 'open', decision: words('Welche Fälle geöffnet werden', 'Which cases are opened') },
]

const EMOTIONAL: readonly Omit<BankQuestion, 'purpose'>[] = [
  { question: choice('feeling', words('Mit welchem Gefühl gehen Sie?', 'With which feeling do you leave?'), { most: 1, options: [option('glad', 'Erfreut', 'Glad'), option('calm', 'Gelassen', 'Calm'), option('neutral', 'Weder noch', 'Neither'), option('hurried', 'Gehetzt', 'Rushed'), option('annoyed', 'Verärgert', 'Annoyed')] }), phases: ['after'], owner: 'store', method: 'emotion', decision: words('Was am Ende des Besuchs geändert wird', 'What is changed at the end of the visit') },
  { question: smileys('well', words('Wie wohl haben Sie sich bei uns gefühlt?', 'How comfortable did you feel here?')), phases: ['during', 'after'], owner: 'store', method: 'emotion', decision: words('Wie Licht, Musik und Wege gestaltet werden', 'How light, music and paths are designed') },
  { question: effort('sure', words('Ich bin sicher, dass ich das Richtige gewählt habe.', 'I am sure that I chose the right thing.')), phases: ['during', 'after'], owner: 'product', method: 'emotion', decision: words('Welche Auskünfte am Regal stehen', 'Which information stands at the shelf') },
  { question: effort('fair', words('Ich habe den Preis bekommen, den ich erwartet habe.', 'I got the price that I expected.')), phases: ['after'], owner: 'finance', method: 'emotion', decision: words('Wo Preise anders ausgezeichnet werden', 'Where prices are labelled differently') },
  { question: smileys('calm', words('Wie entspannt war das Warten?', 'How relaxed was the waiting?')), phases: ['after'], owner: 'service', method: 'emotion', decision: words('Wie Wartezonen gestaltet werden', 'How waiting areas are designed') },
  { question: choice('highlight', words('Was war heute der beste Moment?', 'What was the best moment today?'), { most: 1, options: [option('found', 'Etwas entdeckt', 'Discovering something'), option('saved', 'Etwas gespart', 'Saving something'), option('helped', 'Hilfe bekommen', 'Getting help'), option('fast', 'Schnell fertig', 'Being done quickly'), option('none', 'Es gab keinen', 'There was none')] }), phases: ['after'], owner: 'marketing', method: 'emotion', decision: words('Was verstärkt und erzählt wird', 'What is strengthened and told') },
  { question: choice('worry', words('Was hat Sie vor dem Kauf zögern lassen?', 'What made you hesitate before buying?'), { options: [option('price', 'Der Preis', 'The price'), option('quality', 'Die Qualität', 'The quality'), option('fit', 'Ob es passt', 'Whether it fits'), option('return', 'Der Umtausch', 'Returning it'), option('nothing', 'Nichts', 'Nothing')] }), phases: ['before', 'during'], owner: 'product', method: 'jtbd', decision: words('Welche Bedenken die Beratung aufgreift', 'Which doubts the advice takes up') },
  { question: open('moment', words('Welcher Moment ist Ihnen im Gedächtnis geblieben?', 'Which moment stayed in your mind?')), phases: ['after'], owner: 'store', method: 'open', decision: words('Welche Erlebnisse wiederholt oder vermieden werden', 'Which experiences are repeated or avoided') },
  { question: smileys('trust', words('Wie sehr vertrauen Sie unseren Angaben am Regal?', 'How much do you trust what our shelves say?')), phases: ['during', 'after'], owner: 'product', method: 'servqual', decision: words('Welche Angaben geprüft werden', 'Which information is checked') },
]

const SOCIAL: readonly Omit<BankQuestion, 'purpose'>[] = [
  { question: { id: 'recommend', kind: 'nps', text: NPS_STANDARD }, phases: ['after'], owner: 'store', method: 'nps', decision: words('Ob sich die Treue der Kunden ändert', 'Whether the loyalty of customers changes') },
  { question: smileys('welcome', words('Wie willkommen haben Sie sich gefühlt?', 'How welcome did you feel?')), phases: ['before', 'during', 'after'], owner: 'service', method: 'servqual', decision: words('Wie das Team empfängt', 'How the team receives people') },
  { question: smileys('friendly', words('Wie freundlich war unser Team?', 'How friendly was our team?')), phases: ['during', 'after'], owner: 'service', method: 'servqual', decision: words('Welche Schulung das Team bekommt', 'Which training the team gets') },
  { question: smileys('listened', words('Wie gut hat das Team Ihr Anliegen verstanden?', 'How well did the team understand what you needed?')), phases: ['during', 'after'], owner: 'service', method: 'servqual', decision: words('Wie beraten wird', 'How advice is given') },
  { question: effort('heard', words('Ich habe den Eindruck, dass meine Rückmeldung etwas bewirkt.', 'I feel that my feedback makes a difference.')), phases: ['after'], owner: 'store', method: 'servqual', decision: words('Was von Verbesserungen erzählt wird', 'What is told of improvements') },
  { question: choice('for-whom', words('Für wen kaufen Sie heute ein?', 'Who are you shopping for today?'), { most: 1, segment: true, options: [option('me', 'Für mich', 'For myself'), option('family', 'Für die Familie', 'For the family'), option('guests', 'Für Gäste', 'For guests'), option('work', 'Für die Arbeit', 'For work'), option('gift', 'Als Geschenk', 'As a gift')] }), phases: ['before', 'during'], owner: 'marketing', method: 'jtbd', decision: words('Für wen Angebote zusammengestellt werden', 'For whom offers are put together') },
  { question: choice('with-whom', words('Mit wem sind Sie heute hier?', 'Who are you here with today?'), { most: 1, options: [option('alone', 'Allein', 'Alone'), option('partner', 'Zu zweit', 'As a couple'), option('children', 'Mit Kindern', 'With children'), option('friends', 'Mit Freunden', 'With friends')] }), phases: ['before', 'during', 'after'], owner: 'marketing', method: 'jtbd', decision: words('Wie Wege und Sitzplätze geplant werden', 'How paths and seats are planned') },
  { question: choice('told', words('Was würden Sie anderen von uns erzählen?', 'What would you tell others about us?'), { options: [option('fresh', 'Die Frische', 'The freshness'), option('price', 'Die Preise', 'The prices'), option('people', 'Das Team', 'The team'), option('choice', 'Die Auswahl', 'The choice'), option('wait', 'Das Warten', 'The waiting'), option('nothing', 'Nichts Besonderes', 'Nothing special')] }), phases: ['after'], owner: 'marketing', method: 'jtbd', decision: words('Wofür der Markt stehen will', 'What the store wants to stand for') },
  { question: smileys('all-welcome', words('Wie leicht kommen alle bei uns zurecht, auch mit Kinderwagen oder Rollstuhl?', 'How well can everybody get along here, with a pram or wheelchair too?')), phases: ['during', 'after'], owner: 'store', method: 'servqual', decision: words('Welche Wege barrierefrei werden', 'Which paths become accessible') },
  { question: open('neighbourhood', words('Was sollte es in Ihrer Nachbarschaft bei uns geben?', 'What should we offer in your neighbourhood?')), phases: ['before', 'after'], owner: 'purchasing', method: 'open', decision: words('Welche Ware aus der Region dazukommt', 'Which goods of the region are added') },
]

const of = (purpose: PurposeKind, questions: readonly Omit<BankQuestion, 'purpose'>[]): readonly BankQuestion[] => questions.map((one) => ({ ...one, purpose }))

/** The whole bank. Order  functional, emotional, social. */
export const QUESTION_BANK: readonly BankQuestion[] = [...of('functional', FUNCTIONAL), ...of('emotional', EMOTIONAL), ...of('social', SOCIAL)]
