import { describe, expect, test } from 'vitest'
import { failedRecipients, refusedAddress } from '../../src/warnings/mail/bounce.ts'
import { readBounce } from '../../src/warnings/mail/bounce-read.ts'
import { bounceMessage } from './bounces.ts'

describe('a message that came back', () => {
  test('names the address, its status, what the server said and the mail it is about', async () => {
    expect(await readBounce(bounceMessage({ messageId: '<digest.1@trade.example.cn>' }))).toEqual({
      messageId: '<digest.1@trade.example.cn>',
      failed: [
        {
          address: 'gone@firm.example.cn',
          status: '5.1.1',
          diagnostic: '550 5.1.1 <Gone@firm.example.cn>: Recipient address rejected: User unknown',
        },
      ],
    })
  })

  test('that reports a delay has nobody in it', async () => {
    const delayed = bounceMessage({ action: 'delayed', status: '4.4.1' })
    expect((await readBounce(delayed))?.failed).toEqual([])
    expect((await readBounce(bounceMessage({ status: '4.2.2' })))?.failed).toEqual([])
  })

  test('of a server that only writes a header is read by it', async () => {
    const text = 'From: d\r\nX-Failed-Recipients: A@x.cn, b@x.cn\r\n\r\n  550 5.1.1 no such user here\r\n'
    const failed = { status: '5.1.1', diagnostic: '5.1.1 no such user here' }
    expect(await readBounce(Buffer.from(text))).toEqual({
      messageId: null,
      failed: [
        { address: 'a@x.cn', ...failed },
        { address: 'b@x.cn', ...failed },
      ],
    })
  })

  test('is none where it is an ordinary mail, or no mail at all', async () => {
    expect(await readBounce(Buffer.from('From: a@b.cn\r\nSubject: hello\r\n\r\nhello'))).toBeNull()
    expect(await readBounce(Buffer.from([0, 255, 1, 2]))).toBeNull()
  })

  test('may be about several recipients, and names the one we wrote to before any it was forwarded to', () => {
    const status = [
      'Reporting-MTA: dns; mx',
      'Original-Recipient: rfc822; a@x.cn\nFinal-Recipient: rfc822; b@y.cn\nAction: failed\nStatus: 5.2.1 (disabled)',
      'Final-Recipient: rfc822; c@y.cn\nAction: relayed\nStatus: 2.1.9',
    ].join('\n\n')
    expect(failedRecipients(status)).toEqual([{ address: 'a@x.cn', status: '5.2.1', diagnostic: '' }])
  })
})

describe('a refusal on the wire', () => {
  test.each([
    [550, '550 5.1.1 no such user', '5.1.1'],
    [550, '550 User not found', '550'],
    [550, '550 5.7.1 blocked, see our policy', undefined],
    [451, '451 4.7.1 greylisted', undefined],
  ])('%i "%s" is of the address with status %s', (code, text, status) => {
    expect(refusedAddress({ code, text })?.status).toBe(status)
  })
})
