/** The hub's certificate: read, judged, watched, and exchanged while the hub runs. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Clock } from '#hub/ports/clock.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Timer } from '#hub/ports/timer.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'

export type CertificateFiles = { readonly certFile: string; readonly keyFile: string }
/** `validTo`: the first instant at which browsers refuse it. */
export type Certificate = { readonly cert: Buffer; readonly key: Buffer; readonly validFrom: Millis; readonly validTo: Millis }

const DAY_MS = 86_400_000
/** So many days before its end somebody is told, once a day. */
export const WARN_DAYS = 21
/** How often the files are looked at. A renewal writes two files; a pair that does not match is looked at again. */
export const LOOK_MS = 60_000

/** Errors  one sentence: which file cannot be read or does not fit. */
export const readCertificate = ({ certFile, keyFile }: CertificateFiles): Result<Certificate, string> => {
  const [cert, key] = [readOr(certFile), readOr(keyFile)]
  if (cert === null) return err(`TLS_CERT: ${certFile} cannot be read`)
  if (key === null) return err(`TLS_KEY: ${keyFile} cannot be read`)
  const told = parsedOr(() => new X509Certificate(cert))
  if (!told) return err(`TLS_CERT: ${certFile} is no certificate in PEM`)
  const secret = parsedOr(() => createPrivateKey(key))
  if (!secret) return err(`TLS_KEY: ${keyFile} is no private key in PEM without a password`)
  if (!told.checkPrivateKey(secret)) return err(`TLS_KEY: ${keyFile} is not the key of ${certFile}`)
  return ok({ cert, key, validFrom: millis(told.validFromDate.getTime()), validTo: millis(told.validToDate.getTime()) })
}

/** When browsers begin to refuse what stands in the files now; null without any, or while they do not fit. */
export const certificateEnd = (files: CertificateFiles | null) => (): Millis | null => {
  const read = files && readCertificate(files)
  return read?.ok ? read.value.validTo : null
}

const readOr = (file: string): Buffer | null => parsedOr(() => readFileSync(file))

const parsedOr = <T>(parse: () => T): T | null => {
  try {
    return parse()
  } catch {
    return null
  }
}

export type WatchParts = {
  readonly read: () => Result<Certificate, string>
  /** Takes it into use for new connections. */
  readonly use: (certificate: Certificate) => void
  readonly clock: Clock
  readonly timer: Timer
  readonly log: Log
}

/** Takes renewed files into use, keeps the last good pair where they do not fit, and warns before the end. The returned function ends it. */
export const watchCertificate = (first: Certificate, { read, use, clock, timer, log }: WatchParts): (() => void) => {
  let current = first
  let trouble: string | null = null
  let warnedAt = -Infinity
  const warn = (): void => {
    const [now, left] = [clock.now(), Math.floor((current.validTo - clock.now()) / DAY_MS)]
    if (left >= WARN_DAYS || now - warnedAt < DAY_MS) return
    warnedAt = now
    if (left < 0) log.error('the certificate has ended: no device can reach the hub until another one is there', { days: -left })
    else log.warn('the certificate ends soon', { days: left })
  }
  const look = (): void => {
    const found = read()
    if (!found.ok) {
      // Told once for each trouble, not every minute.
      if (found.error !== trouble) log.error('the certificate files do not fit; the last good one stays in use', { why: found.error })
      trouble = found.error
    } else {
      trouble = null
      if (!found.value.cert.equals(current.cert) || !found.value.key.equals(current.key)) {
        current = found.value
        warnedAt = -Infinity
        use(current)
        log.info('another certificate is in use', { days: Math.floor((current.validTo - clock.now()) / DAY_MS) })
      }
    }
    warn()
  }
  warn()
  return timer.every(LOOK_MS, look)
}
