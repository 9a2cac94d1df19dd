// The normal distribution function, and its correction for skewness.

const INV_SQRT_2PI = 0.3989422804014327;

/** φ(x), the standard normal density. */
function normalDensity(x: number): number {
  return INV_SQRT_2PI * Math.exp(-0.5 * x * x);
}

/** Φ(x), absolute error below 7.5e-8 (Abramowitz and Stegun, 26.2.17). */
function normalUpTo(x: number): number {
  const z = Math.abs(x);
  const t = 1 / (1 + 0.2316419 * z);
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = normalDensity(z) * poly;
  return x < 0 ? tail : 1 - tail;
}

/**
 * P(X ≤ 0) of an integer X with this mean, variance and third central moment, by the normal distribution with
 * continuity correction and the first term of the Edgeworth series: Φ(x) − γ/6·(x²−1)·φ(x), x = (½ − mean)/σ.
 */
export function atMostZero(mean: number, variance: number, third: number): number {
  if (variance < 1e-9) return mean < 0.5 ? 1 : 0;
  const sigma = Math.sqrt(variance);
  const x = (0.5 - mean) / sigma;
  const skewness = third / (variance * sigma);
  const p = normalUpTo(x) - (skewness / 6) * (x * x - 1) * normalDensity(x);
  return p < 0 ? 0 : p > 1 ? 1 : p;
}
