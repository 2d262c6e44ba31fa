/**
 * Who may do what, written by hand and compared with the hub: not made from the table that the hub is made from.
 * Columns: a kiosk · a staff tablet with nobody, a staff person, a manager · a manager's device with nobody, a staff person, a manager.
 * y: answered · F: answered while the password is fresh · p: somebody has to sign in · -: never.
 */
import type { GuardedEvent } from '#shared/protocol/guard.ts'

export const ASKERS = ['kiosk', 'tablet', 'tablet+staff', 'tablet+manager', 'office', 'office+staff', 'office+manager'] as const
export type Asker = (typeof ASKERS)[number]
export type Cell = 'y' | 'F' | 'p' | '-'

export const TABLE: { readonly [E in GuardedEvent]: string } = {
  hello: 'y yyy yyy',
  push: 'y yyy yyy',
  pull: 'y yyy yyy',
  time: 'y yyy yyy',
  report: 'y yyy yyy',
  'allotments.exchange': 'y yyy yyy',
  'basket.fetch': 'y yyy yyy',
  'quote.lookup': '- pyy pyy',
  'offers.check': '- pyy pyy',
  'offers.review': '- --- p-y',
  'parity.read': '- pyy pyy',
  'parity.alarm': '- pyy pyy',
  'parity.vector': '- --- p-y',
  'parity.close': '- --- p-y',
  'offer.leave': '- pyy pyy',
  'offer.lift': '- --- p-F',
  'devices.list': '- pyy pyy',
  'seals.read': '- pyy pyy',
  'hub.health': '- pyy pyy',
  'hub.redrive': '- --- p-F',
  'feedback.list': '- --- p-y',
  'feedback.contacts': '- --- p-y',
  'feedback.watch': '- --- p-y',
  'feedback.gone': '- --- p-y',
  'feedback.export': '- --- p-F',
  'receipt.read': '- --- p-y',
  'receipt.move': '- --- p-y',
  'receipt.reply': '- --- p-y',
  'insights.read': '- --- p-y',
  'funnel.read': '- --- p-y',
  'device.code': '- --- p-F',
  'device.revoke': '- --- p-F',
  'pairing.list': '- --- p-y',
  'pairing.decide': '- --- p-y',
  'profile.save': '- --- p-y',
  'audit.list': '- --- p-F',
  'privacy.read': '- --- p-y',
  'privacy.set': '- --- p-F',
  'share.read': '- --- p-y',
  'share.token': '- --- p-F',
  'share.board': '- --- p-F',
  'share.revoke': '- --- p-F',
  'share.voice': '- --- p-y',
  'share.receiver': '- --- p-F',
  'share.rotate': '- --- p-F',
  'share.end': '- --- p-F',
  'share.deliveries': '- --- p-y',
  'share.again': '- --- p-y',
  'share.letter': '- --- p-y',
  'share.table': '- --- p-F',
  'session.people': '- yyy yyy',
  // On a manager's device as long as there is no manager: here there is one.
  'session.first': '- --- ---',
  'session.open': '- yyy yyy',
  'session.pin': '- yyy ---',
  'session.recover': '- yyy yyy',
  'session.resume': '- yyy yyy',
  'session.close': '- yyy yyy',
  'session.touch': '- pyy pyy',
  'session.mine': '- pyy pyy',
  'session.end': '- pyy pyy',
  'session.confirm': '- pyy pyy',
  'people.password': '- pyy pyy',
  'people.pin': '- pFF pFF',
  'people.list': '- --- p-F',
  'people.add': '- --- p-F',
  'people.change': '- --- p-F',
  'people.code': '- --- p-F',
  'people.remove': '- --- p-F',
}

export const cellOf = (event: GuardedEvent, asker: Asker): Cell => TABLE[event].replaceAll(' ', '')[ASKERS.indexOf(asker)] as Cell
