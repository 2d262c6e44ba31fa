/** How German words sound. Stems, small letters. */

/** 2: more than plain praise or blame. */
export const MOOD_WORDS: { readonly [value: string]: string } = {
  '2': 'mega geil hammer chapeau tipptopp picobello leiwand pfundig erstklassig unschlagbar bombe gedicht super toll klasse spitze hervorragend ausgezeichnet perfekt fantastisch großartig traum köstlich herrlich vorbildlich begeistert beeindruckend best bestens exzellent wunderbar genial top einwandfrei reibungslos prima lieblingsladen blitzblank',
  '1': 'anstandslos flink fix cool entspannt guad guat scheen liab weitergeholfen weiterhilft gelungen logisch großgeschrieben resch tipp gut freundlich nett schön sauber ordentlich gepflegt hilfsbereit kompetent höflich frisch lecker günstig preiswert fair übersichtlich angenehm bequem praktisch problemlos unkompliziert kulant pünktlich zufrieden rundum danke dank lob kompliment empfehlen empfehle gern gerne lieb liebe ruhig hell zart knackig gemütlich wohl flott schnell sofort leicht barrierefrei kostenlos hilft half geholfen funktioniert klappt klappte stimmt lohnen lohnt gefällt spaß überrascht besser ideal endlich gelöst zurückbekommen möglich abholbereit kontaktlos regional pluspunkt freue freut riesig verfügbar vorrätig lieferbar tollen erreiche auskennen kennen kostenfrei vielfalt probieren',
  '-1':
    'blöd doof dumm mist nervig grantig patzig zickig pampig schnippisch arrogant ruppig mau mager dürftig happig gesalzen winzig hinüber spinnt stürzt abgestürzt hängt versifft gammel vergammelt vergammelte gammelig pfui igitt miefte miefen muffig fehlanzeige leergefegt flop zugeparkt verdreckt abgeschlossen quatschen tratschen plaudern labyrinth verschluckt geschluckt schluckt frisst friert frieren keimen überfüllt proppenvoll warterei abgezockt reißt bled schiach gummi lasch lätschig schlampig lahm peinlich knall nachlässig knöllchen wühlen lauwarm pappig versalzen fad schlecht schwach unfreundlich genervt nervt nervig schmutzig dreckig dreck verschmutzt verschmiert verstaubt klebrig klebt klebten müll stinkt geruch streng teuer teur überteuert leer ausverkauft vergriffen fehlt fehlen fehlte fehler lücke kaputt defekt ausgefallen abgelaufen welk faul matschig schimmlig schimmelig schimmel braun sauer trocken hart steinhart kalt eng dunkel grell stickig unerträglich verwirrend unübersichtlich vollgestellt zugestellt umgebaut umgeräumt chaotisch lieblos langsam überfordert unterbesetzt leider schade ärgerlich problem beschwerde meckern beanstanden enttäuscht enttäuschung falsch doppelt verweigert ignoriert abgesperrt gesperrt geschlossen verschlossen gefährlich verloren umgefahren gehetzt warten gewartet wartet wartezeit anstehen schlange ewig endlos ständig versteckt irreführend unvollständig beschädigt nachgelassen abgezogen strafzettel stürzt lärm laut oberflächlich mangelhaft unsauber unangenehm unhöflich verspätet beschwert hetzt gesucht wenig keiner niemand trotz kümmert dreimal zweimal mehrmals durchsage dauerbeschallung steigen billiger zieht voll zuständig unzufrieden verschimmelt verdorben kompliziert umständlich früher zäh geärgert außer betrieb schulterzucken dieb dauert dauerte verspricht lasst',
  '-2': 'unterirdisch scheiße scheiß kacke zumutung graus dreist lächerlich gschissn asozial katastrophe frechheit unverschämt unmöglich wucher ekelhaft eklig ekelig widerlich horror grauenhaft furchtbar schrecklich miserabel saftladen abzocke betrug skandal aufgeschmissen unfair',
}

