/** Everything behind pairing: loaded while the frame already stands. */
export { default as Masthead } from './parts/Masthead.svelte'
export { default as Devices } from './screens/Devices.svelte'
export { default as Search } from './screens/Search.svelte'
export { StaffView } from './staff-view.svelte.ts'
