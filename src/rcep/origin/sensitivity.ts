import Big from 'big.js'
import type { Product } from './bill.ts'
import { toleranceBase } from './criteria.ts'
import type { World } from './cumulation.ts'
import type { Judgement, Line, Outcome, Route } from './judgement.ts'
import { hundred, share, zero } from './percent.ts'
import type { OriginSensitivity, OriginVerdict } from './result.ts'
import { routeName } from './rows.ts'
import type { OriginText } from './text.ts'

/**
 * What moves: the price of every non-originating material; the value of the imported ones by the exchange rate, at an unchanged
 * FOB price; the FOB price itself, at unchanged materials. What a change takes off or adds is profit, so both formulas move alike.
 */
const shocks = ['material-price', 'exchange-rate', 'fob-price'] as const
type Shock = (typeof shocks)[number]

const tried = ['-10', '-5', '5', '10'].map((percent) => ({
  percent,
  up: new Big(percent),
  down: new Big(percent).times(-1),
}))

/** How far a route goes with a shock: up to the change `part` / `whole`, at any change, or at none. */
type Room = { part: Big; whole: Big } | 'always' | 'never'

interface Judged {
  verdict: OriginVerdict
  judgement: Judgement
  product: Product
  world: World
}

/**
 * At which change of prices or of the exchange rate the verdict turns, and what changes of 5 and 10 % do. Null where the verdict
 * hangs on something else than figures.
 */
export function sensitivityOf(
  { verdict, judgement, product, world }: Judged,
  text: OriginText,
): OriginSensitivity | null {
  const { routes, problem } = judgement
  const real = routes.filter((route) => !route.indicative)
  if (verdict === 'needs-info' || problem !== null || real.length === 0) return null
  const found = shocks.map((of) => widest(of, real, product, world))
  return {
    limits: found.map(({ of, room, route }) => {
      const percent = typeof room === 'string' ? null : percentOfRoom(of, room)
      const rule = percent === null || route === null ? null : routeName(route)
      return { of, percent, rule, text: text.shock(of, verdict, percent, rule) }
    }),
    shocks: found.flatMap(({ of, room }) =>
      tried.map(({ percent, up, down }) => {
        const holds = holdsAt(room, of === 'fob-price' ? down : up)
        return { of, percent, verdict: holds ? ('pass' as const) : ('fail' as const) }
      }),
    ),
  }
}

/** The route that stands the most. */
function widest(of: Shock, routes: readonly Route[], product: Product, world: World) {
  let best: { of: Shock; room: Room; route: Route | null } = { of, room: 'never', route: null }
  for (const route of routes) {
    const room = roomOf(of, route, product, world)
    if (best.route === null ? room !== 'never' : isWider(room, best.room)) best = { of, room, route }
  }
  return best
}

function isWider(room: Room, other: Room): boolean {
  if (room === 'never' || other === 'always') return false
  if (room === 'always' || other === 'never') return true
  return room.part.times(other.whole).gt(other.part.times(room.whole))
}

/** The least room of a route's requirements; Art. 3.6 is moved by no price. */
function roomOf(of: Shock, route: Route, product: Product, world: World): Room {
  if (route.gate === 'minimal' || (route.terms.length === 0 && !route.holds)) return 'never'
  return route.outcomes.reduce<Room>((least, outcome) => {
    const room = roomOfOutcome(of, outcome, route, product, world)
    return isWider(least, room) ? room : least
  }, 'always')
}

function roomOfOutcome(of: Shock, outcome: Outcome, route: Route, product: Product, world: World): Room {
  if (outcome.kind === 'RVC') return roomOfValue(of, outcome, route, product)
  if (outcome.kind !== 'CTC') return outcome.passed ? 'always' : 'never'
  const { failing, deMinimis } = outcome
  if (failing.length === 0 || (deMinimis.used && deMinimis.basis === 'weight')) return 'always'
  const limit = share(toleranceBase(product, world), world.terms.deMinimis.percent)
  const left = limit.minus(deMinimis.value)
  return of === 'fob-price' ? roomIn(left, limit) : roomOfMoved(left, moved(of, failing, product))
}

function roomOfValue(
  of: Shock,
  { threshold, vnm, buildUp }: Extract<Outcome, { kind: 'RVC' }>,
  { bill }: Route,
  product: Product,
): Room {
  const content = product.price.minus(vnm)
  const best = buildUp.state === 'counted' && buildUp.amount.gt(content) ? buildUp.amount : content
  const margin = best.minus(share(product.price, threshold))
  // A fall of the FOB price takes the threshold's share of it along.
  if (of === 'fob-price') return roomIn(margin, product.price.minus(share(product.price, threshold)))
  return roomOfMoved(margin, moved(of, bill.lines, product))
}

/** Value of the non-originating lines a shock moves: all, or by the exchange rate those not bought in the producing Party. */
function moved(of: Shock, lines: readonly Line[], { producedIn }: Product): Big {
  let total = zero
  for (const { item, standing } of lines) {
    const { party, country } = item.declared
    const isHome = (party ?? country ?? item.made?.producedIn) === producedIn
    if (!standing.originating && (of === 'material-price' || !isHome))
      total = total === zero ? item.value : total.plus(item.value)
  }
  return total
}

/** Room for a change of `whole` within a margin. */
function roomIn(margin: Big, whole: Big): Room {
  if (whole.lte(0)) return margin.gte(0) ? 'always' : 'never'
  return { part: margin, whole }
}

/** The same of what can fall by no more than all of it. */
function roomOfMoved(margin: Big, whole: Big): Room {
  return margin.plus(whole).lt(0) ? 'never' : roomIn(margin, whole)
}

const cut = Big()
cut.DP = 4

/** Cut towards minus infinity, so that what is stated holds; a fall of the FOB price is below zero. */
function percentOfRoom(of: Shock, { part, whole }: { part: Big; whole: Big }): string {
  cut.RM = part.lt(0) ? 3 : 0
  const most = new cut(part).times(hundred).div(whole)
  return (of === 'fob-price' ? most.times(-1) : most).toFixed()
}

/** Whether the route holds after a change in percent, exactly. */
function holdsAt(room: Room, change: Big): boolean {
  if (typeof room === 'string') return room === 'always'
  return change.times(room.whole).lte(room.part.times(hundred))
}
