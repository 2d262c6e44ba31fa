/** Words for the first start of a device. */
import { defineTexts } from './texts.ts'

export const pairingText = defineTexts({
  de: {
    title: 'Gerät anmelden',
    hint: 'Den Code zeigt der Rechner im Markt oder die Marktleitung.',
    codeLabel: 'Anmelde-Code',
    pair: 'Anmelden',
    pairing: 'wird angemeldet',
    ready: 'Bereit',
    readyHint: (name: string) => `Dieses Gerät heißt jetzt „${name}“.`,
    CodeWrong: 'Dieser Code gilt nicht. Vergleichen Sie jedes Zeichen. Nach einem Neustart des Rechners im Markt gilt ein neuer.',
    CodeExpired: 'Dieser Code ist abgelaufen. Bitte lassen Sie sich einen neuen geben.',
    CodeUsed: 'Mit diesem Code wurde schon ein Gerät angemeldet. Bitte lassen Sie sich einen neuen geben.',
    TooManyTries: 'Zu viele Versuche. Bitte lassen Sie sich einen neuen Code geben.',
    HubUnreachable: 'Der Rechner im Markt antwortet nicht. Prüfen Sie das Netz und versuchen Sie es noch einmal.',
    StorageFailed: 'Dieses Gerät kann nichts speichern. Prüfen Sie den freien Speicher und den privaten Modus.',
  },
  en: {
    title: 'Pair this device',
    hint: 'The computer in the store or the store manager shows the code.',
    codeLabel: 'Pairing code',
    pair: 'Pair',
    pairing: 'pairing',
    ready: 'Ready',
    readyHint: (name: string) => `This device is now called “${name}”.`,
    CodeWrong: 'This code is not valid. Compare every character. After a restart of the computer in the store there is a new one.',
    CodeExpired: 'This code has expired. Please ask for a new one.',
    CodeUsed: 'This code has already paired a device. Please ask for a new one.',
    TooManyTries: 'Too many tries. Please ask for a new code.',
    HubUnreachable: 'The computer in the store does not answer. Check the network and try again.',
    StorageFailed: 'This device cannot save anything. Check its free storage and private mode.',
  },
})
