import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import { AppError, invalid } from '../errors.ts'
import type { OptionTexts } from './options.ts'

/** A file received into the uploads folder, and the fields that came with it. */
export interface Upload {
  path: string
  name: string
  sha256: string
  bytes: number
  fields: OptionTexts
}

const fieldNames = [
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
    if (saved === null) throw invalid('file', '(missing)', 'one file in a multipart form')
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
    throw new AppError('too-large', `file: ${part.filename}: larger than this service accepts`, {
      field: 'file',
    })
  }
  return { name: part.filename.slice(0, 200), sha256: hash.digest('hex'), bytes }
}

function setField(fields: OptionTexts, { fieldname, value }: MultipartValue): void {
  const name = fieldNames.find((one) => one === fieldname)
  if (name === undefined)
    throw invalid(fieldname.slice(0, 60), value, `one of ${fieldNames.join(', ')}, file`)
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

/** All rejects of a file as CSV, or null when it had none. */
export function openRejectsFile(home: string, sha256: string): NodeJS.ReadableStream | null {
  const path = join(home, 'rejects', `${sha256}.csv`)
  return existsSync(path) ? createReadStream(path) : null
}

function uploadPath(home: string, id: number): string {
  return join(uploadFolder(home), `${id}.upload`)
}

function uploadFolder(home: string): string {
  return join(home, 'uploads')
}
