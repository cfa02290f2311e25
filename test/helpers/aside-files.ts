import { openSync, writeSync } from 'node:fs'
import { askAside } from '../../src/aside.ts'

/** A service that has as many files open as it may, and asks then. */
const module = new URL('./aside-programs.ts', import.meta.url)
const code = (error: unknown) => String((error as NodeJS.ErrnoException).code)
try {
  for (;;) openSync('/dev/null', 'r')
} catch (error) {
  if (code(error) !== 'EMFILE') throw error
}
const told = await askAside({ module, name: 'twice' }, 'a', { timeoutMs: 5_000, memoryMb: 64 }).catch(code)
writeSync(1, String(told))
