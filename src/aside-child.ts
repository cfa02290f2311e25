/** What a process says at its end. */
export type Told<T> = { value: T } | { failed: string }

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
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}
