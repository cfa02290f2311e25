import { useEffect, useState } from 'react'

/** The value once it has stayed the same for a while, so that a request is not sent with every key. */
export function useDebounced<Value>(value: Value, delayMs = 400): Value {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), delayMs)
    return () => clearTimeout(timer)
  }, [value, delayMs])
  return settled
}
