import { createBrowserRouter, Navigate } from 'react-router'
import { Crashed } from './components/Crashed.tsx'
import { Frame } from './components/Frame.tsx'
import { OfficersOnly } from './components/OfficersOnly.tsx'
import { NotFound } from './pages/NotFound.tsx'
import { SignIn } from './pages/SignIn.tsx'

/** Every page but the sign-in is loaded when it is first opened. */
export const router = createBrowserRouter([
  { path: '/sign-in', element: <SignIn />, errorElement: <Crashed /> },
  {
    element: <Frame />,
    errorElement: <Crashed />,
    hydrateFallbackElement: <div />,
    children: [
      {
        element: <OfficersOnly />,
        children: [
          { index: true, element: <Navigate to="/overview" replace /> },
          {
            path: 'overview',
            lazy: async () => ({ Component: (await import('./pages/Overview.tsx')).Overview }),
          },
          {
            path: 'explorer',
            lazy: async () => ({ Component: (await import('./pages/Explorer.tsx')).Explorer }),
          },
          {
            path: 'warnings',
            lazy: async () => ({ Component: (await import('./pages/Warnings.tsx')).Warnings }),
          },
          {
            path: 'imports',
            lazy: async () => ({ Component: (await import('./pages/Imports.tsx')).Imports }),
          },
          { path: 'mails', lazy: async () => ({ Component: (await import('./pages/Mails.tsx')).Mails }) },
        ],
      },
      { path: 'rcep', lazy: async () => ({ Component: (await import('./pages/Rcep.tsx')).Rcep }) },
      { path: 'origin', lazy: async () => ({ Component: (await import('./pages/Origin.tsx')).Origin }) },
      { path: '*', element: <NotFound /> },
    ],
  },
])
