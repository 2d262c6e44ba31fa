/** What nobody needs in the first second. */
export { default as EraseAsk } from './EraseAsk.svelte'
export { default as Said } from './Said.svelte'
export { default as Talk } from './Talk.svelte'
export { default as TypeCode } from './TypeCode.svelte'
export { default as Yours } from './Yours.svelte'
