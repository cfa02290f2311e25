import { Button } from 'antd'
import { useText } from '../language.tsx'

/** Names the other language in that language, as its readers look for it. */
export function LanguageSwitch() {
  const { language, text, speak } = useText()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <Button type="text" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => speak(other)}>
      {text.otherLanguage}
    </Button>
  )
}
