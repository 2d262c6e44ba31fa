/** Words of the receipt: beside its code on the kiosk, and on the shopper's phone. */
import { defineTexts } from './texts.ts'

export const receiptText = defineTexts({
  de: {
    title: 'Ihr Beleg',
    what: 'Sehen, was daraus wird. Löschen, wenn Sie wollen. Ohne Name, ohne Konto.',
    scan: 'Mit dem Handy scannen oder fotografieren.',
    qrLabel: (domain: string) => `QR-Code des Belegs, öffnet ${domain}`,
    codeLabel: 'Code des Belegs',
  },
  en: {
    title: 'Your receipt',
    what: 'See what becomes of it. Erase it if you like. No name, no account.',
    scan: 'Scan it with your phone, or take a picture.',
    qrLabel: (domain: string) => `QR code of the receipt, opens ${domain}`,
    codeLabel: 'Code of the receipt',
  },
})
