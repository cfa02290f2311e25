import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import { say } from './messages.ts'
import type { OptionTexts } from './options.ts'
import { invalid, refusal } from './refusals.ts'

/** A file received into the uploads folder, and the fields that came with it. */
export interface Upload {
  path: string
  name: string
  sha256: string
  bytes: number
  fields: OptionTexts
}

export const fieldNames = [
  'format',
  'flow',
  'period',
  'currency',
  'encoding',
  'part',
  'rates',
  'sheet',
  'controlTotal',
] as const

/** Streams a form's file to disk and reads its fields, in whatever order they come. Throws AppError; leaves no file then. */
export async function receiveUpload(
  parts: AsyncIterable<MultipartFile | MultipartValue>,
  home: string,
): Promise<Upload> {
  await mkdir(uploadFolder(home), { recursive: true })
  const path = join(uploadFolder(home), `${randomUUID()}.part`)
  const fields: OptionTexts = {}
  let saved: Omit<Upload, 'path' | 'fields'> | null = null
  try {
    for await (const part of parts) {
      if (part.type === 'file') saved = await saveFile(part, path)
      else setField(fields, part)
    }
    if (saved === null) throw invalid('file', '(missing)', say('say-file'))
    return { path, ...saved, fields }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

async function saveFile(part: MultipartFile, path: string): Promise<Omit<Upload, 'path' | 'fields'>> {
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  await pipeline(part.file, counted, createWriteStream(path))
  if (part.file.truncated) {
    throw refusal('too-large', 'file-too-large', { name: part.filename }, { field: 'file' })
  }
  return { name: part.filename.slice(0, 200), sha256: hash.digest('hex'), bytes }
}

function setField(fields: OptionTexts, { fieldname, value }: MultipartValue): void {
  const name = fieldNames.find((one) => one === fieldname)
  if (name === undefined)
    throw invalid(
      fieldname.slice(0, 60),
      value,
      say('say-one-of', { values: [...fieldNames, 'file'].join(', ') }),
    )
  if (value !== '') fields[name] = String(value)
}

/** Removes a received file that was not kept. */
export async function discardUpload(upload: Upload): Promise<void> {
  await rm(upload.path, { force: true })
}

/** Keeps a received file under the number of its import until it is loaded or dropped. */
export async function keepUpload(home: string, id: number, path: string): Promise<void> {
  await rename(path, uploadPath(home, id))
}

export async function removeUpload(home: string, id: number): Promise<void> {
  await rm(uploadPath(home, id), { force: true })
}

/** The kept file of an import, or null when it is gone. */
export function findUpload(home: string, id: number): string | null {
  const path = uploadPath(home, id)
  return existsSync(path) ? path : null
}

/** Removes what processes that died have left: files of imports not among `open`, and parts, sheets and unfinished lists of rejects older than `before`. */
export async function sweepUploads(home: string, open: ReadonlySet<number>, before: Date): Promise<void> {
  for (const name of await readdir(uploadFolder(home)).catch(() => [])) {
    const id = /^(\d+)\.upload$/.exec(name)?.[1]
    if (id === undefined) await removeOlder(join(uploadFolder(home), name), before)
    else if (!open.has(Number(id))) await removeUpload(home, Number(id))
  }
  for (const name of await readdir(sheetFolder(home)).catch(() => []))
    await removeOlder(join(sheetFolder(home), name), before)
  for (const name of await readdir(rejectsFolder(home)).catch(() => []))
    if (name.endsWith('.part')) await removeOlder(join(rejectsFolder(home), name), before)
}

async function removeOlder(path: string, before: Date): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (found !== null && found.mtime < before) await rm(path, { force: true })
}

/** All rejects of a file as CSV, or null when it had none. */
export function openRejectsFile(home: string, sha256: string): NodeJS.ReadableStream | null {
  const path = rejectsPath(home, sha256)
  return existsSync(path) ? createReadStream(path) : null
}

function uploadPath(home: string, id: number): string {
  return join(uploadFolder(home), `${id}.upload`)
}

/** The list of all rejects of a file. */
export function rejectsPath(home: string, sha256: string): string {
  return join(rejectsFolder(home), `${sha256}.csv`)
}

/** The same until it is whole. */
export function unfinishedRejectsPath(home: string): string {
  return join(rejectsFolder(home), `${randomUUID()}.part`)
}

function rejectsFolder(home: string): string {
  return join(home, 'rejects')
}

/** Where sheets of workbooks lie as CSV while they are read. */
export function sheetFolder(home: string): string {
  return join(home, 'sheets')
}

function uploadFolder(home: string): string {
  return join(home, 'uploads')
}
