import { createHash } from 'node:crypto'
import Papa from 'papaparse'
import { AppError, invalid } from '../../errors.ts'
import { type HsEdition, hsEditions, isHsEdition } from '../../reference/concordance.ts'

export interface NameFile {
  edition: HsEdition
  origin: string
  sha256: string
  names: { code: string; en: string | null; zh: string | null }[]
}

/**
 * Reads names of HS codes from a user's file: a CSV with a column `hscode` or `code` and one of `description`, `en`, `name_en`
 * and/or `zh`, `name_zh`; or the JSON of UN Comtrade's classifications ({"results":[{"id","text"}]}). Rows that are no code
 * (section and aggregate rows) are passed over; a file without any name is refused.
 */
export function readNameFile(bytes: Uint8Array, options: { name: string; edition: string }): NameFile {
  const { edition, name: origin } = options
  if (!isHsEdition(edition)) throw invalid('edition', edition, `one of ${hsEditions.join(', ')}`)
  const text = new TextDecoder('utf-8').decode(bytes).replace(/^\ufeff/, '')
  if (text.includes('\ufffd'))
    throw new AppError('refused', 'file: not UTF-8 text: expected CSV or JSON in UTF-8; nothing was stored')
  const found = /^\s*[{[]/.test(text) ? fromJson(text) : fromCsv(text)
  const names = new Map(
    found.filter(({ code, en, zh }) => /^\d{2,10}$/.test(code) && (en || zh)).map((row) => [row.code, row]),
  )
  if (names.size === 0)
    throw new AppError(
      'refused',
      'file: no names: expected codes of 2 to 10 digits with a description; nothing was stored',
    )
  return {
    edition,
    origin,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    names: [...names.values()],
  }
}

type Name = NameFile['names'][number]

function fromCsv(text: string): Name[] {
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
  return data.map((row) => ({
    code: (row.code ?? row.hscode ?? '').replaceAll(/[.\s]/g, ''),
    en: (row.en ?? row.name_en ?? row.description ?? '').trim() || null,
    zh: (row.zh ?? row.name_zh ?? '').trim() || null,
  }))
}

function fromJson(text: string): Name[] {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw new AppError(
      'refused',
      `file: no JSON (${error instanceof Error ? error.message : ''}); nothing was stored`,
    )
  }
  const rows = isRecord(content) && Array.isArray(content.results) ? content.results : content
  if (!Array.isArray(rows))
    throw new AppError('refused', 'file: expected {"results":[{"id","text"}]}; nothing was stored')
  return rows.filter(isRecord).map((row) => {
    const code = String(row.id ?? row.code ?? '')
    const named = String(row.text ?? row.name ?? '')
    return { code, en: named.replace(/^\S+ - /, '').trim() || null, zh: null }
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
