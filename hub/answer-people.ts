/** What the hub answers to people: signing in, and keeping the list of them. */
import { err } from '#shared/kernel/result.ts'
import type { PeopleCalls } from '#shared/protocol/people.ts'
import type { CallHandlers } from './transport/socket/handlers.ts'

export const peopleHandlers = (): Pick<CallHandlers, keyof PeopleCalls> => {
  // Until there are people nobody is found.
  const nobody = () => err({ code: 'not_found' } as const)
  return {
    'session.people': nobody,
    'session.first': nobody,
    'session.open': nobody,
    'session.pin': nobody,
    'session.recover': nobody,
    'session.resume': nobody,
    'session.close': nobody,
    'session.touch': nobody,
    'session.confirm': nobody,
    'people.password': nobody,
    'people.pin': nobody,
    'people.list': nobody,
    'people.add': nobody,
    'people.change': nobody,
    'people.code': nobody,
    'people.remove': nobody,
  }
}
