import { useEffect, useState } from 'react'
import type { Journey } from '../../api-preference.ts'

const key = 'tradewind.journey'
export const noJourney: Journey = { pieces: '', via: [], issuedOn: '', shippedOn: '' }

/** How the goods of the bill travel and when; it stays on this computer beside the bill. */
export function useJourney(): [Journey, (journey: Journey) => void] {
  const [journey, change] = useState(() => journeyIn(localStorage.getItem(key) ?? ''))
  useEffect(() => localStorage.setItem(key, JSON.stringify(journey)), [journey])
  return [journey, change]
}

function journeyIn(content: string): Journey {
  try {
    const found: unknown = JSON.parse(content)
    if (typeof found !== 'object' || found === null || !('via' in found) || !Array.isArray(found.via))
      return noJourney
    const { via } = found
    return { ...noJourney, ...found, via: via.filter((code) => typeof code === 'string') }
  } catch {
    return noJourney
  }
}
