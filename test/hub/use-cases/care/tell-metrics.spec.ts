import { describe, expect, it } from 'vitest'
import { tellMetrics, type MetricFacts } from '#hub/use-cases/care/tell-metrics.ts'
import type { DeviceHealth } from '#shared/protocol/devices.ts'

const device = (changes: Partial<DeviceHealth>): DeviceHealth => ({
  dev: 'd'.repeat(32), name: 'Kiosk am Eingang', role: 'kiosk', touchpoint: 'kiosk', online: false, lastSeenAt: 1, stored: 9, waiting: 0, releaseHash: 'abc', nextHash: null, refused: null, app: '1', clockOffsetMs: 0, revoked: false, ...changes,
})
const FACTS: MetricFacts = {
  health: {
    asOf: 5000, startedAt: 1500, room: { freeBytes: 700, totalBytes: 1000 }, rows: { mended: 2, lost: 1 }, restored: null, recovered: 0, stored: 40, parked: 3, quarantined: 4,
    backup: { lastAt: 4000, everyMs: 3_600_000, failed: null, room: null }, unsettled: [{ state: 'parked', type: 'secret word', why: 'Frau Meier', n: 3, newestAt: 4 }],
  },
  devices: [
    device({ online: true, waiting: 2 }),
    device({ waiting: 5, refused: { hash: 'x', why: 'unfit' } as unknown as NonNullable<DeviceHealth['refused']> }),
    device({ role: 'staff', online: true, copiedAt: 7 }),
    device({ role: 'manager', revoked: true, waiting: 100 }),
  ],
  process: { processorSeconds: 1.25, residentBytes: 2048, loopDelayP99Seconds: 0.003 },
  certificateEndsAt: null,
  violations: 3,
}

describe('the hub as a watching machine sees it', () => {
  it('is this text, line by line', () => {
    expect(tellMetrics(FACTS).split('\n').filter((line) => !line.startsWith('#'))).toEqual([
      'einklang_start_time_seconds 1.5',
      'einklang_devices_paired{role="kiosk"} 2',
      'einklang_devices_paired{role="staff"} 1',
      'einklang_devices_paired{role="manager"} 0',
      'einklang_devices_online{role="kiosk"} 1',
      'einklang_devices_online{role="staff"} 1',
      'einklang_devices_online{role="manager"} 0',
      'einklang_devices_events_waiting{role="kiosk"} 7',
      'einklang_devices_events_waiting{role="staff"} 0',
      'einklang_devices_events_waiting{role="manager"} 0',
      'einklang_devices_in_trouble{what="release_refused"} 1',
      'einklang_devices_in_trouble{what="storage"} 0',
      'einklang_devices_in_trouble{what="copied"} 1',
      'einklang_events{state="stored"} 40',
      'einklang_events{state="parked"} 3',
      'einklang_events{state="quarantined"} 4',
      'einklang_rows_mended_total 2',
      'einklang_rows_lost_total 1',
      'einklang_policy_violations_total 3',
      'einklang_backup_time_seconds 4',
      'einklang_backup_failed 0',
      'einklang_disk_free_bytes{of="data"} 700',
      'einklang_loop_delay_p99_seconds 0.003',
      'process_cpu_seconds_total 1.25',
      'process_resident_memory_bytes 2048',
      '',
    ])
  })
  it('has a help and a type before each family, as the format wants it', () => {
    const text = tellMetrics({ ...FACTS, certificateEndsAt: 8000 })
    expect(text).toContain('# HELP einklang_certificate_end_time_seconds When the certificate ends; absent without one.\n# TYPE einklang_certificate_end_time_seconds gauge\neinklang_certificate_end_time_seconds 8\n')
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^(# HELP [a-z0-9_]+ .+|# TYPE [a-z0-9_]+ (gauge|counter)|[a-z0-9_]+(\{[a-z]+="[a-z_]+"\})? -?[\d.e+-]+)$/)
  })
  it('tells no name, id or word of anybody', () => {
    const text = tellMetrics(FACTS)
    for (const word of ['Kiosk am Eingang', 'dddd', 'abc', 'secret word', 'Frau Meier']) expect(text).not.toContain(word)
  })
})
