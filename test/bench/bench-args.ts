// What every benchmark is run with.

export interface BenchArgs {
  /** Print nothing; the figures are the answer. */
  readonly json: boolean;
  /** A small run that shows that the benchmark works; its figures prove nothing. */
  readonly short: boolean;
  /** Options of the benchmark's own, `--rounds 10` as `{ rounds: '10' }`. */
  readonly options: Readonly<Record<string, string>>;
}
