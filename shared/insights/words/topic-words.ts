/** What shoppers in German stores write about, and the words by which we know it. Stems, small letters; endings are the reader's business. */
import type { Localised } from '../../kernel/language.ts'

export const TOPICS = ['kasse', 'personal', 'sauber', 'preis', 'auswahl', 'frische', 'parken', 'finden', 'pfand', 'online', 'theke', 'offen', 'zugang', 'wc', 'raum', 'umtausch', 'zahlen', 'angebot', 'kiosk', 'essen'] as const
export type Topic = (typeof TOPICS)[number]

export const TOPIC_NAMES: { readonly [T in Topic]: Localised } = {
  kasse: { de: 'Kasse und Warten', en: 'Checkout and waiting' },
  personal: { de: 'Personal und Beratung', en: 'Staff and advice' },
  sauber: { de: 'Sauberkeit', en: 'Cleanliness' },
  preis: { de: 'Preise', en: 'Prices' },
  auswahl: { de: 'Auswahl und Verfügbarkeit', en: 'Range and availability' },
  frische: { de: 'Frische und Qualität', en: 'Freshness and quality' },
  parken: { de: 'Parken', en: 'Parking' },
  finden: { de: 'Wege und Finden', en: 'Finding the way' },
  pfand: { de: 'Leergut', en: 'Bottle return' },
  online: { de: 'App, Online-Shop, Lieferung', en: 'App, web shop, delivery' },
  theke: { de: 'Theken und Backwaren', en: 'Counters and bakery' },
  offen: { de: 'Öffnungszeiten', en: 'Opening hours' },
  zugang: { de: 'Barrierefreiheit', en: 'Accessibility' },
  wc: { de: 'Toiletten', en: 'Toilets' },
  raum: { de: 'Luft, Licht, Lärm', en: 'Air, light, noise' },
  umtausch: { de: 'Umtausch und Reklamation', en: 'Returns and complaints' },
  zahlen: { de: 'Bezahlen', en: 'Paying' },
  angebot: { de: 'Angebote und Werbung', en: 'Offers and advertising' },
  kiosk: { de: 'Bildschirme im Markt', en: 'Screens in the store' },
  essen: { de: 'Café und Imbiss', en: 'Café' },
}

