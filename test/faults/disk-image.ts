/** A disk of its own for a drill: an ext4 file system in a file, or one that is too small. Needs root. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const run = (command: string, ...args: readonly string[]): void => void execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })

export type DrillDisk = { readonly folder: string; remove(): void }

const mounted = (folder: string, ...options: readonly string[]): DrillDisk => {
  mkdirSync(folder, { recursive: true })
  run('mount', ...options, folder)
  return {
    folder,
    remove: () => {
      run('umount', '-l', folder)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A disk whose power can be cut: what was not flushed to its image by then is gone. */
export class PowerDisk {
  readonly #home = mkdtempSync(join(tmpdir(), 'einklang-power-'))
  readonly #image = join(this.#home, 'disk.img')
  readonly #disk: DrillDisk
  #cuts = 0

  constructor(megabytes = 256) {
    writeFileSync(this.#image, '')
    truncateSync(this.#image, megabytes * 1024 * 1024)
    run('mkfs.ext4', '-q', this.#image)
    this.#disk = mounted(join(this.#home, 'disk'), '-o', 'loop', this.#image)
  }

  get folder(): string {
    return this.#disk.folder
  }

  /** Writes down what the system still holds in memory, as it does by itself within half a minute. */
  flush(): void {
    run('sync', '-f', this.folder)
  }

  /** The disk as it would be found after the power failed now. The one in use goes on. */
  cut(): DrillDisk {
    this.#cuts += 1
    const image = join(this.#home, `cut-${this.#cuts}.img`)
    copyFileSync(this.#image, image)
    const disk = mounted(join(this.#home, `cut-${this.#cuts}`), '-o', 'loop', image)
    return {
      folder: disk.folder,
      remove: () => {
        disk.remove()
        rmSync(image, { force: true })
      },
    }
  }

  remove(): void {
    this.#disk.remove()
    rmSync(this.#home, { recursive: true, force: true })
  }
}

/** A disk of few megabytes in memory that can be made larger while it is in use. */
export class SmallDisk {
  readonly #disk: DrillDisk
  constructor(megabytes: number) {
    this.#disk = mounted(mkdtempSync(join(tmpdir(), 'einklang-small-')), '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs')
  }

  get folder(): string {
    return this.#disk.folder
  }

  resize(megabytes: number): void {
    run('mount', '-o', `remount,size=${megabytes}m`, this.#disk.folder)
  }

  remove(): void {
    this.#disk.remove()
  }
}
