/** Words beside whoever is signed in: few, because they load with the frame. */
import { defineTexts } from '../../i18n/texts.ts'

export const signedInText = defineTexts({
  de: { me: 'Mein Zugang', offline: 'ohne Verbindung angemeldet', signOut: 'Abmelden' },
  en: { me: 'My account', offline: 'signed in without a connection', signOut: 'Sign out' },
})
