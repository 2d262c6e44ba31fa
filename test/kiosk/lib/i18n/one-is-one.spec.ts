import { describe, expect, it } from 'vitest'
import { alarmsText } from '#kiosk/lib/features/acting/alarms-text.ts'
import { improvementsText } from '#kiosk/lib/features/acting/improvements-text.ts'
import { healthText } from '#kiosk/lib/features/health/health-text.ts'
import { funnelText } from '#kiosk/lib/features/insights/funnel-text.ts'
import { wordsText } from '#kiosk/lib/features/insights/explore/words-text.ts'
import { listeningText } from '#kiosk/lib/features/listening/listening-text.ts'
import { auditText } from '#kiosk/lib/features/privacy/audit-text.ts'
import { shareText } from '#kiosk/lib/features/sharing/share-text.ts'

/** The first days of a store have one of everything. */
describe('one thing is spoken of as one', () => {
  const said = (language: 'de' | 'en', one: string, n: number): readonly string[] => {
    const listening = listeningText[language].usual
    const improvements = improvementsText[language].usual
    const share = shareText[language].usual
    return [
      listening.whole(one, '0'), listening.count(one), listening.notJudged(one), listening.words(one, '0'), listening.loose(one),
      improvements.hidden(one), improvements.lacking(one), improvements.needs('40', one), alarmsText[language].usual.days(one),
      wordsText[language].usual.lead(one, '0'), funnelText[language].usual.untold(one), auditText[language].usual.whole(n, '14:05'), share.saved(n), share.chosen(n),
      healthText[language].usual.restoredSalvaged(one),
    ]
  }
  const PLURAL = /(?<!\d)1 (?:Antworten|Kommentare|Stimmen|Tagen?|Wochen|Zeilen|Besuche|Meldungen|(?:more )?answers|comments|days|weeks|rows|visits|messages)/

  it.each(['de', 'en'] as const)('in %s', (language) => {
    expect(said(language, '1', 1).filter((words) => PLURAL.test(words))).toEqual([])
    expect(said(language, '21', 21).filter((words) => /21 (?:Antwort|Kommentar|Stimme|Woche|Zeile|Besuch|Meldung|answer|comment|day|week|row|visit|message)\b/u.test(words))).toEqual([])
  })

  it('as somebody would say it', () => {
    expect([listeningText.de.usual.whole('1', '0'), improvementsText.de.usual.lacking('1'), auditText.de.usual.whole(1, '22.11.2026, 14:05'), shareText.de.usual.chosen(0)]).toEqual([
      '1 Antwort, 0 davon unvollständig',
      'Es fehlt noch 1 Antwort, bevor etwas gesagt werden kann.',
      '1 Zeile, jede wie geschrieben. Geprüft 22.11.2026, 14:05.',
      'Noch steht keine Stimme auf der Tafel.',
    ])
  })
})
