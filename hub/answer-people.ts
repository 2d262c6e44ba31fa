/** What the hub answers to people: signing in, and keeping the list of them. */
import { documentsToStore } from '#shared/protocol/documents.ts'
import { ok } from '#shared/kernel/result.ts'
import type { PeopleCalls } from '#shared/protocol/people.ts'
import type { AnswerParts } from './answer-parts.ts'
import type { Caller } from './ports/caller.ts'
import type { CallHandlers } from './transport/socket/handlers.ts'
import { changePassword, changePin, makeFirstManager, recoverByCode, type ChooseParts } from './use-cases/people/choose-password.ts'
import { addPerson, changePerson, codeForPerson, listPeople, removePerson, type Acting } from './use-cases/people/keep-people.ts'
import { closeSession, confirmPassword, endOwnSession, ownSessions, peopleHere, resumeSession, signInByPassword, signInByPin, touchSession } from './use-cases/people/sign-in.ts'

export const peopleParts = ({ data, sessions, passwords, clock, random }: AnswerParts): ChooseParts => ({
  ...data,
  sessions,
  passwords,
  clock,
  random,
  storeName: () => {
    const store = documentsToStore(data.documents.current()?.items ?? {})
    return store.ok ? store.value.name : ''
  },
})

export const peopleHandlers = (answer: AnswerParts): Pick<CallHandlers, keyof PeopleCalls> => {
  const parts = peopleParts(answer)
  return {
    'session.people': peopleHere(parts),
    'session.first': makeFirstManager(parts),
    'session.open': signInByPassword(parts),
    'session.pin': signInByPin(parts),
    'session.recover': recoverByCode(parts),
    'session.resume': resumeSession(parts),
    'session.close': closeSession(parts),
    'session.touch': touchSession(parts),
    'session.mine': ownSessions(parts),
    'session.end': endOwnSession(parts),
    'session.confirm': confirmPassword(parts),
    'people.password': changePassword(parts),
    'people.pin': changePin(parts),
    'people.list': () => ok(listPeople(parts)),
    'people.add': (wish, caller) => ok(addPerson(parts, wish, by(caller))),
    'people.change': (wish, caller) => changePerson(parts, wish, by(caller)),
    'people.code': ({ person }, caller) => codeForPerson(parts, person, by(caller)),
    'people.remove': ({ person }, caller) => removePerson(parts, person, by(caller)),
  }
}

/** The table lets nobody without a person come so far. */
const by = ({ dev, person }: Caller): Acting => ({ who: person!.id, device: dev })
