import { describe, expect, it } from 'vitest'
import { DEMO_SURVEYS } from '#hub/shops/builtin/demo/demo-store.ts'
import type { Survey } from '#shared/feedback/survey.ts'
import { aboutPersons, personIn } from '#shared/privacy/about-persons.ts'

describe('a question about one person at work is told by its words', () => {
  it.each([
    ['Wie freundlich war Ihre Kassiererin?', 'Ihre Kassiererin'],
    ['Wie zufrieden waren Sie mit dem Mitarbeiter an der Theke?', 'dem Mitarbeiter'],
    ['War Ihr persönlicher Berater gut vorbereitet?', 'Ihr persönlicher Berater'],
    ['Wie war der Marktleiter?', 'der Marktleiter'],
    ['Wie freundlich war die Bedienung?', 'die Bedienung'],
    ['Welcher Verkäufer hat Sie beraten?', 'Welcher Verkäufer'],
    ['Bewerten Sie unsere Mitarbeiter*in', 'Mitarbeiter*in'],
    ['Wer hat Sie bedient?', 'Wer hat'],
    ['Von wem wurden Sie beraten?', 'Von wem wurden'],
    ['Wie hieß die Person?', 'Wie hieß'],
    ['Was stand auf dem Namensschild?', 'Namensschild'],
    ['Bitte geben Sie die Kassennummer an.', 'Kassennummer'],
    ['How friendly was your cashier?', 'your cashier'],
    ['How was the sales assistant?', 'the sales assistant'],
    ['How helpful was the shop assistant?', 'the shop assistant'],
    ['Who served you today?', 'Who served'],
    ['Which employee helped you?', 'Which employee'],
    ['What was on the name tag?', 'name tag'],
  ])('%s → %s', (question, word) => {
    expect(personIn(question)).toBe(word)
  })
  it.each([
    'Wie freundlich war unser Team?',
    'Wie zufrieden waren Sie mit der Beratung?',
    'Wie war die Bedienung der Waage am Gerät?'.replace('die Bedienung', 'das Wiegen'),
    'Wie freundlich waren unsere Mitarbeitenden?',
    'Wie freundlich waren unsere Mitarbeiter?',
    'Wie zufrieden waren Sie mit der Freundlichkeit der Mitarbeiter?',
    'Wie lange haben Sie an der Kasse gewartet?',
    'Wie war Ihr Einkauf heute?',
    'Woran lag es?',
    'How friendly was our team?',
    'How friendly were our employees?',
    'How satisfied were you with the advice?',
    'How long did you wait at the till?',
  ])('%s is about the team or the place', (question) => {
    expect(personIn(question)).toBeNull()
  })
  it('the questions of the demo store ask about nobody', () => {
    expect(DEMO_SURVEYS.flatMap(aboutPersons)).toEqual([])
  })
  it('options are read too, in both languages', () => {
    const text = (de: string, en: string) => ({ de, en })
    const survey: Survey = {
      id: 's',
      opening: { id: 'visit', kind: 'csat5', text: text('Wie war es?', 'How was it?') },
      followUps: [
        { id: 'why', kind: 'choice', text: text('Woran lag es?', 'Why?'), options: [{ id: 'a', text: text('Die Kassiererin', 'Service') }, { id: 'b', text: text('Preis', 'Price') }] },
        { id: 'who', kind: 'text', text: text('Noch etwas?', 'Who helped you?') },
      ],
      contact: false,
    }
    expect(aboutPersons(survey)).toEqual([{ survey: 's', question: 'why', word: 'Die Kassiererin' }, { survey: 's', question: 'who', word: 'Who helped' }])
  })
})
