/** Words around one voice in the stream: the way it came, whether it is whole, what is folded away. */
import { defineTexts } from '../../i18n/texts.ts'
import type { Channel } from '#shared/feedback/channel.ts'
import type { Hidden } from '#shared/feedback/hidden.ts'
import type { MisuseFlag } from '#shared/feedback/misuse.ts'

type Ways = { readonly [C in Channel]: string }
type Signs = { readonly [F in MisuseFlag]: string }
type Why = { readonly [H in Exclude<Hidden, 'shown'>]: string }

export const voiceText = defineTexts({
  de: {
    ways: { kiosk: 'am Kiosk', staff: 'im Gespräch', phone: 'am eigenen Handy', shop: 'im Online-Shop', import: 'eingelesen' } satisfies Ways as Ways,
    signs: { 'too-fast': 'auffällig schnell', burst: 'auffällig viele auf einmal', play: 'sieht nach Spiel aus', 'best-run': 'lauter Bestnoten außerhalb der Öffnung', 'off-baseline': 'Tag weit über dem Üblichen dieses Geräts' } satisfies Signs as Signs,
    partial: (n: number) => (n === 1 ? 'unvollständig, eine Frage offen' : `unvollständig, ${n} Fragen offen`),
    folded: { insult: 'Kommentar eingeklappt: Beleidigung', spam: 'Kommentar eingeklappt: Werbung oder Tastenspiel', person: 'Kommentar von Hand eingeklappt' } satisfies Why as Why,
    show: 'Anzeigen',
    hide: 'Verbergen',
    putBack: 'Wieder zeigen',
    fold: 'Einklappen',
    failed: 'Das hat nicht geklappt.',
    count: (n: number) => (n === 1 ? 'Ein Kommentar ist eingeklappt. Er zählt wie jeder andere.' : `${n} Kommentare sind eingeklappt. Sie zählen wie alle anderen.`),
    showAll: 'Alle anzeigen',
    hideAll: 'Wieder einklappen',
  },
  en: {
    ways: { kiosk: 'at the kiosk', staff: 'in a conversation', phone: 'on their own phone', shop: 'in the web shop', import: 'imported' } satisfies Ways as Ways,
    signs: { 'too-fast': 'suspiciously fast', burst: 'suspiciously many at once', play: 'looks like play', 'best-run': 'a run of best marks outside opening hours', 'off-baseline': 'a day far above what is usual on this device' } satisfies Signs as Signs,
    partial: (n: number) => (n === 1 ? 'incomplete, one question open' : `incomplete, ${n} questions open`),
    folded: { insult: 'Comment folded away: insult', spam: 'Comment folded away: advertising or keys at random', person: 'Comment folded away by hand' } satisfies Why as Why,
    show: 'Show',
    hide: 'Hide',
    putBack: 'Show for good',
    fold: 'Fold away',
    failed: 'That did not work.',
    count: (n: number) => (n === 1 ? 'One comment is folded away. It counts like any other.' : `${n} comments are folded away. They count like all others.`),
    showAll: 'Show all',
    hideAll: 'Fold away again',
  },
})
