/** A hub as a process for a drill, with a planted fault if one is asked for. */
import { fileURLToPath } from 'node:url'
import { HubProcess } from '#hub/tools/rig/hub-process.ts'

const PLANTS = fileURLToPath(new URL('plants/plants.ts', import.meta.url))

export const startDrilledHub = (plant: string | null, options: { readonly dataDir?: string; readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {}): Promise<HubProcess> =>
  HubProcess.start({ ...options, env: { ...options.env, ...(plant !== null && { PLANT: plant, NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${PLANTS}` }) } })
