import { describe, expect, it } from 'vitest'
import { outcomeWords } from '#kiosk/lib/features/people/outcome-words.ts'
import { signInText } from '#kiosk/lib/features/people/sign-in-text.ts'
import { formatTime } from '#kiosk/lib/i18n/format.ts'
import type { SignInOutcome } from '#kiosk/lib/state/people.svelte.ts'

const NOW = Date.UTC(2026, 10, 24, 13, 20, 20)
const MINUTE = 60_000
const said = (outcome: SignInOutcome, kind: 'pin' | 'password' = 'pin', language: 'de' | 'en' = 'de'): string | null =>
  outcomeWords(outcome, signInText[language].usual, { kind, now: NOW, time: (at) => formatTime(at, language, 'Europe/Berlin') })

describe('what came of a sign-in is one clear sentence', () => {
  it.each([
    [{ type: 'in' }, null],
    [{ type: 'wrong', left: 4 }, 'Diese Anmeldung stimmt nicht.'],
    [{ type: 'wrong', left: 3 }, 'Diese Anmeldung stimmt nicht. Sie haben noch 3 Versuche.'],
    [{ type: 'wrong', left: 1 }, 'Diese Anmeldung stimmt nicht. Sie haben noch einen Versuch.'],
    [{ type: 'locked', until: null }, 'Zu viele Versuche. Bitte melden Sie sich jetzt mit dem Passwort an.'],
    [{ type: 'locked', until: NOW + 15 * MINUTE }, 'Zu viele Versuche. Die PIN gilt wieder ab 14:36 Uhr. Mit dem Passwort geht es sofort.'],
    [{ type: 'offline-locked', forMs: 15 * MINUTE }, 'Zu viele Versuche. Ohne Verbindung gilt die PIN wieder ab 14:36 Uhr. Mit Verbindung geht es sofort mit dem Passwort.'],
    [{ type: 'busy' }, 'Gerade melden sich viele an. Bitte versuchen Sie es in einigen Sekunden noch einmal.'],
    [{ type: 'failed' }, 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.'],
  ] as const)('%j: %s', (outcome, words) => {
    expect(said(outcome)).toBe(words)
  })
  it('a locked password says from when it goes on: no minute too early', () => {
    expect(said({ type: 'locked', until: NOW + 15 * MINUTE }, 'password')).toBe('Zu viele Versuche. Ab 14:36 Uhr geht es weiter.')
    expect(said({ type: 'locked', until: NOW + 15 * MINUTE }, 'password', 'en')).toBe('Too many tries. It goes on at 14:36.')
  })
  it('that never tells which part was wrong', () => {
    for (const language of ['de', 'en'] as const) {
      for (const left of [0, 1, 2, 3, 4]) {
        expect(said({ type: 'wrong', left }, 'pin', language)).toBe(said({ type: 'wrong', left }, 'password', language))
        expect(said({ type: 'wrong', left }, 'pin', language)).not.toMatch(/PIN|Passwort|password|Name|name/)
      }
    }
  })
})
