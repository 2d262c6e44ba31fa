/**
 * The role table as data: which devices may send an event, whether a person has to be signed in on that very connection, and whether the password has to be fresh.
 * The hub's guard, the screens and the table's test are all made from it; what is not listed does not exist.
 */
import type { PersonRole } from '../devices/person.ts'
import { ROLES, type Role } from '../devices/role.ts'
import type { GuardedEvent } from './guard.ts'

/** `fresh`: the person gave their password on this session within the last minutes. */
export type EventRule = { readonly devices: readonly Role[]; readonly person: 'none' | PersonRole; readonly fresh: boolean }

/** Who asks: the device as paired, what the person signed in may do at it (null: nobody is), and whether the password is fresh. */
export type Asking = { readonly device: Role; readonly person: PersonRole | null; readonly fresh: boolean }

const WITH_PEOPLE: readonly Role[] = ['staff', 'manager']
/** What a device does by itself, with or without anybody before it. */
const DEVICE: EventRule = { devices: ROLES, person: 'none', fresh: false }
/** How a person becomes known. */
const DOOR: EventRule = { devices: WITH_PEOPLE, person: 'none', fresh: false }
const STAFF: EventRule = { devices: WITH_PEOPLE, person: 'staff', fresh: false }
const MANAGER: EventRule = { devices: ['manager'], person: 'manager', fresh: false }
const FRESH_MANAGER: EventRule = { ...MANAGER, fresh: true }

/**
 * Own data for every device, offers and quotes for staff, feedback, devices and people for managers. What cannot be taken back, or opens the store to others, needs a fresh password.
 * Staff may leave an offer to the checkout, which never shows a wrong price; only a manager has it computed again.
 * What a device is for and what stands beside an article are published without it: both can be taken back, and open nothing to anybody.
 */
export const EVENT_RULES: { readonly [E in GuardedEvent]: EventRule } = {
  hello: DEVICE,
  push: DEVICE,
  pull: DEVICE,
  time: DEVICE,
  report: DEVICE,
  'allotments.exchange': DEVICE,
  'quote.lookup': STAFF,
  'basket.fetch': DEVICE,
  'offers.check': STAFF,
  'offers.review': MANAGER,
  'parity.read': STAFF,
  'parity.alarm': STAFF,
  'parity.vector': MANAGER,
  'parity.close': MANAGER,
  'offer.leave': STAFF,
  'offer.lift': FRESH_MANAGER,
  'devices.list': STAFF,
  'seals.read': STAFF,
  'hub.health': STAFF,
  'hub.redrive': FRESH_MANAGER,
  'feedback.list': MANAGER,
  'feedback.contacts': MANAGER,
  'feedback.watch': MANAGER,
  'feedback.gone': MANAGER,
  'receipt.read': MANAGER,
  'receipt.move': MANAGER,
  'receipt.reply': MANAGER,
  'insights.read': MANAGER,
  'funnel.read': MANAGER,
  'alarms.read': MANAGER,
  'alarms.set': MANAGER,
  'alarms.accept': MANAGER,
  'cases.read': MANAGER,
  'cases.mine': STAFF,
  'cases.todo': MANAGER,
  'cases.open': MANAGER,
  'cases.change': MANAGER,
  'cases.step': STAFF,
  'cases.team': MANAGER,
  'cases.join': MANAGER,
  'improvements.read': MANAGER,
  'improvements.need': MANAGER,
  'improvements.plan': MANAGER,
  'improvements.close': MANAGER,
  'improvements.stop': MANAGER,
  'improvements.tell': MANAGER,
  'improvements.publish': FRESH_MANAGER,
  'voice.channels': MANAGER,
  'voice.rates': MANAGER,
  'voice.fold': MANAGER,
  'voice.signs': MANAGER,
  'voice.sign': MANAGER,
  'voice.revoke': FRESH_MANAGER,
  'device.code': FRESH_MANAGER,
  'device.revoke': FRESH_MANAGER,
  'pairing.list': MANAGER,
  'pairing.decide': MANAGER,
  'profile.save': MANAGER,
  'session.people': DOOR,
  'session.first': { ...DOOR, devices: ['manager'] },
  'session.open': DOOR,
  'session.pin': { ...DOOR, devices: ['staff'] },
  'session.recover': DOOR,
  'session.resume': DOOR,
  'session.close': DOOR,
  'session.touch': STAFF,
  'session.mine': STAFF,
  'session.end': STAFF,
  'session.confirm': STAFF,
  'people.password': STAFF,
  'people.pin': { ...STAFF, fresh: true },
  'people.list': FRESH_MANAGER,
  'people.add': FRESH_MANAGER,
  'people.change': FRESH_MANAGER,
  'people.code': FRESH_MANAGER,
  'people.remove': FRESH_MANAGER,
  'audit.list': FRESH_MANAGER,
  'privacy.read': MANAGER,
  'privacy.set': FRESH_MANAGER,
  'feedback.export': FRESH_MANAGER,
  'bought.read': MANAGER,
  'bought.article': MANAGER,
  'bought.preview': MANAGER,
  'bought.save': MANAGER,
  'bought.compute': MANAGER,
  'figures.overview': MANAGER,
  'figures.trend': MANAGER,
  'figures.weekMap': MANAGER,
  'figures.compare': MANAGER,
  'figures.drivers': MANAGER,
  'figures.topics': MANAGER,
  'figures.words': MANAGER,
  'figures.spend': MANAGER,
  'figures.choices': MANAGER,
  'surveys.list': MANAGER,
  'surveys.read': MANAGER,
  'surveys.check': MANAGER,
  'surveys.save': MANAGER,
  'surveys.back': MANAGER,
  'surveys.publish': FRESH_MANAGER,
  'surveys.rest': FRESH_MANAGER,
  'surveys.question': FRESH_MANAGER,
  'surveys.place': FRESH_MANAGER,
  'share.read': MANAGER,
  'share.token': FRESH_MANAGER,
  'share.board': FRESH_MANAGER,
  'share.revoke': FRESH_MANAGER,
  'share.voice': FRESH_MANAGER,
  'share.receiver': FRESH_MANAGER,
  'share.rotate': FRESH_MANAGER,
  'share.end': FRESH_MANAGER,
  'share.deliveries': MANAGER,
  'share.again': MANAGER,
  'share.letter': MANAGER,
  'share.table': FRESH_MANAGER,
}

