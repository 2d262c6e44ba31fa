/** A hub as a process for a drill: with a planted fault if one is asked for, or as another version of itself. */
import { fileURLToPath } from 'node:url'
import { HubProcess, type HubOptions } from '#hub/tools/rig/hub-process.ts'
import type { Guise } from './plants/guises.ts'

const PLANTS = fileURLToPath(new URL('plants/plants.ts', import.meta.url))

export const startDrilledHub = (plant: string | null, options: Omit<HubOptions, 'env'> & { readonly env?: Readonly<Record<string, string>>; readonly guise?: Guise } = {}): Promise<HubProcess> =>
  HubProcess.start({ ...options, env: { ...options.env, ...hubAs(plant, options.guise) } })

/** What makes a hub's process a planted one, or one of another version: for its first start, or for a later one in other clothes. */
export const hubAs = (plant: string | null, guise?: Guise): Readonly<Record<string, string>> =>
  plant === null && guise === undefined ? { PLANT: '' } : { PLANT: [guise, plant].filter((name) => name !== undefined && name !== null).join(), NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${PLANTS}` }
