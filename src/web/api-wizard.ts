import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Type } from 'typebox'
import type {
  ColumnMapping,
  MappingPreviewReply,
  MappingsReply,
  MappingTrialBody,
} from '../ingest/mapping-schema.ts'
import type { ImportReply, UndoEffectsReply, UndoneReply } from '../ingest/schema.ts'
import type { SpeedingProgress } from '../ingest/speed.ts'
import { useAnswer } from './api.ts'
import { address, ask, send } from './http.ts'

export type { ColumnMapping }
export type MappingPreview = Type.Static<typeof MappingPreviewReply>['data']
export type MappingTrial = Type.Static<typeof MappingTrialBody>
export type UndoEffect = Type.Static<typeof UndoEffectsReply>['data'][number]

/** What the user says about a file; what is left out is recognised. */
export const optionNames = [
  'format',
  'flow',
  'period',
  'currency',
  'encoding',
  'sheet',
  'part',
  'rates',
  'controlTotal',
] as const
export type FileOptions = Partial<Record<(typeof optionNames)[number], string>>

const importsAddress = address('/imports')

function useRefreshImports(): (id?: number) => Promise<void> {
  const client = useQueryClient()
  return async (id) => {
    // the list in each of its choices
    await client.invalidateQueries({
      predicate: ({ queryKey: [url] }) => /\/imports(\?|$)/.test(String(url)),
    })
    if (id !== undefined) await client.invalidateQueries({ queryKey: [address(`/imports/${id}`)] })
  }
}

/** Sends a file to be read with what the user says about it; nothing is stored before it is confirmed. */
export function useSendFile() {
  const refresh = useRefreshImports()
  return useMutation({
    mutationFn: ({ file, options }: { file: File; options: FileOptions }) => {
      const body = new FormData()
      for (const name of optionNames) if (options[name]) body.append(name, options[name])
      body.append('file', file)
      return ask<Type.Static<typeof ImportReply>>(importsAddress, { method: 'POST', body })
    },
    onSettled: () => refresh(),
  })
}

/** Has the kept file of an import read once more, with what the user says now. */
export function useReadAgain() {
  const refresh = useRefreshImports()
  return useMutation({
    mutationFn: ({ id, options }: { id: number; options: FileOptions }) =>
      send<Type.Static<typeof ImportReply>>('POST', address(`/imports/${id}/read`), said(options)),
    onSettled: (_answer, _error, { id }) => refresh(id),
  })
}

/** The options that say something. */
function said(options: FileOptions): FileOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== ''))
}

/** Drops what is not stored, or stops what is being read. */
export function useDropImport() {
  const refresh = useRefreshImports()
  return useMutation({
    mutationFn: (id: number) =>
      ask<Type.Static<typeof ImportReply>>(address(`/imports/${id}`), { method: 'DELETE' }),
    onSettled: (_answer, _error, id) => refresh(id),
  })
}

/** How far an import is, as the service tells it; null until it does. At the end the import is asked for again. */
export function useProgress(id: number): SpeedingProgress | null {
  const refresh = useRefreshImports()
  const [progress, tell] = useState<SpeedingProgress | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: refresh is made anew with each rendering and does the same
  useEffect(() => {
    const events = new EventSource(address(`/imports/${id}/events`))
    events.addEventListener('progress', ({ data }) => tell(JSON.parse(data)))
    events.addEventListener('end', () => {
      events.close()
      void refresh(id)
    })
    return () => events.close()
  }, [id])
  return progress
}

export function useMappings() {
  return useAnswer<Type.Static<typeof MappingsReply>>(address('/imports/mappings'))
}

export function useSaveMapping() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; mapping: ColumnMapping }) =>
      send<Type.Static<typeof MappingsReply>>('POST', address('/imports/mappings'), body),
    onSuccess: () => client.invalidateQueries({ queryKey: [address('/imports/mappings')] }),
  })
}

/** What a mapping makes of the beginning of a file; nothing is asked before that has been read. */
export function useTriedMapping(trial: MappingTrial | null) {
  const url = address('/imports/mappings/preview')
  return useQuery({
    queryKey: [url, trial],
    queryFn: () => send<Type.Static<typeof MappingPreviewReply>>('POST', url, trial),
    placeholderData: (before) => before,
    enabled: trial !== null,
  })
}

/** What undoing a load would change now. */
export function useUndoEffects(id: number | null) {
  return useAnswer<Type.Static<typeof UndoEffectsReply>>(address(`/imports/${id}/undo`), id !== null)
}

/** Takes a load back; every figure shown may change with it. */
export function useUndo() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) =>
      send<Type.Static<typeof UndoneReply>>('POST', address(`/imports/${id}/undo`), {}),
    onSuccess: () => client.invalidateQueries(),
  })
}
