/** What the tours of staff and managers have in common. */
import { plantDifference } from './price-difference.ts'
import { choose, press, sees, seesHeading, type Stop, type TourStore } from './tour.ts'

/** `open`: how this app gets to a page. */
export const webShopStops = (store: TourStore, open = press): readonly Stop[] => [
  {
    name: 'web-shop',
    go: async (page) => {
      plantDifference(store.hub.dataDir)
      await open(page, /^(Online-Shop|Web shop)$/)
      await seesHeading(page, /^(Abweichungen|Differences)$/)
    },
  },
  {
    name: 'web-shop-difference',
    go: async (page) => {
      await press(page, /^(Ansehen|Look into it): /)
      await seesHeading(page, /^(Beide Rechnungen|Both calculations)$/)
    },
  },
]

export const thisDeviceStop: Stop = {
  name: 'this-device',
  go: async (page) => {
    await choose(page, /^(Dieses Gerät|This device)$/)
    await press(page, /^(Selbsttest starten|Start the self-test)$/)
    await sees(page, /^(Nichts verloren, nichts doppelt|Nothing lost, nothing twice)\.$/)
  },
}
