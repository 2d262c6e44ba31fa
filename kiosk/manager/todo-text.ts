/** Words of what there is to do. */
import { defineTexts } from '../lib/i18n/texts.ts'

export const todoText = defineTexts({
  de: {
    title: 'Was zu tun ist',
    nothing: 'Nichts steht an.',
    old: (moment: string, age: string) => `Stand ${moment}, ${age}`,
    wholeStore: 'Im ganzen Markt',
    drop: (place: string, share: string, usual: string) => `${place}: schlechter als üblich, ${share} statt ${usual} von 100 zufrieden`,
    rise: (place: string, share: string, usual: string) => `${place}: besser als üblich, ${share} statt ${usual} von 100 zufrieden`,
    few: (place: string) => `${place}: weniger Antworten als üblich`,
    silent: (device: string) => `${device} schweigt`,
    alarms: (n: number) => (n === 1 ? 'Eine weitere Auffälligkeit' : `${n} weitere Auffälligkeiten`),
    overdue: (n: number) => (n === 1 ? 'Ein Fall ist überfällig' : `${n} Fälle sind überfällig`),
    today: (n: number) => (n === 1 ? 'Ein Fall ist heute fällig' : `${n} Fälle sind heute fällig`),
    ready: (n: number) => (n === 1 ? 'Eine Verbesserung hat ihre Zahlen' : `${n} Verbesserungen haben ihre Zahlen`),
    due: (title: string, when: string) => `${title}, fällig ${when}`,
  },
  en: {
    title: 'What to do',
    nothing: 'Nothing is due.',
    old: (moment: string, age: string) => `As of ${moment}, ${age}`,
    wholeStore: 'In the whole store',
    drop: (place: string, share: string, usual: string) => `${place}: worse than usual, ${share} instead of ${usual} in 100 satisfied`,
    rise: (place: string, share: string, usual: string) => `${place}: better than usual, ${share} instead of ${usual} in 100 satisfied`,
    few: (place: string) => `${place}: fewer answers than usual`,
    silent: (device: string) => `${device} is silent`,
    alarms: (n: number) => (n === 1 ? 'One more alarm' : `${n} more alarms`),
    overdue: (n: number) => (n === 1 ? 'One case is overdue' : `${n} cases are overdue`),
    today: (n: number) => (n === 1 ? 'One case is due today' : `${n} cases are due today`),
    ready: (n: number) => (n === 1 ? 'One improvement has its numbers' : `${n} improvements have their numbers`),
    due: (title: string, when: string) => `${title}, due ${when}`,
  },
})
