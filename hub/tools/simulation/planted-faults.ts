/** Mistakes that others have made, planted one at a time: a simulation that stays green with one of them would prove nothing. */
import type { PlantedFaults } from './fleet.ts'
import * as device from './planted-device-faults.ts'
import * as hub from './planted-hub-faults.ts'
import * as release from './planted-release-faults.ts'

const unsigned = { judge: release.signatureNotChecked }

/** Each must make the simulation fail; `test/simulation/caught.json` names seeds that do. */
export const PLANTED_FAULTS: { readonly [name: string]: PlantedFaults } = {
  'no-dedupe': { hub: { ledger: hub.noDedupe } },
  'dedupe-in-memory': { hub: { ledger: hub.dedupeInMemory } },
  'no-id-index': { hub: { ledger: hub.noIdIndex } },
  'new-ids-on-retry': { tab: { request: device.newIdsOnRetry } },
  'poison-blocks': { hub: { refuse: hub.poisonBlocks } },
  'unknown-version-dropped': { hub: { ledger: hub.unknownDropped } },
  'delete-on-send': { tab: { request: device.deleteOnSend } },
  'relaxed-durability': { tab: { relaxed: true } },
  'no-rewind-after-restore': { tab: { reply: device.noRewind } },
  'prune-at-ack': { tab: { reply: device.pruneAtAck } },
  'ack-before-commit': { hub: { ackBeforeCommit: true } },
  'ack-before-commit-and-prune': { hub: { ackBeforeCommit: true }, tab: { reply: device.pruneAtAck } },
  'cumulative-ack': { hub: { answer: hub.confirmAll }, tab: device.cumulativeAck() },
  'no-fork': { hub: { ledger: hub.noFork } },
  'gap-jump': { hub: { ledger: hub.gapJump } },
  'no-chain-no-fork': { hub: { ledger: hub.noFork }, tab: { reply: device.noChain } },
  'rotate-drops-kept': { tab: { change: device.rotateDropsKept } },
  'no-boot-epoch': { hub: { epoch: (db) => `${db}.1` } },
  'delta-without-base-check': { hub: { shelf: release.deltaByNumber }, tab: { reply: release.believeHash, ...unsigned } },
  'no-tombstones': { hub: { shelf: release.noTombstones }, tab: { reply: release.believeHash, ...unsigned } },
  'torn-apply': { tab: { activate: release.tornApply } },
  'compaction-bug-without-hash': { hub: { shelf: release.lossyCompaction }, tab: { reply: release.believeHash, ...unsigned } },
  'signature-not-checked': { tab: unsigned },
  'activated-early': { tab: { time: release.activatedEarly } },
  'activated-by-wall-clock': { tab: { time: release.activatedByWall } },
  'wall-clock-after-cold-start': { tab: { time: release.wallAfterColdStart } },
  'safe-in-one-copy': { hub: { safeAtOnce: true } },
  'hub-disk-full-unnoticed': { hub: { fullUnnoticed: true } },
  'parked-for-ever': { hub: { noRedrive: true } },
  'device-disk-full-unnoticed': { tab: { fullUnnoticed: true } },
  'removed-while-full': { tab: { pruneAnyway: true } },
  'freeze-of-one-page': { tab: { freezePerPage: true } },
  'page-believes-its-memory': { tab: { believeMemory: true } },
  'refused-batch-is-confirmed': { tab: { reply: device.refusedIsConfirmed } },
  'remembered-after-another-greeting': { tab: { oldWords: true } },
}

/** Faults that a second defence heals, with the fault that takes this defence away: alone green, together red. */
export const HEALED_FAULTS: { readonly [name: string]: { readonly alone: PlantedFaults; readonly healedBy: string; readonly together: PlantedFaults } } = {
  'compaction-bug': { alone: { hub: { shelf: release.lossyCompaction } }, healedBy: 'the hash of the release', together: PLANTED_FAULTS['compaction-bug-without-hash']! },
  'no-tombstones-with-hash': { alone: { hub: { shelf: release.noTombstones } }, healedBy: 'the hash of the release', together: PLANTED_FAULTS['no-tombstones']! },
  'no-chain': { alone: { tab: { reply: device.noChain } }, healedBy: 'the fork that the next push meets', together: PLANTED_FAULTS['no-chain-no-fork']! },
  'no-rotate-on-more': { alone: { tab: { reply: device.noRotateOnMore } }, healedBy: 'the chain and the fork', together: { hub: { ledger: hub.noFork }, tab: { reply: device.noRotateOnMore } } },
  'answers-in-any-order': { alone: { tab: { anyOrder: true } }, healedBy: 'the hub, which takes a batch only after the one before', together: { hub: { ledger: hub.gapJump }, tab: { anyOrder: true } } },
  'answer-of-an-old-connection': { alone: { tab: { reply: device.noNonce } }, healedBy: 'the chain and the name of the run', together: { hub: { epoch: (db) => `${db}.1` }, tab: { reply: device.noNonce } } },
}

/** All that can be asked for by name; a healed fault also as `NAME unhealed`, without its second defence. */
export const FAULTS_BY_NAME: { readonly [name: string]: PlantedFaults } = {
  ...PLANTED_FAULTS,
  ...Object.fromEntries(Object.entries(HEALED_FAULTS).flatMap(([name, { alone, together }]) => [[name, alone], [`${name} unhealed`, together]])),
}
