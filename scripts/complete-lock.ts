// Completes package-lock.json after `npm install` on a machine whose registry lacks the binaries of other platforms: npm
// leaves those optional packages out of the lock file, and `npm ci` then refuses it everywhere.
import { readFileSync, writeFileSync } from 'node:fs'

interface Entry {
  version: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const platforms = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const processors = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64']

/** Names of optional packages that an entry of the lock file asks for and that have no entry themselves. */
export function missingOptional(
  packages: Record<string, Entry>,
): { name: string; version: string; dev: boolean }[] {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map(([name, version]) => ({ name, version, dev: entry.dev ?? false })),
  )
}

/** An entry as npm writes it for a binary of another platform, read off the package's name. */
function entryFor({ name, version, dev }: { name: string; version: string; dev: boolean }): Entry {
  const words = name.split('/').at(-1)?.split('-') ?? []
  const os = platforms.filter((platform) => words.includes(platform))
  const cpu = processors.filter((processor) => words.includes(processor))
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : []
  if (os.length === 0 || cpu.length === 0) throw new Error(`${name}: no binary of a known platform`)
  return { version, cpu, ...(dev ? { dev } : {}), ...(libc.length > 0 ? { libc } : {}), optional: true, os }
}

if (import.meta.main) {
  const lock: { packages: Record<string, Entry> } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  for (const missing of missingOptional(lock.packages))
    lock.packages[`node_modules/${missing.name}`] = entryFor(missing)
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync(
    'package-lock.json',
    `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
  )
}
