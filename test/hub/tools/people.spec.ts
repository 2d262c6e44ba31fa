import { afterEach, expect, it } from 'vitest'
import { runPeople } from '#hub/tools/people.ts'
import { connect, MANAGER_PERSON, pairTestDevice, signIn, startTestHub, type TestHub } from '../test-hub.ts'

let hub: TestHub
afterEach(() => hub.remove())

it('lets the only manager back in who forgot the password, beside a running hub: once, audited', async () => {
  hub = await startTestHub()
  const [said, complained]: [string[], string[]] = [[], []]
  const run = (...args: readonly string[]): number => runPeople([...args, '--data', hub.folder], (line) => said.push(line), (line) => complained.push(line))
  expect(run('list')).toBe(0)
  expect(said.splice(0)[0]).toContain('Nobody yet')
  const link = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  const { session } = await signIn(hub, link)
  expect([run('reset', 'Eva'), run('reset'), run('loose'), run('add', '<b>')]).toEqual([2, 2, 2, 2])
  expect(complained.splice(0)).toEqual(['nobody here is called "Eva": npm run people -- list', ...Array.from({ length: 2 }, () => 'what is to be done? npm run people -- list | reset NAME | add NAME'), '"<b>" cannot be added: that is no name'])
  expect([run('reset', 'ada', 'BERG'), run('list')]).toEqual([0, 0])
  const code = /: ([0-9A-Z]{4}-[0-9A-Z]{4})$/.exec(said[0]!)![1]!
  expect(said.slice(2)).toEqual(['Ada Berg (manager)'])
  const chosen = { name: MANAGER_PERSON.name, code, password: 'fünf Birnen im Wind' }
  expect(await link.ask('session.recover', chosen)).toMatchObject({ ok: true, value: { type: 'open', role: 'manager' } })
  expect(await link.ask('session.recover', chosen)).toMatchObject({ ok: true, value: { type: 'wrong' } })
  expect(await link.ask('session.resume', { session })).toMatchObject({ ok: true, value: { type: 'ended' } })
  const { value } = (await link.ask('audit.list', { limit: 20 })) as { readonly value: { readonly entries: readonly { readonly who: string; readonly what: string }[] } }
  expect(value.entries.filter(({ who }) => who === 'console').map(({ what }) => what)).toEqual(['person.code', 'person.added', 'device.paired'])
  expect(run('add', 'Ben', 'Cordes', '--manager')).toBe(0)
  link.close()
})
