import Big from 'big.js'

interface Traded {
  value: string
  quantities: readonly { amount: string; unit: string }[]
}

/** Sum of values, and of quantities in units that every row has. */
export function sumQuantities(rows: readonly Traded[]): {
  value: string
  quantities: { amount: string; unit: string }[]
} {
  const value = rows.reduce((total, row) => total.plus(row.value), new Big(0))
  const units = new Set(rows.flatMap((row) => row.quantities.map(({ unit }) => unit)))
  const quantities = [...units].flatMap((unit) => {
    const amounts = rows.map((row) => row.quantities.find((one) => one.unit === unit)?.amount)
    if (!amounts.every((amount) => amount !== undefined)) return []
    return [{ amount: amounts.reduce((total, amount) => total.plus(amount), new Big(0)).toFixed(), unit }]
  })
  return { value: value.toFixed(), quantities }
}
