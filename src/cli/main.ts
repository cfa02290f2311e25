#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { homeFolder } from '../config.ts'
import { AppError, isDatabaseAway } from '../errors.ts'
import type { Command, Io } from './io.ts'

const commands: Record<string, () => Promise<Command>> = {
  serve: () => import('./serve.ts'),
  db: () => import('./db.ts'),
  import: () => import('./import.ts'),
  reference: () => import('./reference.ts'),
  indicators: () => import('./indicators.ts'),
  rule: () => import('./rule.ts'),
  origin: () => import('./origin.ts'),
  advice: () => import('./advice.ts'),
  warnings: () => import('./warnings.ts'),
  mail: () => import('./mail.ts'),
  user: () => import('./user.ts'),
  token: () => import('./token.ts'),
  openapi: () => import('./openapi.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  bench: () => import('./bench.ts'),
}

/** Runs one command line and returns the exit code: 0 done, 2 usage or invalid input, 3 refused data, 1 a bug. */
export async function main(argv: string[], io: Io): Promise<number> {
  const [name = '', ...rest] = argv
  if (name === '' || name === '--help' || name === 'help') {
    io.stdout(await overview())
    return 0
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    io.stderr(`error: command: ${name}: one of ${Object.keys(commands).join(', ')}\n`)
    return 2
  }
  try {
    const command = await load()
    if (rest.includes('--help')) {
      io.stdout(`${command.usage}\n`)
      return 0
    }
    return await command.run(rest, io)
  } catch (error) {
    return report(error, io)
  }
}

function report(error: unknown, io: Io): number {
  if (error instanceof AppError) {
    io.stderr(`error: ${error.message}\n`)
    return error.code === 'refused' || error.code === 'conflict' ? 3 : 2
  }
  if (error instanceof TypeError && (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) {
    io.stderr(`error: ${optionIn(error.message)}: ${error.message.replaceAll('\n', ' ')}\n`)
    return 2
  }
  if (error instanceof Error && isDatabaseAway(error)) {
    io.stderr(
      'error: database: it broke off or does not answer: nothing of this command was stored; try again\n',
    )
    return 2
  }
  io.stderr(`error: bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 1
}

function optionIn(message: string): string {
  return /'(-[^' ]*)/.exec(message)?.[1] ?? 'argument'
}

async function overview(): Promise<string> {
  const usages = await Promise.all(Object.values(commands).map(async (load) => (await load()).usage))
  return `tradewind <command> [--json]\n\n${usages.join('\n\n')}\n`
}

/**
 * Keeps compiled code in a home that is there already (nobody else may write into it), for this process and for its threads
 * and children, which read the variable: a command starts in two thirds of the time.
 */
function keepCompiledCode(env: NodeJS.ProcessEnv): void {
  const home = homeFolder(env)
  if (env.NODE_COMPILE_CACHE !== undefined || !existsSync(home)) return
  env.NODE_COMPILE_CACHE = join(home, 'compiled')
  enableCompileCache(env.NODE_COMPILE_CACHE)
}

if (import.meta.main) {
  keepCompiledCode(process.env)
  process.exitCode = await main(process.argv.slice(2), {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  })
}
