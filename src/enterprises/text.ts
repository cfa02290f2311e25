/** Mails about a person's own account, in both languages: who reads them is not known to have chosen one yet. */
export const linkMails = {
  invitation: {
    subject: 'Tradewind 邀请 / Invitation to Tradewind',
    text: (name: string, link: string, hours: number) =>
      `${name}，您好：\n\n请打开以下链接设置密码。链接只能使用一次，${hours} 小时内有效。\n${link}\n\n` +
      `Hello ${name},\n\nopen the link above to set your password. It works once, within ${hours} hours.\n`,
  },
  reset: {
    subject: 'Tradewind 重设密码 / Password reset',
    text: (name: string, link: string, hours: number) =>
      `${name}，您好：\n\n请打开以下链接重设密码。链接只能使用一次，${hours} 小时内有效。如非本人操作，请忽略此邮件。\n${link}\n\n` +
      `Hello ${name},\n\nopen the link above to set a new password. It works once, within ${hours} hours. ` +
      'If you did not ask for it, ignore this mail.\n',
  },
} as const
