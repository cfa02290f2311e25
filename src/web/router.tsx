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
    path: '/forgot-password',
    errorElement: <Crashed />,
    lazy: async () => ({ Component: (await import('./pages/ForgotPassword.tsx')).ForgotPassword }),
  },
  {
    path: '/set-password',
    errorElement: <Crashed />,
    lazy: async () => ({ Component: (await import('./pages/SetPassword.tsx')).SetPassword }),
  },
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
          { path: 'change', lazy: async () => ({ Component: (await import('./pages/Change.tsx')).Change }) },
          {
            path: 'competitiveness',
            lazy: async () => ({ Component: (await import('./pages/Competitiveness.tsx')).Competitiveness }),
          },
          { path: 'brief', lazy: async () => ({ Component: (await import('./pages/Brief.tsx')).Brief }) },
          {
            path: 'warnings/rules',
            lazy: async () => ({ Component: (await import('./pages/Rules.tsx')).Rules }),
          },
          {
            path: 'warnings/rules/:rule',
            lazy: async () => ({ Component: (await import('./pages/Rule.tsx')).Rule }),
          },
          {
            path: 'warnings/remedies',
            lazy: async () => ({ Component: (await import('./pages/Remedies.tsx')).Remedies }),
          },
          {
            path: 'warnings/:id',
            lazy: async () => ({ Component: (await import('./pages/Warning.tsx')).Warning }),
          },
          {
            path: 'enterprises',
            lazy: async () => ({ Component: (await import('./pages/Enterprises.tsx')).Enterprises }),
          },
          {
            path: 'admin',
            lazy: async () => ({ Component: (await import('./components/admin/AdminFrame.tsx')).AdminFrame }),
            children: [
              { index: true, element: <Navigate to="people" replace /> },
              {
                path: 'people',
                lazy: async () => ({ Component: (await import('./pages/People.tsx')).People }),
              },
              {
                path: 'reference',
                lazy: async () => ({ Component: (await import('./pages/Reference.tsx')).Reference }),
              },
              {
                path: 'operation',
                lazy: async () => ({ Component: (await import('./pages/Operation.tsx')).Operation }),
              },
              { path: 'audit', lazy: async () => ({ Component: (await import('./pages/Audit.tsx')).Audit }) },
            ],
          },
          {
            path: 'imports',
            lazy: async () => ({ Component: (await import('./pages/Imports.tsx')).Imports }),
          },
          { path: 'ledger', lazy: async () => ({ Component: (await import('./pages/Ledger.tsx')).Ledger }) },
          { path: 'mails', lazy: async () => ({ Component: (await import('./pages/Mails.tsx')).Mails }) },
        ],
      },
      {
        path: 'warnings',
        lazy: async () => ({ Component: (await import('./pages/Warnings.tsx')).Warnings }),
      },
      { path: 'matrix', lazy: async () => ({ Component: (await import('./pages/Matrix.tsx')).Matrix }) },
      { path: 'rcep', lazy: async () => ({ Component: (await import('./pages/Rcep.tsx')).Rcep }) },
      { path: 'origin', lazy: async () => ({ Component: (await import('./pages/Origin.tsx')).Origin }) },
      {
        path: 'origin/questions',
        lazy: async () => ({ Component: (await import('./pages/Interview.tsx')).Interview }),
      },
      {
        path: 'origin/certificate',
        lazy: async () => ({ Component: (await import('./pages/Certificate.tsx')).Certificate }),
      },
      {
        path: 'my-trade',
        lazy: async () => ({ Component: (await import('./pages/MyTrade.tsx')).MyTrade }),
      },
      {
        path: 'my-products',
        lazy: async () => ({ Component: (await import('./pages/MyProducts.tsx')).MyProducts }),
      },
      {
        path: 'my-warnings',
        lazy: async () => ({ Component: (await import('./pages/MyWarnings.tsx')).MyWarnings }),
      },
      {
        path: 'questions',
        lazy: async () => ({ Component: (await import('./pages/Questions.tsx')).Questions }),
      },
      {
        path: 'events',
        lazy: async () => ({ Component: (await import('./pages/Events.tsx')).Events }),
      },
      { path: 'account', lazy: async () => ({ Component: (await import('./pages/Account.tsx')).Account }) },
      { path: '*', element: <NotFound /> },
    ],
  },
])