/** Turn the next words round, and a verb just before them. */
export const NEGATORS = new Set(['nicht', 'kein', 'keine', 'keinen', 'keinem', 'keiner', 'keines', 'nie', 'niemals', 'nichts', 'ohne', 'weder', 'kaum', 'niemand', 'nirgends', 'nirgendwo', 'null', 'nix', 'nüscht', 'nischt', 'ned', 'net', 'nich', 'nit', 'nimmer', 'koa', 'koan', 'koane', 'keen', 'keene'])
/** How far a negation reaches, in words, forwards and backwards. */
export const NEGATION_REACH = 3
export const NEGATION_BACK = 2
/** Verbs that a "nicht" behind them turns round. */
export const TURNED_FROM_BEHIND = /^(?:funktionier|klapp|stimm|gefäll|gefall|lohn|hilf|half|empfehl|empfiehl|geht|ging)/

/** Behind "zu" they are a complaint, whatever they are alone. */
export const DEGREES = new Set(
  'früh spät hoch tief klein groß laut leise hell grell eng kurz kurze lang lange schmal spät viel viele wenig wenige teuer kalt warm heiß dunkel voll langsam schnell schwer weit selten oft hart weich salzig süß scharf schwach grob dünn dick niedrig knapp streng fett unübersichtlich'.split(' '),
)

/** Much of what people want is good, little of it bad; of waiting it is the other way round. */
export const MUCH = /^(?:viele?[nrsm]?|lange?[nrsm]?|breite?[nrsm]?|große?[nrsm]?|riesige?[nrsm]?|reichlich|genug|genügend|ausreichend|zahlreiche?[nrsm]?|riesen)$/
export const LITTLE = /^(?:wenige?[nrsm]?|kurze?[nrsm]?|enge?[nrsm]?|schmale?[nrsm]?|kleine?[nrsm]?|kaum|nur)$/
export const UNWANTED = /(?:wart|schlange|anstehen|gedränge)/
export const WANTED = /^(?:auswahl|sortiment|parkpl|stellpl|öffnungszeit|gäng|gang|vielfalt|personal|mitarbeiter|platz|kassen?$)/

