/** Where a command writes; tests pass their own. */
export interface Io {
  stdout(text: string): void
  stderr(text: string): void
}

/** What every file of this folder named after a command exports. `run` returns the exit code: 0, 2, 3 or 1. */
export interface Command {
  usage: string
  run(argv: string[], io: Io): Promise<number>
}
