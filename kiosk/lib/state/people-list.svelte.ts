/** The people of the store as a manager keeps them: asked for when somebody looks, kept nowhere. */
import type { Device } from '../sync/device.ts'
import type { PersonId, PersonRole } from '#shared/devices/person.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import type { PersonCode, PersonEntry, PersonRefused } from '#shared/protocol/people.ts'

/** `unconfirmed`: the password was not given. */
export type ListTrouble = 'unconfirmed' | 'offline' | 'failed'
export type PersonOutcome = { readonly type: 'done' } | PersonCode | PersonRefused | { readonly type: ListTrouble }

export class PeopleList {
  people = $state.raw<readonly PersonEntry[] | null>(null)
  trouble = $state<ListTrouble | null>(null)
  busy = $state(false)
  readonly #device: Pick<Device, 'call'>

  constructor(device: Pick<Device, 'call'>) {
    this.#device = device
  }

  async look(): Promise<void> {
    this.busy = true
    const reply = await this.#device.call('people.list', {})
    this.busy = false
    this.trouble = reply.ok ? null : troubleOf(reply.error)
    if (reply.ok) this.people = [...reply.value].sort((a, b) => Number(b.role === 'manager') - Number(a.role === 'manager') || a.name.localeCompare(b.name))
  }

  add(name: string, role: PersonRole): Promise<PersonOutcome> {
    return this.#act(() => this.#device.call('people.add', { name, role }))
  }

  change(person: PersonId, name: string, role: PersonRole): Promise<PersonOutcome> {
    return this.#act(() => this.#device.call('people.change', { person, name, role }))
  }

  newCode(person: PersonId): Promise<PersonOutcome> {
    return this.#act(() => this.#device.call('people.code', { person }))
  }

  remove(person: PersonId): Promise<PersonOutcome> {
    return this.#act(() => this.#device.call('people.remove', { person }))
  }

  async #act(call: () => ReturnType<Device['call']>): Promise<PersonOutcome> {
    this.busy = true
    const reply = await call()
    this.busy = false
    if (!reply.ok) return { type: troubleOf(reply.error) }
    await this.look()
    return reply.value as PersonOutcome
  }
}

const troubleOf = ({ code }: CallError): ListTrouble => (code === 'fresh' || code === 'person' ? 'unconfirmed' : code === 'offline' || code === 'timeout' ? 'offline' : 'failed')