/** Whole turns of phrase, before the words are weighed; the space stands for any white space. */
export const PHRASES: readonly (readonly [RegExp, number])[] = [
  [/lässt nichts zu wünschen/u, 2],
  [/lässt (?:sehr |stark |einiges )?zu wünschen/u, -2],
  [/nichts zu (?:meckern|beanstanden|bemängeln|kritisieren)/u, 2],
  [/(?:geht|ging) (?:gar |so |überhaupt )?nicht(?!\p{L})/u, -2],
  [/(?:besser|schöner) geht (?:es|'s) (?:nicht|kaum)/u, 2],
  [/schlechter geht (?:es|'s) (?:nicht|kaum)/u, -2],
  [/weiter so|so muss das|vielen dank|herzlichen dank/u, 2],
  [/früher .{0,20}(?:besser|schöner|netter)/u, -2],
  [/(?:alles|schon|immer) weg(?!\p{L})/u, -1],
  [/zeit genommen|zeit für mich/u, 1],
  [/geht so|na ?ja|nicht so (?:toll|gut|schön)/u, -1],
  [/(?:gar )?nicht (?:schlecht|übel|verkehrt)/u, 1],
  [/nie wieder|nicht mehr hin|nicht mehr her(?!\p{L})/u, -2],
  [/keine ahnung|nicht einmal|nicht mal(?!\p{L})|mal wieder|schon wieder/u, -1],
  [/kein problem|keine probleme|keinerlei probleme/u, 2],
  [/gibt es nicht mehr|nicht mehr (?:da|im sortiment)|war nicht da|nicht gefunden|nicht zu finden|findet nichts|nichts gefunden/u, -2],
  [/finde (?:hier )?(?:immer )?alles|alles gefunden/u, 2],
  [/nimmt .{0,30}nicht an|nicht angenommen|lie(?:ß|ss) sich nicht|nicht abgezogen/u, -1],
  [/fühlt sich niemand|niemand fühlt|niemand da|keiner da|niemand kümmert/u, -2],
  [/nicht nur nett|nicht nur freundlich/u, 1],
  [/kein durchkommen|nicht durch(?!\p{L})|passt nicht/u, -2],
  [/viel für (?:sein|mein|das) geld/u, 2],
  [/(?:warum|wieso) (?:kann|gibt|ist|führ|hab|muss|wird|darf|steht)/u, -1],
  [/immer nur|(?:nur|bloß) (?:eine|1) kassa?e?|mitten im (?:gang|weg)/u, -1],
  // irony that is nearly always meant so
  [/^(?:na|ja|oh|ach) (?:super|toll|klasse|prima|danke|bravo|großartig)|ganz großes kino|danke für nichts|^(?:toll|super|prima) wenn/u, -3],
  [/zum (?:davonlaufen|weglaufen|abgewöhnen|heulen|himmel|vergessen|kotzen|haareraufen)|für die (?:katz|tonne)|unter aller (?:sau|kanone)|das letzte|ein witz/u, -3],
  [/(?:lieber|ab jetzt|künftig) .{0,12}(?:konkurrenz|woanders|anderswo)/u, -2],
  [/daumen hoch|passt (?:scho|schon|alles|so)(?!\p{L})|da gibt es nichts(?: zu|$)|kann man nicht meckern|erste sahne|gut drauf|ein traum|eine wucht|vom feinsten|wie aus dem eigenen/u, 3],
  [/daumen runter|stehen (?:gelassen|lassen)|blöd an|dumm an|alt verkauft|vom vortag/u, -2],
  [/(?:geht|ging|funktioniert|klappt) nie(?!\p{L})|geht nichts|geht ja (?:gar )?nichts|nichts voran/u, -2],
  [/hing sich|hängt sich|hat sich aufgehängt|reagiert (?:nicht|kaum)/u, -2],
  [/(?:krieg|bekomm|find)\p{L}* (?:ich |man )?(?:hier )?(?:wirklich |immer |echt )?alles/u, 2],
  [/wann (?:gibt|kommt|wird|macht|ist|habt)|^(?:macht|stellt|öffnet|baut|sorgt|tut) (?:halt |mal |doch |bitte |endlich |noch )/u, -2],
  [/weit und breit|im ganzen laden (?:niemand|keiner)|(?:niemand|keiner) zu (?:sehen|finden)/u, -2],
  [/lange nicht (?:gegessen|gesehen)/u, 1],
]

/** Wishes: what is praised in them is not there. */
export const WISH = /(?:^| )(?:wäre|wären|könnte|könnten|sollte|sollten|müsste|müssten|würde|bitte|wünsche|wünschte|hätte gern)(?: |$)|^mehr /u
/** "Would be nice" is a wish, "would be nothing to complain about" is not; a wish weighs this much. */
export const WISH_VALUE = -1

/** Say more, or less, of the word behind them. */
export const STRONGER = new Set(['sehr', 'richtig', 'total', 'extrem', 'wirklich', 'absolut', 'völlig', 'komplett', 'echt', 'so', 'super', 'besonders', 'unglaublich', 'stark', 'ganz', 'arg', 'verdammt'])
export const WEAKER = new Set(['etwas', 'bisschen', 'eher', 'ziemlich', 'teilweise', 'manchmal', 'relativ', 'recht'])

/** What people put before a word to make it stronger; a word is known without it too. */
export const BOOSTERS = /^(?:sau|mega|mords|riesen|ultra|super|brutal|scheiß|stink|knack|knall|blitz|bomben|ober|ur|hoch|voll|best|arsch|sack)(?=\p{L}{3})/u

/** Everyday and dialect spellings of the small words that turns of phrase are made of. */
export const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{L})(?:ned|net|nich|nit)(?!\p{L})/gu, 'nicht'],
  [/(?<!\p{L})(?:nix|nüscht|nischt)(?!\p{L})/gu, 'nichts'],
  [/(?<!\p{L})gibts(?!\p{L})/gu, 'gibt es'],
  [/(?<!\p{L})gehts(?!\p{L})/gu, 'geht es'],
  [/(?<!\p{L})(?:kassa)(?!\p{L})/gu, 'kasse'],
  [/(?<!\p{L})ne(?!\p{L})/gu, 'eine'],
]
