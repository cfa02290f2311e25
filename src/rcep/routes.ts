import type { Api } from '../http/schema.ts'
import { opportunityRoutes } from './opportunities/routes.ts'
import { originRoutes } from './origin-routes.ts'
import { type TariffDeps, tariffRoutes } from './tariff-routes.ts'

/** Everything under /rcep: rates, advice, origin rules and verdicts. */
export function rcepRoutes(app: Api, deps: TariffDeps): void {
  tariffRoutes(app, deps)
  originRoutes(app, deps)
  opportunityRoutes(app, deps)
}
