import type { Api } from '../http/schema.ts'
import { known, type PreviewDeps } from './preview.ts'
import { ImportParams, UndoEffectsReply, UndoneReply } from './schema.ts'
import { undoEffects, undoImport } from './undo-queries.ts'

const config = { access: 'officer' } as const
const tags = ['imports']

/** Loads taken back, and what that would change. */
export function undoRoutes(app: Api, deps: PreviewDeps): void {
  const { pool } = deps.connection

  app.get(
    '/imports/:id/undo',
    {
      config,
      schema: {
        tags,
        summary: 'What undoing a load would change now',
        params: ImportParams,
        response: { 200: UndoEffectsReply },
      },
    },
    async (request) => {
      const { entry } = await known(deps, request.params.id)
      const effects = await undoEffects(pool, entry.id)
      return { data: effects, meta: { rows: effects.length } }
    },
  )

  app.post(
    '/imports/:id/undo',
    {
      config,
      schema: {
        tags,
        summary: 'Take a load back; the figures it replaced are current again',
        description:
          'Asked as of a time in which it was current, the load is still answered. Undoing twice changes nothing.',
        params: ImportParams,
        response: { 200: UndoneReply },
      },
    },
    async (request) => {
      const by = request.principal?.name ?? ''
      const undone = await undoImport(deps.connection, request.params.id, { by, at: deps.clock.now() })
      return { data: undone, meta: {} }
    },
  )
}
