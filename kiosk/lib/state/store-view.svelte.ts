/** What the store sells, promises and asks, as the current release of the device has it. Worked out once per release, never fetched. */
import type { DeviceView } from './device-view.svelte.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { readEan } from '#shared/catalogue/ean.ts'
import type { Category, Product } from '#shared/catalogue/product.ts'
import type { Brand, Store } from '#shared/catalogue/store.ts'
import { MODULES, type Module, type ProfileDraft } from '#shared/devices/profile.ts'
import type { Survey } from '#shared/feedback/survey.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { documentsToAssortment, documentsToBrand, documentsToPolicies, documentsToStore, documentsToSurveys, documentsToTouchpoints, readDocument } from '#shared/protocol/documents.ts'
import type { Release } from '#shared/sync/release.ts'

export class StoreView {
  readonly #device: DeviceView
  /** Held fast for a basket in hand: what a person has begun with is not exchanged under their fingers. */
  #held = $state.raw<Release | null>(null)
  /** What the screens show: labels and basket always of one release. */
  readonly release: Release | null = $derived.by(() => this.#held ?? this.#device.release)
  /** Another release is in force than the one that is held. */
  readonly isBehind: boolean = $derived.by(() => this.#held !== null && this.#device.release !== null && this.#held.hash !== this.#device.release.hash)
  readonly assortment: Assortment | null = $derived.by(() => this.#readAssortment())
  /** The store itself, readable long before its goods: null without anything that could be sold from. */
  readonly store: Store | null = $derived.by(() => this.#readStore())
  readonly brand: Brand | null = $derived.by(() => this.#readBrand())
  readonly survey: Survey | null = $derived.by(() => this.#readSurvey())
  /** What this device is for; null: nobody has said, it shows everything. */
  readonly profile: ProfileDraft | null = $derived.by(() => this.#readProfile())
  readonly modules: ReadonlySet<Module> = $derived(new Set(this.profile?.modules ?? MODULES))
  readonly touchpoint: string | null = $derived.by(() => this.profile?.touchpoint ?? this.#device.identity?.touchpoint ?? null)
  /** Categories that stand at the top, the one that the device stands in first. */
  readonly departments: readonly Category[] = $derived.by(() => this.#readDepartments())

  constructor(device: DeviceView) {
    this.#device = device
  }

  /** Stays with the release that is shown now. */
  hold(): void {
    this.#held ??= this.#device.release
  }

  /** Shows the release in force, and goes on with it. */
  follow(): void {
    this.#held = this.#device.release
  }

  letGo(): void {
    this.#held = null
  }

  category(id: string): Category | null {
    return this.assortment?.categories.find((category) => category.id === id) ?? null
  }

  /** The categories right below one. */
  parts(id: string): readonly Category[] {
    return (this.assortment?.categories ?? []).filter((category) => category.parent === id)
  }

  /** The articles of a category and of everything below it. */
  articles(id: string): readonly Product[] {
    return (this.assortment?.products ?? []).filter((product) => product.taxons.includes(id))
  }

  product(sku: Sku): Product | null {
    return this.assortment?.productsBySku.get(sku) ?? null
  }

  /** The article whose pack was scanned; null for unknown packs and unreadable codes. */
  scanned(code: string): Product | null {
    const ean = readEan(code)
    return (ean && this.assortment?.products.find((product) => product.ean === ean)) || null
  }

  #readAssortment(): Assortment | null {
    const { release } = this
    if (!release) return null
    const assortment = documentsToAssortment(release)
    return assortment.ok ? assortment.value : null
  }

  #readStore(): Store | null {
    const release = this.release
    const store = release && documentsToStore(release.items)
    return store?.ok && documentsToPolicies(release!.items).ok ? store.value : null
  }

  /** Of the release in force: a device changes what it is for at once, also with a basket in hand. */
  #readProfile(): ProfileDraft | null {
    const id = this.#device.identity && `profile/${this.#device.identity.dev}`
    const body = id === null ? undefined : this.#device.release?.items[id]
    const profile = id === null || body === undefined ? null : readDocument('profile', id, body)
    return profile?.ok ? profile.value : null
  }

  #readDepartments(): readonly Category[] {
    const all = this.assortment?.categories ?? []
    const here = all.filter(({ id }) => id === this.profile?.department)
    return [...here, ...all.filter(({ id, parent }) => parent === null && id !== this.profile?.department)]
  }

  #readBrand(): Brand | null {
    const { release } = this
    const brand = release && documentsToBrand(release.items)
    return brand?.ok ? brand.value : null
  }

  /** The survey of the place this device stands at; a device without a place asks the first one that does not rest. */
  #readSurvey(): Survey | null {
    const { release } = this
    if (!release || !this.modules.has('feedback')) return null
    const surveys = documentsToSurveys(release.items)
    const place = documentsToTouchpoints(release.items).find((touchpoint) => touchpoint.id === this.touchpoint)
    return surveys.find((survey) => survey.id === place?.survey) ?? surveys.find(({ rest }) => !rest) ?? null
  }
}
