/** Cases, patterns and improvements in memory. */
import type { ActingChoices, CaseStore, Improvement } from '#hub/ports/case-store.ts'
import type { Case } from '#shared/cx/case.ts'
import type { Pattern } from '#shared/cx/pattern.ts'
import type { Team } from '#shared/cx/team.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** `sourceOf` as the port has it: responses are held elsewhere. */
export const memoryCaseStore = (sourceOf: CaseStore['sourceOf'] = () => null): CaseStore => ({ sourceOf, ...keepingCases(), ...keepingPatterns(), ...keepingImprovements(), ...keepingChoices() })

/** What is given a number, under a name of its own. */
const numbered = <T extends { readonly id: number }>() => {
  const all = new Map<string, T>()
  const add = (made: Omit<T, 'id'>, key: string): T => {
    if (all.has(key)) throw new Error(`there is one of the name ${key} already`)
    const one = structuredClone({ ...made, id: all.size + 1 }) as unknown as T
    all.set(key, one)
    return one
  }
  const replace = (changed: T): void => {
    for (const [key, { id }] of all) if (id === changed.id) all.set(key, structuredClone(changed))
  }
  return { add, replace, ofKey: (key: string): T | null => all.get(key) ?? null, oldestFirst: (): readonly T[] => [...all.values()] }
}

const keepingCases = (): Pick<CaseStore, 'cases' | 'case' | 'openOfResponse' | 'ofAlarms' | 'ofKey' | 'open' | 'save' | 'escalated'> => {
  const kept = numbered<Case>()
  return {
    cases: (closedSince) =>
      kept.oldestFirst().filter(({ closedAt, pattern }) => closedAt === null || closedAt >= closedSince || pattern !== null).toSorted((a, b) => b.openedAt - a.openedAt || b.id - a.id),
    case: (id) => kept.oldestFirst().find((one) => one.id === id) ?? null,
    openOfResponse: (response) => kept.oldestFirst().find(({ origin, closedAt }) => closedAt === null && origin.type === 'response' && origin.response === response) ?? null,
    ofAlarms: (alarms) => new Map(kept.oldestFirst().toReversed().flatMap(({ id, origin }) => (origin.type === 'alarm' && alarms.includes(origin.alarm) ? [[origin.alarm, id] as const] : []))),
    ofKey: kept.ofKey,
    open: kept.add,
    save: kept.replace,
    escalated: () => kept.oldestFirst().filter(({ steps }) => steps.some(({ what }) => what === 'overdue')).length,
  }
}

const keepingPatterns = (): Pick<CaseStore, 'patterns' | 'addPattern'> => {
  const kept = numbered<Pattern>()
  return { patterns: () => kept.oldestFirst().toReversed(), addPattern: (made, key) => kept.ofKey(key) ?? kept.add(made, key) }
}

const keepingImprovements = (): Pick<CaseStore, 'improvements' | 'improvementOfKey' | 'plan' | 'saveImprovement'> => {
  const kept = numbered<Improvement>()
  return {
    improvements: () => kept.oldestFirst().toReversed(),
    improvementOfKey: kept.ofKey,
    plan: (made, key) => kept.add({ ...made, endedAt: null, ending: null, note: '', result: null, told: null }, key),
    saveImprovement: ({ id, endedAt, ending, note, result, told }) => {
      const planned = kept.oldestFirst().find((one) => one.id === id)
      if (planned) kept.replace({ ...planned, endedAt, ending, note, result, told })
    },
  }
}

const keepingChoices = (): Pick<CaseStore, 'teams' | 'setTeam' | 'choices' | 'choose' | 'wallPublishedAt' | 'noteWallPublished'> => {
  const teams = new Map<string, Team>()
  let choices: ActingChoices = {}
  let published: Millis | null = null
  return {
    teams: () => new Map(teams),
    setTeam: (person, team) => void teams.set(person, team),
    choices: () => choices,
    choose: (chosen) => void (choices = structuredClone(chosen)),
    wallPublishedAt: () => published,
    noteWallPublished: (at) => void (published = at),
  }
}
