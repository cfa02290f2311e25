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

interface Asked {
  title: string
  enterprise: string
}

/** Mails about a question to the bureau: they name it and link to it. */
export const questionMails = {
  toBureau: {
    subject: ({ enterprise, title }: Asked) =>
      `企业咨询：${enterprise}：${title} / Question of an enterprise`,
    text: ({ enterprise, title }: Asked, link: string) =>
      `${enterprise} 提交或补充了咨询“${title}”：\n${link}\n\n${enterprise} asked or added to “${title}”; see the link above.\n`,
  },
  toFirm: {
    subject: ({ title }: Asked) => `商务局回复：${title} / Reply of the bureau`,
    text: ({ title }: Asked, link: string) =>
      `贵公司的咨询“${title}”有新的进展：\n${link}\n\nThe bureau has dealt with your question “${title}”; see the link above.\n`,
  },
} as const

/** Columns of the list of those who come to an event. */
export const signUpHeadings = ['海关注册编码', '企业', '人数', '联系人', '电话', '报名时间'] as const

/** Headings of the bill template, and what is said beside each: the headings and words in Chinese are read like those in English. */
export const billHeadings = {
  id: { zh: '序号', note: '本表内不重复。 A name of the line, used once.' },
  hs: { zh: '商品编码', note: '6 至 12 位数字，保留前导零。 HS code, leading zeros kept.' },
  description: { zh: '品名', note: '可不填。 May stay empty.' },
  value: { zh: '金额', note: '与成品同一币种。 In the currency of the good.' },
  weightKg: { zh: '净重千克', note: '可不填。 May stay empty.' },
  origin: { zh: '原产状态', note: '原产须填缔约方并注明证明。 Originating needs its Party and a proof.' },
  country: { zh: '原产国', note: '两位代码，如 CN、JP。 Two capital letters.' },
  evidence: { zh: '原产证明', note: '证书号或声明号，可不填。 Number of the proof.' },
  role: { zh: '用途', note: '不填即为材料。 A material unless said.' },
} as const

/** Words of the template for what the service calls otherwise. */
export const billWords: Readonly<Record<string, string>> = {
  原产: 'originating',
  非原产: 'non-originating',
  未知: 'unknown',
  材料: 'material',
  间接材料: 'indirect',
  附件备件: 'accessory',
  零售包装: 'retail-packaging',
  运输包装: 'transport-packing',
}
