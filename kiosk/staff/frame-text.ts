/** Words of the frame: pairing, tabs, appearance. */
import { defineTexts } from '../lib/i18n/texts.ts'

export const frameText = defineTexts({
  de: {
    app: 'Team',
    deviceName: 'Team-Tablet',
    search: 'Suchen',
    devices: 'Geräte',
    shop: 'Online-Shop',
    note: 'Gespräch',
    team: 'Fälle',
    loading: 'Die Preise dieses Marktes werden geladen',
    loadingHint: 'Das geschieht einmal. Danach geht alles auch ohne Verbindung.',
    appearance: 'Darstellung',
    light: 'Hell',
    dark: 'Dunkel',
    blackOnWhite: 'Schwarz auf Weiß',
    whiteOnBlack: 'Weiß auf Schwarz',
    incomplete: 'Dieses Tablet ist noch nicht vollständig geladen',
    incompleteHint: 'Bitte öffnen Sie die Seite noch einmal, sobald der Rechner im Markt erreichbar ist.',
  },
  en: {
    app: 'Team',
    deviceName: 'Team tablet',
    search: 'Search',
    devices: 'Devices',
    shop: 'Web shop',
    note: 'Conversation',
    team: 'Cases',
    loading: 'Loading the prices of this store',
    loadingHint: 'This happens once. After that everything works without a connection too.',
    appearance: 'Appearance',
    light: 'Light',
    dark: 'Dark',
    blackOnWhite: 'Black on white',
    whiteOnBlack: 'White on black',
    incomplete: 'This tablet is not fully loaded yet',
    incompleteHint: 'Please open the page again once the computer in the store can be reached.',
  },
})

/** What there is to look at, in the order of the tabs. */
export const STAFF_PAGES = ['search', 'note', 'team', 'shop', 'devices'] as const
export type StaffPage = (typeof STAFF_PAGES)[number]
