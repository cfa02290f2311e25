import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { RequestError } from './http.ts'
import { LanguageProvider, useText } from './language.tsx'
import { router } from './router.tsx'
import { isSignedOut } from './session.ts'
import './styles.css'
import { applyTokens, theme } from './theme.ts'

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (isSignedOut(error)) client.setQueryData(['session'], null)
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      // What the service refused it will refuse again; only a failure of its own or of the network is worth another try.
      retry: (failures, error) =>
        failures < 2 && error instanceof RequestError && (error.status === 0 || error.status >= 500),
    },
  },
})

function Page() {
  const { language } = useText()
  return (
    <ConfigProvider theme={theme} locale={language === 'zh' ? zh : en} button={{ autoInsertSpace: false }}>
      <App>
        <RouterProvider router={router} />
      </App>
    </ConfigProvider>
  )
}

applyTokens(document.documentElement)
const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <QueryClientProvider client={client}>
          <Page />
        </QueryClientProvider>
      </LanguageProvider>
    </StrictMode>,
  )
