/** What nobody needs in the first second. */
export { default as Notes } from '../parts/Notes.svelte'
export { default as Extras } from '../parts/Extras.svelte'
export { default as NoWay } from '../parts/NoWay.svelte'
export { default as Trouble } from '../parts/Trouble.svelte'
export { default as Ending } from './Ending.svelte'
export { default as Order } from './Order.svelte'
export { default as Ordered } from './Ordered.svelte'
export { default as Shop } from './Shop.svelte'

if (!isSecureContext) void import('../../lib/platform/insecure-notice.ts')
