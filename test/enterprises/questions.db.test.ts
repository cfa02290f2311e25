import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAccount } from '../../src/enterprises/queries.ts'
import type { Role } from '../../src/http/schema.ts'
import { clock, firm, otherFirm, startTestService, type TestService } from '../http/service.ts'

let service: TestService

beforeAll(async () => {
  service = await startTestService()
  const { db } = service.owner
  const password = 'correct horse battery'
  const people = [
    { email: 'officer@example.cn', name: 'O', role: 'officer' as const, enterpriseId: null },
    { email: 'firm@example.cn', name: 'F', role: 'enterprise' as const, enterpriseId: firm },
    { email: 'other@example.cn', name: 'X', role: 'enterprise' as const, enterpriseId: otherFirm },
  ]
  for (const person of people) await addAccount(db, { ...person, password }, clock.now())
})
afterAll(() => service.close())

async function call(role: Role, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) {
  const reply = await service.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${service.tokens[role]}` },
    ...(payload && { payload }),
  })
  return { status: reply.statusCode, body: reply.body === '' ? null : reply.json() }
}

const own = `/enterprises/${firm}/questions`
const question = { topic: 'origin', title: '竹制家具的原产地标准', body: '用进口五金件\n能否满足 RVC40？' }

async function asked(): Promise<number> {
  return (await call('enterprise', 'POST', own, question)).body.data.id
}

async function mailsTo(): Promise<string[]> {
  const rows = await service.owner.db.selectFrom('mail').select('recipient').orderBy('id').execute()
  await service.owner.pool.query('delete from mail')
  return rows.map(({ recipient }) => recipient)
}

describe('a question', () => {
  test('goes to the bureau, is answered, added to, closed and reopened, with its whole history', async () => {
    await mailsTo()
    const first = await call('enterprise', 'POST', own, { ...question, hs: '090210' })
    expect(first.status).toBe(201)
    expect(first.body.data).toEqual({
      ...{ id: expect.any(Number), enterpriseId: firm, enterprise: `firm ${firm}`, topic: 'origin' },
      ...{ title: question.title, hs: '090210', productId: null, product: null, state: 'open' },
      ...{ askedBy: 'firm', askedAt: '2026-11-23T01:00:00.000Z', updatedAt: '2026-11-23T01:00:00.000Z' },
      entries: [
        {
          ...{ id: expect.any(Number), kind: 'asked', body: question.body, author: 'firm', ofBureau: false },
          at: '2026-11-23T01:00:00.000Z',
        },
      ],
      attachments: [],
    })
    const at = `${own}/${first.body.data.id}`
    expect(await mailsTo()).toEqual(['officer@example.cn'])
    const answer = await call('officer', 'POST', `${at}/entries`, { body: '可以累积。' })
    expect(answer.body.data.state).toBe('answered')
    expect(await mailsTo()).toEqual(['firm@example.cn'])
    await call('enterprise', 'POST', `${at}/entries`, { body: '越南的部件呢？' })
    await call('enterprise', 'POST', `${at}/entries`, { body: '补充一点' })
    await call('officer', 'POST', `${at}/entries`, { body: '也可以。' })
    await call('enterprise', 'PUT', `${at}/state`, { state: 'closed' })
    await call('officer', 'PUT', `${at}/state`, { state: 'reopened' })
    const { data } = (await call('enterprise', 'GET', at)).body
    expect(data.state).toBe('reopened')
    expect(
      data.entries.map((entry: { kind: string; ofBureau: boolean }) => [entry.kind, entry.ofBureau]),
    ).toEqual([
      ['asked', false],
      ['answered', true],
      ['reopened', false],
      ['added', false],
      ['answered', true],
      ['closed', false],
      ['reopened', true],
    ])
  })

  test('that is closed takes no answer before it is reopened, and changes to where it is are refused', async () => {
    const at = `${own}/${await asked()}`
    expect((await call('officer', 'PUT', `${at}/state`, { state: 'reopened' })).status).toBe(409)
    expect((await call('officer', 'PUT', `${at}/state`, { state: 'closed' })).status).toBe(200)
    expect((await call('officer', 'PUT', `${at}/state`, { state: 'closed' })).status).toBe(409)
    expect((await call('officer', 'POST', `${at}/entries`, { body: 'late' })).status).toBe(409)
    expect((await call('enterprise', 'POST', `${at}/entries`, { body: '还有' })).body.data.state).toBe(
      'reopened',
    )
  })

  test('names a code of the reference and a product of the firm or is refused', async () => {
    const unknown = await call('enterprise', 'POST', own, { ...question, hs: '999999' })
    expect([unknown.status, unknown.body.field]).toEqual([400, 'hs'])
    const foreign = await service.owner.pool.query(
      `insert into product (enterprise_id, code, name, hs, updated_at) values ($1, 'T', 'tea', '090210', $2) returning id`,
      [otherFirm, clock.now()],
    )
    const stolen = await call('enterprise', 'POST', own, { ...question, productId: foreign.rows[0].id })
    expect([stolen.status, stolen.body.field]).toEqual([404, 'productId'])
  })

  test('outlives the product it names', async () => {
    const product = { code: 'T', name: 'tea', hs: '090210' }
    const { id } = (await call('enterprise', 'POST', `/enterprises/${firm}/products`, product)).body.data
    const made = (await call('enterprise', 'POST', own, { ...question, productId: id })).body.data
    expect(made.product).toBe('tea')
    await service.app.inject({
      method: 'DELETE',
      url: `/api/v1/enterprises/${firm}/products/${id}`,
      headers: { authorization: `Bearer ${service.tokens.enterprise}` },
    })
    const kept = (await call('enterprise', 'GET', `${own}/${made.id}`)).body.data
    expect([kept.productId, kept.product, kept.title]).toEqual([null, null, question.title])
  })

  test('of another firm does not exist, and the inbox is the bureau’s', async () => {
    const theirs = `/enterprises/${otherFirm}/questions`
    const { id } = (await call('officer', 'POST', theirs, { ...question, title: '别家的问题' })).body.data
    expect((await call('enterprise', 'GET', theirs)).status).toBe(404)
    expect((await call('enterprise', 'GET', `${own}/${id}`)).status).toBe(404)
    expect((await call('enterprise', 'POST', `${own}/${id}/entries`, { body: 'x' })).status).toBe(404)
    expect((await call('enterprise', 'GET', '/questions')).status).toBe(403)
    const titles = async (query: string) =>
      (await call('officer', 'GET', `/questions?${query}`)).body.data.map(
        (row: { title: string }) => row.title,
      )
    expect(await titles(`enterprise=${otherFirm}`)).toEqual(['别家的问题'])
    expect(await titles('q=别家')).toEqual(['别家的问题'])
    expect(await titles('state=waiting&topic=origin&q=%25')).toEqual([])
    expect(await titles('topic=tariff')).toEqual([])
  })
})

function upload(question: number, file: { name: string; content: Buffer | string }, enterprise = firm) {
  const boundary = 'x'.repeat(12)
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\n\r\n`
  return service.app.inject({
    method: 'POST',
    url: `/api/v1/enterprises/${enterprise}/questions/${question}/attachments`,
    headers: {
      authorization: `Bearer ${service.tokens.enterprise}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload: Buffer.concat([
      Buffer.from(head),
      Buffer.from(file.content),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  })
}

describe('a file that comes with a question', () => {
  test('is refused when the files of the firm take the room they may', async () => {
    const id = await asked()
    const { pool } = service.owner
    await pool.query(
      `insert into question_attachment (enterprise_id, question_id, name, type, bytes, content, added_by, added_at)
       select $1, $2, 'x', 'text/plain', 5242880, 'x', 'firm', now() from generate_series(1, 40)`,
      [firm, await asked()],
    )
    const full = await upload(id, { name: 'a.txt', content: '数据' })
    expect([full.statusCode, full.json().field]).toEqual([409, 'file'])
    await pool.query(`update question_attachment set content = null where name = 'x'`)
    expect((await upload(id, { name: 'a.txt', content: '数据' })).statusCode).toBe(201)
  })

  test('is handed out to be saved, under its name, by the type of its content', async () => {
    const id = await asked()
    const content = Buffer.from('%PDF-1.7 …')
    const added = await upload(id, { name: '../证明 (1).html', content })
    expect(added.json().data).toEqual({
      ...{ id: expect.any(Number), name: '证明 (1).html', type: 'application/pdf', bytes: content.length },
      ...{ addedBy: 'firm', addedAt: '2026-11-23T01:00:00.000Z', kept: true },
    })
    const got = await service.app.inject({
      url: `/api/v1${own}/${id}/attachments/${added.json().data.id}`,
      headers: { authorization: `Bearer ${service.tokens.officer}` },
    })
    expect(got.rawPayload.equals(content)).toBe(true)
    expect(got.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename*=UTF-8''%E8%AF%81%E6%98%8E%20%281%29.html`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
  })

  test.each([
    ['a program', Buffer.from('MZ\x90\x00\x03', 'latin1')],
    ['a page with a script in it', Buffer.from('<html><script>alert(1)</script>')],
    ['a drawing that may carry one', Buffer.from('<svg onload="x">')],
    ['an archive', Buffer.from('PK\x03\x04 anything.exe', 'latin1')],
    [
      'a workbook with macros',
      Buffer.from('PK\x03\x04[Content_Types].xml xl/workbook.xml xl/vbaProject.bin'),
    ],
    ['nothing', Buffer.alloc(0)],
  ])('is refused when it is %s', async (_name, content) => {
    const reply = await upload(await asked(), { name: 'offer.pdf', content })
    expect([reply.statusCode, reply.json().field]).toEqual([400, 'file'])
  })

  test('is refused when it is too large or one too many, or the question is closed or another firm’s', async () => {
    const id = await asked()
    const large = await upload(id, { name: 'a.txt', content: Buffer.alloc(5 * 1024 * 1024 + 1, 'a') })
    expect(large.statusCode).toBe(413)
    for (let count = 0; count < 10; count += 1)
      expect((await upload(id, { name: `${count}.txt`, content: '数据' })).statusCode).toBe(201)
    expect((await upload(id, { name: '11.txt', content: 'a' })).statusCode).toBe(409)
    const closed = await asked()
    await call('enterprise', 'PUT', `${own}/${closed}/state`, { state: 'closed' })
    expect((await upload(closed, { name: 'a.txt', content: 'a' })).statusCode).toBe(409)
    expect((await upload(id, { name: 'a.txt', content: 'a' }, otherFirm)).statusCode).toBe(404)
  })
})
