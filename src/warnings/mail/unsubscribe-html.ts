import { markup } from './markup.ts'
import type { Language } from './text.ts'
import { mailTexts } from './texts.ts'

/** The page behind the link of a mail: it asks, as programs that look into mails open links, and then says what was done. */
export function unsubscribePage(
  language: Language,
  shown: { step: 'ask' | 'done'; email: string } | { step: 'unknown' },
): string {
  const text = mailTexts[language].unsubscribe
  const words =
    shown.step === 'unknown'
      ? markup`<h1>${text.unknown}</h1><p>${text.unknownNext}</p>`
      : shown.step === 'done'
        ? markup`<h1>${text.done}</h1><p>${text.doneFor(shown.email)}</p>`
        : markup`<h1>${text.ask}</h1><p>${text.askFor(shown.email)}</p><form method="post"><button type="submit">${text.confirm}</button></form>`
  return markup`<!DOCTYPE html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${text.title}</title>
<style>body{margin:0;padding:48px 20px;background:#f2f4f6;color:#1f2933;font:16px/26px -apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif}main{max-width:520px;margin:0 auto;padding:28px;background:#fff;border:1px solid #dde3e8}h1{margin:0 0 12px;font-size:20px;line-height:28px}p{margin:0;overflow-wrap:anywhere}button{margin-top:20px;padding:9px 20px;border:0;background:#1f4e79;color:#fff;font:inherit;cursor:pointer}footer{margin-top:24px;font-size:13px;color:#52606d}</style></head>
<body><main>${words}<footer>${mailTexts[language].product}</footer></main></body></html>
`.html
}
