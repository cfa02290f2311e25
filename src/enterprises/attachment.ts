/** Largest file that may come with a question, and how many may. */
export const mostAttachmentBytes = 5 * 1024 * 1024
export const mostAttachments = 10
/** What all files of one firm that are kept may take together. */
export const mostBytesOfFirm = 200 * 1024 * 1024

export const attachmentTypes = 'PDF, PNG, JPEG, Word or Excel without macros, CSV or plain text'

const starts: [string, Buffer][] = [
  ['application/pdf', Buffer.from('%PDF-')],
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
]

const office = 'application/vnd.openxmlformats-officedocument.'

/** The type of a file by what is in it, whatever it is called; null when it is none that is taken. */
export function sniffAttachment(content: Buffer): string | null {
  const known = starts.find(([, start]) => content.subarray(0, start.length).equals(start))
  if (known) return known[0]
  if (content.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return officeType(content)
  return isText(content) ? 'text/plain; charset=utf-8' : null
}

/** Word and Excel files are archives that name their parts; one that brings a program along is refused. */
function officeType(content: Buffer): string | null {
  const has = (part: string) => content.includes(part, 0, 'latin1')
  if (!has('[Content_Types].xml') || /vbaproject/i.test(content.toString('latin1'))) return null
  if (has('word/document.xml')) return `${office}wordprocessingml.document`
  return has('xl/workbook.xml') ? `${office}spreadsheetml.sheet` : null
}

/** UTF-8 without control characters: neither a program nor a picture is that. */
function isText(content: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
    return (
      text.trim() !== '' && !/[^\P{Cc}\t\r\n]/u.test(text) && !/<(!doctype|html|script|svg)\b/i.test(text)
    )
  } catch {
    return false
  }
}

/** The last part of a path as one line of at most 120 characters, for showing and for saving it under. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const shown = last.replaceAll(/[\p{Cc}\p{Cf}"<>:|?*]/gu, '_').trim()
  return shown.slice(-120) || 'attachment'
}
