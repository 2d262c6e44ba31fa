/** Hints to connected devices: at most once, never the only way to learn something. */
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Hints } from '#shared/protocol/calls.ts'

export interface HintSender {
  release(hint: Hints['release']): void
  /** To the connections that watch feedback; made only if there is one. */
  feedback(make: () => Hints['feedback']): void
  /** To the same, and to nobody else: only they show answers. */
  erased(hint: Hints['erased']): void
  /** To the device that made the hand-off code. */
  handoff(dev: DeviceId, hint: Hints['handoff']): void
  /** To staff and managers: the device list has changed. */
  devices(): void
  /** To staff and managers: something that is to be acted upon has changed. */
  acting(): void
}
