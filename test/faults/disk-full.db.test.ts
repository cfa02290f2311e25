import { createHash } from 'node:crypto'
import type { PathLike } from 'node:fs'
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { workbook } from '../helpers/workbook.ts'
import { startTestService, type TestService } from '../http/service.ts'

/** Files whose name matches take a hundred bytes; then the disk is full, as the kernel says it. */
const disk = vi.hoisted(() => ({ fullFor: /never/ }))
/** How the one sheet of a workbook is told from others: a process of its own writes it. */
const sheetId = vi.hoisted(() => '8f0c0f3e-6a0b-4c35-9b1e-1f5f4d1f7a01')

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  return {
    ...real,
    createWriteStream(path: PathLike, options?: object) {
      const stream = real.createWriteStream(path, options)
      if (!disk.fullFor.test(String(path))) return stream
      let left = 100
      Object.assign(stream, { _writev: null })
      stream._write = (chunk: Buffer, _encoding, done) => {
        const fits = chunk.subarray(0, left)
        left -= fits.length
        real.appendFileSync(path, fits)
        done(left > 0 ? null : noSpace())
      }
      return stream
    },
  }
})
vi.mock('node:crypto', async (original) => ({
  ...(await original<typeof import('node:crypto')>()),
  randomUUID: () => sheetId,
}))

function noSpace(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    errno: -28,
    syscall: 'write',
  })
}

let service: TestService
let home: string
const full = {
  status: 507,
  title: 'No space left',
  code: 'no-space',
  detail: 'the disk of the service is full; nothing was stored',
}

beforeAll(async () => {
  // Every upload is answered when it was read: nobody's patience ends, however busy the machine.
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  service = await startTestService()
  home = service.home
  for (const folder of ['uploads', 'rejects', 'sheets']) mkdirSync(join(home, folder), { recursive: true })
})
afterAll(async () => {
  vi.useRealTimers()
  await service.close()
})
beforeEach(() => {
  disk.fullFor = /never/
})

async function upload(name: string, content: string | Buffer) {
  const form = new FormData()
  form.append('flow', 'export')
  form.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), name)
  const encoded = new Response(form)
  return await service.app.inject({
    method: 'POST',
    url: '/api/v1/imports',
    headers: {
      'content-type': encoded.headers.get('content-type') ?? '',
      authorization: `Bearer ${service.tokens.officer}`,
    },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
}

async function left() {
  const { rows } = await service.owner.pool.query('select count(*)::int as files from source_file')
  return {
    ...rows[0],
    on: ['uploads', 'rejects', 'sheets'].flatMap((folder) => readdirSync(join(home, folder))),
  }
}

const header = '数据年月,商品编码,贸易伙伴编码,美元\n'
const table = `${header}${'202603,09021010,116,7\n'.repeat(20)}`
const rejected = `${header}202603,09021010,116,7\n${'202603,09021010,110,x\n'.repeat(20)}`
const book = workbook(table.split('\n').map((line) => line.split(',')))

/** Where the sheet of that workbook is to be written, the kernel says that the disk is full. */
function fillSheets() {
  const sha256 = createHash('sha256').update(book).digest('hex')
  symlinkSync('/dev/full', join(home, 'sheets', `${sha256.slice(0, 16)}-${sheetId}.csv`))
}

test.each([
  ['the upload', /\.part$/, 'a.csv', table],
  ['the list of rejected rows', /rejects/, 'b.csv', rejected],
  ['the sheet of a workbook', /never/, 'c.xlsx', book],
])(
  'a disk that %s fills is a 507, nothing is left behind, and with room it goes through',
  async (_what, fullFor, name, content) => {
    disk.fullFor = fullFor
    if (name === 'c.xlsx') fillSheets()
    expect((await upload(name, content)).json()).toMatchObject(full)
    expect(await left()).toEqual({ files: 0, on: [] })
    disk.fullFor = /never/
    const { data } = (await upload(name, content)).json()
    expect(data.state).toBe('previewed')
    await service.app.inject({
      method: 'DELETE',
      url: `/api/v1/imports/${data.id}`,
      headers: { authorization: `Bearer ${service.tokens.officer}` },
    })
    await service.owner.pool.query('truncate source_file cascade')
    rmSync(join(home, 'rejects'), { recursive: true })
    mkdirSync(join(home, 'rejects'))
  },
)

test('a disk of the database that is full is the same problem', async () => {
  await service.owner.pool.query(`
    create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
    create trigger full_disk before insert on source_file for each row execute function refuse()`)
  expect((await upload('a.csv', table)).json()).toMatchObject(full)
  await service.owner.pool.query('drop trigger full_disk on source_file')
  expect(await left()).toEqual({ files: 0, on: [] })
})
