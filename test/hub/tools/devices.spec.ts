import { afterEach, expect, it } from 'vitest'
import { runDevices } from '#hub/tools/devices.ts'
import { connect, pairTestDevice, signIn, startTestHub, type TestHub } from '../test-hub.ts'

let hub: TestHub
afterEach(() => hub.remove())

it('gives a device another name beside a running hub, told at the next look and audited; not one that another bears, nor one that nobody can see', async () => {
  hub = await startTestHub()
  const [said, complained]: [string[], string[]] = [[], []]
  const run = (...args: readonly string[]): number => runDevices([...args, '--data', hub.folder], (line) => said.push(line), (line) => complained.push(line))
  expect([run('list'), said.splice(0)]).toEqual([0, ['No device is let in yet.']])
  const link = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  await signIn(hub, link)
  const kiosks = [await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk'), await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk')]
  const names = async (): Promise<readonly string[]> => ((await link.ask('devices.list', {})) as { readonly value: readonly { readonly name: string; readonly role: string }[] }).value.filter(({ role }) => role === 'kiosk').map(({ name }) => name)
  const [old] = await names()
  // Both are called as the test named them.
  expect([run('rename', old!, 'Eingang'), complained.splice(0)]).toEqual([2, [`several are called "${old}", name one by its id: ${kiosks.map(({ dev }) => dev).join(', ')}`]])
  expect([run('rename', kiosks[0]!.dev, '  Kiosk   3 '), said.splice(0)]).toEqual([0, [`"${old}" is called "Kiosk 3" now.`]])
  expect(await names()).toEqual(['Kiosk 3', old])
  expect([run('rename', 'Kiosk 3', old!), run('rename', 'Kiosk 3', ' '), run('rename', 'Kiosk 3', 'x'.repeat(61)), run('rename', 'Kiosk 3', 'a\u202eb'), run('rename', 'Kiosk 9', 'Neu'), run('rename', 'Kiosk 3'), run()]).toEqual([2, 2, 2, 2, 2, 2, 2])
  expect(complained.map((line) => line.slice(0, 40))).toEqual([
    `another device is called "${old}" already`.slice(0, 40),
    '" " is no name: 1 to 60 characters that ',
    `"${'x'.repeat(39)}`,
    '"a\u202eb" is no name: 1 to 60 characters tha',
    'no device that is let in is called "Kios',
    ...Array.from({ length: 2 }, () => 'what is to be done? npm run devices -- l'),
  ])
  expect([run('rename', 'Kiosk 3', 'Eingang'), run('list')]).toEqual([0, 0])
  expect(said.slice(1)).toEqual([expect.stringContaining('manager'), `${kiosks[0]!.dev}  kiosk    Eingang`, `${kiosks[1]!.dev}  kiosk    ${old}`])
  const { value } = (await link.ask('audit.list', { limit: 5 })) as { readonly value: { readonly entries: readonly { readonly who: string; readonly what: string; readonly object: string | null }[] } }
  expect(value.entries.slice(0, 2).map(({ who, what, object }) => [who, what, object])).toEqual([['console', 'device.profile', kiosks[0]!.dev], ['console', 'device.profile', kiosks[0]!.dev]])
  link.close()
})
