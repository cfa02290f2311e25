import { existsSync, mkdtempSync, readFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askAside } from '../../src/aside.ts'

/** A service that is killed while a program it asked is at work, whose number it told before. */
const file = join(mkdtempSync(join(tmpdir(), 'tradewind-aside-')), 'pid')
const module = new URL('./aside-programs.ts', import.meta.url)
void askAside({ module, name: 'tellsAndNeverEnds' }, file, { timeoutMs: 60_000, memoryMb: 64 })
setInterval(() => {
  const pid = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (pid === '') return
  writeSync(1, pid)
  process.kill(process.pid, 'SIGKILL')
}, 50)
