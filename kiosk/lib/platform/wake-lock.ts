/** The door to the screen's wake lock: keeps the display on while the page is visible. */

/** Returns its own end. Where the browser refuses, the display follows the device's settings. */
export const keepScreenOn = (): (() => void) => {
  let lock: WakeLockSentinel | null = null
  let ended = false
  const acquire = async (): Promise<void> => {
    if (ended || document.visibilityState !== 'visible' || !('wakeLock' in navigator) || (lock && !lock.released)) return
    try {
      lock = await navigator.wakeLock.request('screen')
    } catch {
      lock = null // refused: battery saver or policy
    }
    if (ended) void lock?.release()
  }
  const onVisible = (): void => void acquire()
  // The browser drops the lock whenever the page is hidden.
  document.addEventListener('visibilitychange', onVisible)
  void acquire()
  return () => {
    ended = true
    document.removeEventListener('visibilitychange', onVisible)
    void lock?.release()
  }
}
