/** A delivery report (RFC 3464) as a mail server writes it. */
export function bounceMessage(
  of: { address?: string; action?: string; status?: string; messageId?: string } = {},
): Buffer {
  const {
    address = 'Gone@firm.example.cn',
    action = 'failed',
    status = '5.1.1',
    messageId = '<other@x>',
  } = of
  const part = (type: string, lines: readonly string[]) => ['--b', `Content-Type: ${type}`, '', ...lines, '']
  return Buffer.from(
    [
      'From: MAILER-DAEMON@mx.example.cn (Mail Delivery System)',
      'To: tradewind@example.cn',
      'Subject: Undelivered Mail Returned to Sender',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      ...part('text/plain', ['The mail system could not deliver your message.']),
      ...part('message/delivery-status', [
        'Reporting-MTA: dns; mx.example.cn',
        '',
        `Final-Recipient: rfc822; ${address}`,
        `Action: ${action}`,
        `Status: ${status}`,
        `Diagnostic-Code: smtp; 550 ${status} <${address}>: Recipient`,
        '    address rejected: User unknown',
      ]),
      ...part('text/rfc822-headers', [`To: ${address}`, `Message-ID: ${messageId}`]),
      '--b--',
      '',
    ].join('\r\n'),
  )
}
