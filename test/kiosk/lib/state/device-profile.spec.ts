import { describe, expect, it } from 'vitest'
import { DeviceView } from '#kiosk/lib/state/device-view.svelte.ts'
import { StoreView } from '#kiosk/lib/state/store-view.svelte.ts'
import { Shopper } from '#kiosk/lib/state/shopper.svelte.ts'
import { locale } from '#kiosk/lib/i18n/locale.svelte.ts'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { MODULES, PLAIN_PROFILE, type ProfileDraft } from '#shared/devices/profile.ts'
import type { Day } from '#shared/kernel/time.ts'
import { fakeDevice, IDENTITY } from '../../fake-device.ts'
import { fakeKept } from '../../fake-kept.ts'

const documents = demoDocuments('2026-11-24' as Day)
const withProfile = (profile: Partial<ProfileDraft>) => ({ ...documents, [`profile/${IDENTITY.dev}`]: { id: IDENTITY.dev, ...PLAIN_PROFILE, ...profile } as never })
const storeOf = (profile: Partial<ProfileDraft> | null) => new StoreView(new DeviceView(fakeDevice({ documents: profile ? withProfile(profile) : documents }).device))

describe('a kiosk with a profile', () => {
  it('stands at its touchpoint, and asks the survey of that place', () => {
    const store = storeOf({ touchpoint: 'cheese-counter' })
    expect([store.touchpoint, store.survey?.id]).toEqual(['cheese-counter', (documents['touchpoint/cheese-counter'] as { readonly survey: string }).survey])
  })
  it('shows its own department first, once', () => {
    const plain = storeOf(null).departments.map(({ id }) => id)
    const last = plain.at(-1)!
    expect(storeOf({ department: last }).departments.map(({ id }) => id)).toEqual([last, ...plain.slice(0, -1)])
  })
  it('shows only its modules; without feedback it asks nothing', () => {
    const store = storeOf({ modules: ['offers'] })
    expect([[...store.modules], store.survey]).toEqual([['offers'], null])
    expect([...storeOf(null).modules]).toEqual([...MODULES])
  })
  it('shows everything if its profile is damaged', () => {
    expect([...storeOf({ modules: [] }).modules]).toEqual([...MODULES])
  })
})

describe('a visit at a kiosk with a profile', () => {
  const open = (profile: Partial<ProfileDraft>) => {
    const { device, switchTo } = fakeDevice({ documents: withProfile(profile) })
    const clock = { now: () => 0, after: () => () => undefined, every: () => () => undefined }
    return { switchTo, shopper: new Shopper({ device, clock, random: (n) => new Uint8Array(n).fill(7), host: 'x', protocol: 'https:', keep: () => undefined, counts: fakeKept(), forget: () => undefined }) }
  }
  it('begins with its text size, and the next one again', () => {
    const { shopper } = open({ textStep: 2 })
    shopper.preferences.reset()
    expect(shopper.preferences.textFactor).toBe(1.5)
    shopper.preferences.textFactor = 1
    shopper.end('done')
    expect(shopper.preferences.textFactor).toBe(1.5)
  })
  it('ends in the first language of the device', () => {
    const { shopper } = open({ languages: ['en'] })
    locale.offered = ['en']
    locale.language = 'de'
    shopper.end('done')
    expect(locale.language).toBe('en')
    locale.offered = ['de', 'en']
    shopper.end('done')
  })
  it('takes another profile with the next release', () => {
    const { shopper, switchTo } = open({ modules: ['browse'] })
    switchTo(withProfile({ modules: ['offers', 'feedback'] }))
    expect([...shopper.store.modules]).toEqual(['offers', 'feedback'])
  })
})
