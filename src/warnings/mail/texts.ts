import type { Language, MailText } from './text.ts'
import { en } from './text-en.ts'
import { zh } from './text-zh.ts'

export const mailTexts: Record<Language, MailText> = { zh, en }
