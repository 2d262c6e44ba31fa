/** What shoppers of the sample store write: made up, like everything there. */

/** By what the comment is about; `good` and `bad` as the answer was. */
export const SAMPLE_COMMENTS: { readonly [about: string]: { readonly good: readonly string[]; readonly bad: readonly string[] } } = {
  queue: {
    good: ['Heute ging es an der Kasse richtig schnell.', 'Kaum gewartet, die zweite Kasse war sofort offen.', 'An der Kasse freundlich und flott.'],
    bad: [
      'Die Schlange an der Kasse war heute wieder viel zu lang.',
      'Nur eine Kasse offen, und das am Freitagabend.',
      'Zwanzig Minuten an der Kasse gewartet.',
      'Bitte öffnen Sie abends eine zweite Kasse.',
      'Wartezeit an der Kasse ist nach Feierabend unmöglich.',
      'Die Selbstbedienungskasse war schon wieder außer Betrieb.',
    ],
  },
  fresh: {
    good: ['Das Obst ist so frisch wie auf dem Wochenmarkt.', 'Salat und Kräuter waren knackig, sehr gute Qualität.', 'Endlich wieder regionale Äpfel.', 'Erdbeeren süß und frisch.'],
    bad: ['Die Bananen waren überreif.', 'Im Obstregal lagen schimmelige Mandarinen.', 'Salat war welk, schade.', 'Die Tomaten schmecken nach nichts.'],
  },
  staff: {
    good: ['Sehr freundliche Beratung an der Käsetheke.', 'Das Personal hat mir sofort geholfen.', 'Immer ein Lächeln, danke an das Team.', 'Kompetente Beratung zum Wein.', 'Der Mitarbeiter hat mir das Regal gezeigt.'],
    bad: ['Niemand da, den man fragen konnte.', 'Die Bedienung war unfreundlich.', 'Lange auf eine Beratung gewartet.'],
  },
  missing: {
    good: ['Alles gefunden, danke.', 'Große Auswahl, auch glutenfrei.'],
    bad: ['Die Hafermilch war ausverkauft.', 'Der Artikel aus dem Prospekt war nicht mehr da.', 'Leere Regale beim Brot am Abend.', 'Seit Wochen fehlt die laktosefreie Sahne.'],
  },
  price: {
    good: ['Die Angebote sind diese Woche wirklich gut.', 'Preis am Regal und auf dem Bon stimmten überein.'],
    bad: ['Der Preis am Regal war ein anderer als auf dem Bon.', 'Butter ist zu teuer geworden.', 'Das Angebot galt nur mit der Karte, das stand nirgends.'],
  },
  clean: {
    good: ['Der Markt ist immer sauber und hell.', 'Ordentliche Gänge, viel Platz für den Kinderwagen.'],
    bad: ['Der Boden am Eingang war schmutzig.', 'Der Gang bei den Nudeln war mit Paletten zugestellt.', 'Die Einkaufswagen kleben.'],
  },
}
