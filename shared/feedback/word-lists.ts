/** What the filter of words looks for: insults of people, advertising, and what fingers leave on a keyboard. Written by us; swearing about a thing is an answer and is in no list. */

/** Whole words, as `plain` writes them: small letters, no umlauts. Endings of the plural and of cases are allowed. */
export const INSULTS: readonly string[] = [
  'arsch', 'arschgeige', 'arschgesicht', 'arschkriecher', 'bastard', 'bloedmann', 'depp', 'dreckschwein', 'drecksau', 'drecksack', 'dummkopf', 'dumpfbacke', 'flachwichser', 'hackfresse', 'hohlkopf', 'hurre', 'idiot', 'kackbratze', 'kanake', 'klugscheisser',
  'missgeburt', 'mistkerl', 'miststueck', 'mongo', 'nazi', 'nazisau', 'neger', 'nutte', 'penner', 'pisser', 'sackgesicht', 'saftsack', 'schlampe', 'schwachkopf', 'schwuchtel', 'spacko', 'spast', 'spasti', 'trottel', 'vollidiot', 'vollpfosten', 'vollspast', 'vollhonk', 'zigeuner',
  'bitch', 'bellend', 'cretin', 'cunt', 'dickhead', 'dipshit', 'douchebag', 'dumbass', 'faggot', 'halfwit', 'imbecile', 'jackass', 'moron', 'nigger', 'nigga', 'prick', 'retard', 'scumbag', 'shithead', 'slut', 'tosser', 'twat', 'wanker', 'whore',
]

/** Wherever they stand in a word: nothing harmless holds them. */
export const INSULTS_ANYWHERE: readonly string[] = ['arschloch', 'hurensohn', 'wichser', 'fotze', 'motherfuck', 'asshole', 'arsehole', 'hackfresse']

/** Several words in a row, said to somebody. */
export const INSULTING_PHRASES: readonly string[] = [
  'fick dich', 'fickt euch', 'fick deine mutter', 'leck mich', 'verpiss dich', 'verpisst euch', 'halt die fresse', 'halt dein maul', 'dumme kuh', 'bloede kuh', 'dumme sau', 'fette sau', 'alte sau', 'dumme gans', 'du opfer', 'geh sterben', 'heil hitler', 'sieg heil', 'auslaender raus',
  'fuck you', 'fuck off', 'piss off', 'go to hell', 'kill yourself', 'stupid cow', 'fat pig', 'suck my', 'shut up you',
]

/** Two of them beside a link, or four without, and it is advertising. */
export const ADVERTISING: readonly string[] = [
  'gratis', 'kostenlos', 'gewinnen', 'gewonnen', 'gewinn', 'jetzt', 'klicken', 'klick', 'link', 'sichern', 'verdienen', 'heimarbeit', 'kredit', 'sofortkredit', 'casino', 'bitcoin', 'krypto', 'viagra', 'rabattcode', 'followers', 'abonniert', 'folgt', 'anmelden', 'angebot', 'garantiert',
  'free', 'win', 'winner', 'click', 'here', 'earn', 'money', 'loan', 'crypto', 'subscribe', 'follow', 'buy', 'cheap', 'pills', 'guaranteed', 'offer', 'discount', 'code', 'promo',
]

/** Rows of German and English keyboards, there and back. */
export const KEY_ROWS: readonly string[] = ['qwertzuiopue', 'qwertyuiop', 'asdfghjkloeae', 'asdfghjkl', 'yxcvbnm', 'zxcvbnm', '1234567890']
