import { afterAll, beforeAll, expect, test } from 'vitest'
import { workbookTemplate } from '../../src/enterprises/bill-template.ts'
import { firm, startTestService, type TestService } from '../http/service.ts'

let service: TestService

beforeAll(async () => {
  service = await startTestService()
})
afterAll(() => service.close())

const headers = () => ({ authorization: `Bearer ${service.tokens.enterprise}` })

function upload(content: Buffer) {
  const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="bill"\r\n\r\n'
  return service.app.inject({
    method: 'POST',
    url: '/api/v1/bom-table/file',
    headers: { ...headers(), 'content-type': 'multipart/form-data; boundary=x' },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--x--\r\n')]),
  })
}

const materials = [
  {
    ...{ id: '1', hs: '848210', description: '轴承', value: '40', weightKg: '0.2', role: 'material' },
    origin: { status: 'non-originating', country: 'DE' },
  },
]

test('a filled-in workbook becomes a bill that is read back as it was written', async () => {
  const template = await service.app.inject({ url: '/api/v1/bom-template?format=xlsx', headers: headers() })
  expect(template.headers['content-disposition']).toBe('attachment; filename="bom-template.xlsx"')
  const read = await upload(template.rawPayload)
  expect(read.json()).toEqual({ data: { materials, errors: [] }, meta: { rows: 1 } })
  const good = { hs: '870893', producedIn: 'CN', fob: '413' }
  const document = { good, importer: 'JP', on: '2026-06-01', materials: read.json().data.materials }
  const url = `/api/v1/enterprises/${firm}/boms`
  const payload = { name: 'bearing', document }
  const added = await service.app.inject({ method: 'POST', url, headers: headers(), payload })
  expect(added.json().data.document).toEqual(document)
  const listed = await service.app.inject({ url, headers: headers() })
  expect(listed.json().data[0].document).toEqual(document)
})

test('a wrong cell, a table that is none and one that is too large are said to be', async () => {
  const wrong = await upload(Buffer.from('id,hs,value,origin\r\n1,84,40,unknown\r\n'))
  expect(wrong.json().data).toEqual({
    materials: [],
    errors: [
      { row: 2, cell: 'B2', column: 'hs', value: '84', allowed: '6 to 12 digits, leading zeros kept' },
    ],
  })
  expect((await upload(Buffer.from([0, 1, 2]))).statusCode).toBe(400)
  expect((await upload(Buffer.alloc(2 * 1024 * 1024 + 1, 'a'))).statusCode).toBe(413)
  expect((await upload((await workbookTemplate()).subarray(0, 900))).statusCode).toBe(400)
})
