/** Why nobody is signed in any more: what happened, and what to do. */
import { defineTexts } from '../../i18n/texts.ts'

export const endsText = defineTexts({
  de: {
    closed: 'Sie sind abgemeldet.',
    idle: 'Eine Weile hat niemand dieses Gerät berührt, deshalb ist es gesperrt.',
    over: 'Nach zwölf Stunden ist eine neue Anmeldung nötig.',
    password: 'Das Passwort wurde geändert. Bitte melden Sie sich damit neu an.',
    removed: 'Dieser Zugang wurde beendet. Fragen dazu beantwortet die Marktleitung.',
    revoked: 'Diese Anmeldung wurde von der Marktleitung beendet.',
    replaced: 'An diesem Gerät hat sich jemand anderes angemeldet.',
    elsewhere: 'Sie haben sich hier von einem anderen Gerät aus abgemeldet.',
    gone: 'Der Rechner im Markt wurde neu gestartet. Bitte melden Sie sich noch einmal an.',
    unproven: 'Der Rechner im Markt hat die Anmeldung ohne Verbindung nicht bestätigt. Bitte melden Sie sich noch einmal an.',
  },
  en: {
    closed: 'You are signed out.',
    idle: 'Nobody touched this device for a while, so it is locked.',
    over: 'After twelve hours you need to sign in again.',
    password: 'The password was changed. Please sign in with the new one.',
    removed: 'This account was ended. The store manager can answer questions.',
    revoked: 'The store manager ended this sign-in.',
    replaced: 'Somebody else has signed in on this device.',
    elsewhere: 'You signed out here from another device.',
    gone: 'The computer in the store was restarted. Please sign in once more.',
    unproven: 'The computer in the store did not confirm the sign-in without a connection. Please sign in once more.',
  },
})
