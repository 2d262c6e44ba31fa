/** All drills, the cheapest first. */
import type { Drill } from './drill.ts'
import { browserKill } from './drills/browser-kill.ts'
import { clocks } from './drills/clocks.ts'
import { clonedProfile } from './drills/cloned-profile.ts'
import { hubDamaged } from './drills/hub-damaged.ts'
import { hubFullDisk } from './drills/hub-full-disk.ts'
import { hubKill } from './drills/hub-kill.ts'
import { hubRestored } from './drills/hub-restored.ts'
import { hubPowerCut } from './drills/hub-power-cut.ts'
import { kioskQuota } from './drills/kiosk-quota.ts'
import { kioskPowerCut } from './drills/kiosk-power-cut.ts'
import { kioskTabs } from './drills/kiosk-tabs.ts'
import { malformed } from './drills/malformed.ts'
import { network } from './drills/network.ts'
import { versions } from './drills/versions.ts'

export const DRILLS: readonly Drill[] = [hubKill, versions, clocks, malformed, hubDamaged, hubRestored, hubFullDisk, hubPowerCut, network, browserKill, kioskPowerCut, kioskTabs, kioskQuota, clonedProfile]
