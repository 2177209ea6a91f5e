/** An axis that begins at zero unless a value is negative, in whole steps of 1, 2 or 5 times a power of ten. */
export function scaleOf(values: readonly number[]): { min: number; max: number; ticks: readonly number[] } {
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)
  const rough = Math.max(1, (high - low) / 5)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10)
  const min = Math.floor(low / step) * step
  const max = Math.max(Math.ceil(high / step) * step, min + step)
  const ticks = Array.from({ length: Math.round((max - min) / step) + 1 }, (_, i) => min + i * step)
  return { min, max, ticks }
}
