import { useSearchParams } from 'react-router'

/** A parameter of the address that takes one of a few values; the first is the default and is not written out. */
export function useChoice<const Value extends string>(
  name: string,
  allowed: readonly [Value, ...Value[]],
): [Value, (value: Value) => void] {
  const [params, setParams] = useSearchParams()
  const given = params.get(name)
  const current = allowed.find((value) => value === given) ?? allowed[0]
  const choose = (value: Value) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        if (value === allowed[0]) after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: true },
    )
  return [current, choose]
}