/**
 * The other door: who may use each route over HTTP. Nobody is signed in there and no person acts there, so nothing that a browser sends along by itself means anything.
 * `anybody`: within limits, whoever holds what the body has to hold: a code, a ticket, a receipt. `device`: proves itself in the body. `machine`: a token of the configuration. `token`: one that a manager made, for what it was made for. `shop`: signs the body.
 */
export const ROUTE_RULES = {
  'POST /api/pair': 'anybody',
  'POST /api/pair/wait': 'anybody',
  'POST /api/pair/answer': 'anybody',
  'POST /api/pair-again': 'device',
  'GET /api/store': 'anybody',
  'POST /api/handoff/open': 'anybody',
  'POST /api/handoff/price': 'anybody',
  'POST /api/handoff/shop': 'anybody',
  'POST /api/handoff/to-kiosk': 'anybody',
  'POST /api/baskets': 'anybody',
  'POST /api/orders': 'anybody',
  'POST /api/feedback/open': 'anybody',
  'POST /api/feedback/answer': 'anybody',
  'POST /api/v1/feedback': 'token',
  'POST /api/receipt/open': 'anybody',
  'POST /api/receipt/answer': 'anybody',
  'POST /api/receipt/erase': 'anybody',
  'POST /api/violations': 'anybody',
  'GET /api/v1/openapi.json': 'anybody',
  'GET /api/v1/docs': 'anybody',
  'GET /api/v1/docs.css': 'anybody',
  'GET /api/v1/health': 'token',
  'GET /api/v1/figures': 'token',
  'GET /api/v1/feedback': 'token',
  'GET /api/v1/figures/trend': 'token',
  'GET /api/v1/figures/compare': 'token',
  'GET /api/v1/alarms': 'token',
  'GET /api/v1/cases': 'token',
  'GET /api/v1/touchpoints': 'token',
  'GET /api/v1/surveys': 'token',
  'GET /api/v1/letters': 'token',
  'GET /api/v1/letter': 'token',
  'GET /api/v1/export': 'token',
  'GET /api/v1/board': 'token',
  'GET /metrics': 'machine',
  'POST /shop/webhook': 'shop',
} as const satisfies { readonly [route: `${'GET' | 'POST'} /${string}`]: 'anybody' | 'device' | 'machine' | 'token' | 'shop' }

/** Whether there may be such a route at all. */
export const isRouteListed = (route: string): boolean => Object.hasOwn(ROUTE_RULES, route)

/**
 * Why an event is refused to whoever asks; null if it is not.
 * Errors  `forbidden`: neither this device nor this person ever may; `person`: somebody has to sign in; `fresh`: their password is asked for once more.
 */
export const refusalOf = (rule: EventRule, asking: Asking): 'forbidden' | 'person' | 'fresh' | null => {
  if (!rule.devices.includes(asking.device)) return 'forbidden'
  if (rule.person === 'none') return null
  if (asking.person === null) return 'person'
  if (rule.person === 'manager' && asking.person !== 'manager') return 'forbidden'
  return rule.fresh && !asking.fresh ? 'fresh' : null
}

/** Whether screens offer something at all: now, or once the password is given again. */
export const mayAsk = (event: GuardedEvent, device: Role, person: PersonRole | null): boolean => refusalOf(EVENT_RULES[event], { device, person, fresh: true }) === null

/** Whether the password has to be asked for before an event is sent. */
export const needsFresh = (event: GuardedEvent): boolean => EVENT_RULES[event].fresh