/** The last part of a compound decides; a word that stands alone in this list decides before its parts do. */
export const TOPIC_WORDS: { readonly [T in Topic]: string } = {
  kasse: 'kassa angestanden ansteht anstand warterei stau kassieren kasse kassenband expresskasse anstehen schlange warteschlange wartezeit warten gewartet wartet wartete bezahlband kassier abkassier kassiervorgang',
  personal:
    'freundlichkeit mädel jungs kundendienst kundenservice verkaufspersonal auszubildende bub madl filialleitung marktleitung personal mitarbeiter mitarbeitend verkäufer fachverkäufer kassierer bedienung bedient angestellt team beratung beraten berät service kollege kollegin azubi lehrling filialleiter marktleiter chef dame herr mann leute hilfsbereit kompetent gegrüßt grüßen höflich lächeln sicherheitsmann detektiv personalmangel fachkraft auskunft',
  sauber: 'mief miefte miefen muffig verdreckt versifft blitzblank blitzeblank fußboden schmuddelig spinnweben picobello sauber sauberkeit dreckig dreck schmutz schmutzig verschmutzt hygiene hygienisch gepflegt müll abfall staub verstaubt verschmiert stinkt stinken gestank geruch klebrig klebt geputzt putzen reinigung blitzblank unsauber ungepflegt ekelig eklig',
  preis: 'kostet inflation abzocke abgezockt schnäppchenpreis geldbeutel preis preislich preise teuer teur überteuert günstig billig preiswert wucher preisschild preisauszeichnung preiserhöhung geld preisleistung kosten',
  auswahl:
    'fehlanzeige leergefegt klopapier toastbrot hafermilch nachschub nachgefüllt aufgefüllt nachbestellt lieblingsprodukt auswahl sortiment sortiert regal ausverkauft vergriffen verfügbar lieferbar produkt artikel marke lieblingsmarke sorte angebotsvielfalt produktvielfalt vielfalt abwechslung lücke vorrätig vegan glutenfrei laktosefrei windel führen regional',
  frische: 'erdapfel erdäpfel paradeiser karotte möhre gurke paprika pilz zwiebel beere ribisel marille kirsche pfirsich mandarine orange zitrone gammel vergammelt gammelig mhd hackfleisch hack geflügel frisch frische qualität obst gemüse salat tomate apfel äpfel banane erdbeere traube kartoffel avocado kräuter schimmel schimmlig schimmelig verschimmelt abgelaufen haltbarkeit haltbarkeitsdatum mindesthaltbarkeitsdatum faul verfault welk matschig fleisch fisch milch joghurt ware verdorben knackig',
  parken: 'parkuhr knöllchen zugeparkt parkdeck parkverbot politesse abgeschleppt parkschein parkticket frauenparkplatz frauenparkplätze parken geparkt parkplatz parkplätze parkhaus parkscheibe parkgebühr stellplatz stellplätze ladesäule tiefgarage einfahrt ausfahrt ausparken strafzettel fahrradständer fahrradstellplatz',
  finden: 'angeordnet umräumen räumt umgestellt labyrinth beschilderung schild wegweiser ausgeschildert übersichtlich unübersichtlich umgeräumt umgebaut umbau aufgebaut aufbau aufteilung gang gänge gesucht suchen orientierung verlaufen zugestellt vollgestellt palette anordnung gefunden zurechtfinden zurecht',
  pfand: 'pfand leergut flaschenautomat pfandautomat leergutautomat pfandbon pfandrückgabe pfandflasche',
  online: 'paket bote zusteller kurier newsletter app online onlineshop webseite website internet lieferung lieferdienst liefern geliefert abholung abholbereit onlinebestellung webshop wlan bestellung collect homepage',
  theke: 'semmel schrippe weckle brezn brezel breze laugenbrezel fleischer metzger leberkäse leberkässemmel croissant theke bäcker bäckerei backware metzger metzgerei brot brötchen wurst käsetheke fleischtheke wursttheke fischtheke bäckertheke kuchentheke backshop',
  offen: 'öffnen aufmachen aufhaben sperrstunde zusperren aufsperren öffnungszeit öffnung geöffnet ladenschluss feiertag feiertags sonntags geschlossen verschlossen',
  zugang: 'rollstuhlgerecht behindertengerecht stolperfalle stufenlos kinderwagen rollstuhl rollstuhlfahrer rollator barrierefrei barriere aufzug fahrstuhl rolltreppe stufe rampe gehbehindert behindert treppe schrift drehkreuz',
  wc: 'toilette wc klo wickeltisch wickelraum kundentoilette',
  raum: 'neonlicht gedudel lüftung sauerstoff musik atmosphäre ambiente klimaanlage luft licht beleuchtung lärm lautstärke beschallung dauerbeschallung durchsage temperatur heizung stickig gemütlich zieht kalt eiskalt heiß wohlfühlen wohl dunkel flair grell',
  umtausch: 'umtausch umgetauscht umtauschen rückgabe zurückgeben reklamation reklamiert reklamieren erstattung erstattet beschwerde garantie garantiefall kulant kulanz retoure zurückbekommen',
  zahlen: 'rausgegeben herausgegeben kreditkarte kartenleser restgeld verrechnet paypal handyzahlung kartenzahlung karte zahlung zahlen bezahlen bezahlt kontaktlos wechselgeld abgebucht kartenlesegerät kartengerät ecgerät geldautomat gutschein bargeld ec',
  angebot: 'angebot sonderangebot rabatt aktion aktionsware prospekt werbung coupon treuepunkt treue punkte schnäppchen angebotspreis',
  kiosk: 'infoterminal terminal bildschirm display preisscanner infobildschirm touchscreen scannerstation',
  essen: 'cappuccino espresso mittagsmenü café cafe cafeteria bistro kaffee kuchen restaurant imbiss mittagstisch mittagessen suppe essen gericht speise',
}

/** Parts that compounds are glued of and that say nothing about a topic. */
export const COMPOUND_PARTS =
  'kunde markt laden haus tür woche tag automat rückgabe selbstbedienung sb bedien fach bio kühl getränk fahrrad band bon gerät zeit platz wagen einkauf korb schlange info mensch abend morgen haupt express zweit neu alt klein groß super plus haltbar mindest daten datum leistung verhältnis lese eltern familie flasche scheibe fläche stand ständer nummer wert maschine station punkt blume annahme lage fall ausgabe eingang ausgang frau mutter kind park gerecht uhr neon laser boden decke vor nach'

/** Words that colour what else a clause speaks of: a topic of their own only where it speaks of nothing else. */
export const FAINT_WORDS = new Set(
  'kalt kalte kalter kaltes kalten eiskalt heiß heiße heißer heißes dunkel dunkle hell grell zieht regal regale regalen produkt produkte produkten artikel artikeln ware waren dreckig dreckige dreckiger dreckiges schmutzig schmutzige frau herr dame mann leute chef geld kosten kostet preis karte schild schilder fehlanzeige klopapier'.split(' '),
)
