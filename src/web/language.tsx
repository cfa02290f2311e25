import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { en } from './text/en.ts'
import { type Text, zh } from './text/zh.ts'

export type Language = 'zh' | 'en'

interface Spoken {
  language: Language
  text: Text
  speak(language: Language): void
}

const texts: Record<Language, Text> = { zh, en }
const key = 'tradewind.language'
const Context = createContext<Spoken>({ language: 'zh', text: zh, speak: () => {} })

/** Chinese unless the reader chose English before on this computer. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, speak] = useState<Language>(() => (localStorage.getItem(key) === 'en' ? 'en' : 'zh'))
  useEffect(() => {
    localStorage.setItem(key, language)
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  const spoken = useMemo(() => ({ language, text: texts[language], speak }), [language])
  return <Context value={spoken}>{children}</Context>
}

/** The language of the page and all its texts. */
export function useText(): Spoken {
  return useContext(Context)
}
