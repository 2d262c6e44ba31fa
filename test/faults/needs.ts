/** What this machine can do. */
import { spawnSync } from 'node:child_process'
import type { Need } from './drill.ts'
import { lastOfVersionBefore } from './earlier-version.ts'

const has = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0

/** In words what is missing; null if nothing is. */
export const lackOf = (need: Need): string | null => {
  switch (need) {
    case 'root':
      return process.getuid?.() === 0 && ['mount', 'mkfs.ext4', 'unshare', 'ip', 'tc', 'nft'].every(has) ? null : 'it needs root and the programs mount, mkfs.ext4, unshare, ip, tc and nft'
    case 'faketime':
      return has('faketime') ? null : 'it needs faketime'
    case 'history':
      return lastOfVersionBefore() === null ? 'it needs git, tar and the history of this repository back to the protocol version before' : null
    case 'browser':
      return null // the rig finds one or says what to do
  }
}
