/** What a process says at its end: the answer, or the message of what failed and the code the system gave it (ENOSPC). */
export type Told<T> = { value: T } | { failed: string; code: string | undefined }

const [, , module = '', name = ''] = process.argv
process.once('message', async (data) => {
  const told = await answer(data)
  process.send?.(told, () => process.exit())
})
process.on('disconnect', () => process.exit())

async function answer(data: unknown): Promise<Told<unknown>> {
  try {
    const program = await import(module)
    return { value: await program[name](data) }
  } catch (error) {
    const { message = String(error), code } = error as NodeJS.ErrnoException
    return { failed: message, code }
  }
}
