/**
 * How the hub is, for a machine that watches it. Numbers only: no names, no ids, no words; labels come from lists of this house.
 * Source  the text format 0.0.4 of Prometheus: HELP, TYPE and samples, one per line.
 */
import type { DeviceHealth } from '#shared/protocol/devices.ts'
import type { HubHealth } from '#shared/protocol/hub-health.ts'
import { ROLES } from '#shared/devices/role.ts'

/** What the process itself tells. Units  seconds and bytes. */
export type ProcessFacts = { readonly processorSeconds: number; readonly residentBytes: number; readonly loopDelayP99Seconds: number }

export type MetricFacts = {
  readonly health: HubHealth
  readonly devices: readonly DeviceHealth[]
  readonly process: ProcessFacts
  /** First instant at which browsers refuse the certificate; null: there is none. */
  readonly certificateEndsAt: number | null
  /** Pages that tried what their policy forbids, as browsers report it, since the start. */
  readonly violations: number
}

type Kind = 'gauge' | 'counter'
type Sample = { readonly labels?: Readonly<Record<string, string>>; readonly value: number | null }
type Metric = readonly [name: string, kind: Kind, help: string, samples: readonly Sample[]]

/** Content type of the answer. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

export const tellMetrics = (facts: MetricFacts): string => metricsOf(facts).map(written).join('')

const metricsOf = ({ health, devices, process, certificateEndsAt, violations }: MetricFacts): readonly Metric[] => {
  const present = devices.filter(({ revoked }) => !revoked)
  const byRole = (count: (own: readonly DeviceHealth[]) => number): readonly Sample[] => ROLES.map((role) => ({ labels: { role }, value: count(present.filter((one) => one.role === role)) }))
  return [
    ['einklang_start_time_seconds', 'gauge', 'When the hub started, in seconds since 1970.', [{ value: health.startedAt / 1000 }]],
    ['einklang_devices_paired', 'gauge', 'Devices that may connect.', byRole((own) => own.length)],
    ['einklang_devices_online', 'gauge', 'Devices that are connected.', byRole((own) => own.filter(({ online }) => online).length)],
    ['einklang_devices_events_waiting', 'gauge', 'Events that devices last said were still on them.', byRole((own) => own.reduce((sum, { waiting }) => sum + waiting, 0))],
    ['einklang_devices_in_trouble', 'gauge', 'Devices by what is wrong with them.', [
      { labels: { what: 'release_refused' }, value: present.filter(({ refused }) => refused !== null).length },
      { labels: { what: 'storage' }, value: present.filter(({ storage }) => (storage ?? null) !== null).length },
      { labels: { what: 'copied' }, value: present.filter(({ copiedAt }) => (copiedAt ?? null) !== null).length },
    ]],
    ['einklang_events', 'gauge', 'Events of the database by what became of them.', [
      { labels: { state: 'stored' }, value: health.stored },
      { labels: { state: 'parked' }, value: health.parked },
      { labels: { state: 'quarantined' }, value: health.quarantined },
    ]],
    ['einklang_rows_mended_total', 'counter', 'Rows that had changed on the disk and were mended since the start.', [{ value: health.rows.mended }]],
    ['einklang_rows_lost_total', 'counter', 'Rows that had changed on the disk and that nobody could mend.', [{ value: health.rows.lost }]],
    ['einklang_policy_violations_total', 'counter', 'Breaches of the policy of content that browsers reported since the start.', [{ value: violations }]],
    ['einklang_backup_time_seconds', 'gauge', 'When the newest copy was read back whole; absent without one.', [{ value: health.backup.lastAt === null ? null : health.backup.lastAt / 1000 }]],
    ['einklang_backup_failed', 'gauge', 'Whether the last try to copy failed.', [{ value: health.backup.failed ? 1 : 0 }]],
    ['einklang_disk_free_bytes', 'gauge', 'Room on the disks; absent where the system does not say.', [
      { labels: { of: 'data' }, value: health.room?.freeBytes ?? null },
      { labels: { of: 'copies' }, value: health.backup.room?.freeBytes ?? null },
    ]],
    ['einklang_certificate_end_time_seconds', 'gauge', 'When the certificate ends; absent without one.', [{ value: certificateEndsAt === null ? null : certificateEndsAt / 1000 }]],
    ['einklang_loop_delay_p99_seconds', 'gauge', 'How late the hub came round in one of a hundred turns, since the last look.', [{ value: process.loopDelayP99Seconds }]],
    ['process_cpu_seconds_total', 'counter', 'Processor time used.', [{ value: process.processorSeconds }]],
    ['process_resident_memory_bytes', 'gauge', 'Memory in use.', [{ value: process.residentBytes }]],
  ]
}

const written = ([name, kind, help, samples]: Metric): string => {
  const lines = samples.filter(({ value }) => value !== null).map(({ labels, value }) => `${name}${labelled(labels)} ${value}\n`)
  return lines.length === 0 ? '' : `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join('')}`
}

const labelled = (labels: Sample['labels']): string => (labels ? `{${Object.entries(labels).map(([name, value]) => `${name}="${value}"`).join(',')}}` : '')
