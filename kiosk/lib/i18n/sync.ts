/** What stands beside the mark: how far the device and its hub agree. */
import { defineTexts } from './texts.ts'

export const syncText = defineTexts({
  de: {
    saved: (at: string) => `gesichert um ${at}`,
    savedOn: (day: string, at: string) => `gesichert am ${day} um ${at}`,
    ready: 'verbunden',
    connecting: 'verbindet sich',
    offline: 'ohne Verbindung, alles funktioniert',
    entriesWaiting: (n: number) => (n === 1 ? '1 Eintrag wartet auf die Verbindung' : `${n} Einträge warten auf die Verbindung`),
    sending: (n: number) => (n === 1 ? '1 Eintrag wird gesichert' : `${n} Einträge werden gesichert`),
    frozen: 'Speicher voll, bitte Personal rufen',
    lowSpace: 'Speicher wird knapp, bitte Personal rufen',
    needsUpdate: 'neue Version wird geholt, alles bleibt gespeichert',
    revoked: 'abgemeldet, bitte Personal rufen',
    unpaired: 'noch nicht angemeldet',
  },
  en: {
    saved: (at: string) => `saved at ${at}`,
    savedOn: (day: string, at: string) => `saved on ${day} at ${at}`,
    ready: 'connected',
    connecting: 'connecting',
    offline: 'no connection, everything works',
    entriesWaiting: (n: number) => (n === 1 ? '1 entry is waiting for the connection' : `${n} entries are waiting for the connection`),
    sending: (n: number) => (n === 1 ? '1 entry is being saved' : `${n} entries are being saved`),
    frozen: 'storage full, please call staff',
    lowSpace: 'storage is running low, please call staff',
    needsUpdate: 'fetching a new version, everything stays saved',
    revoked: 'signed out, please call staff',
    unpaired: 'not paired yet',
  },
})
