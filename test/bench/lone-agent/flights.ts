// Which calls may be in flight for one agent: up to two, each known by its age. What may become of them in a second,
// and which flights one more dial, or giving up one that has rung long enough, leads to.

import { AGES, type RingLaw } from './laws.ts';

/** With three the optimum is the same to 0.02 points. */
const MOST = 2;
const NEGLIGIBLE = 1e-12;

/** What the calls of one flight may come to within a second. */
interface Outcome {
  readonly chance: number;
  /** The flight of those that still ring. */
  readonly left: number;
  /** People who answered. */
  readonly answers: number;
}

export class Flights {
  readonly #ages: (readonly number[])[] = [];
  readonly #places = new Map<string, number>();
  /** Where each flight's outcomes begin in the three tables below; one more for the end. */
  readonly from: Int32Array;
  readonly chance: Float64Array;
  readonly left: Int32Array;
  readonly answers: Int32Array;
  /** The flight with one call more, −1 for none. */
  readonly dialed: Int32Array;
  /** The flights with one call less that had rung long enough. */
  readonly givenUp: readonly (readonly number[])[];

  /** `giveUpFrom`: the age from which a call may be given up; Infinity for never. */
  constructor(law: RingLaw, giveUpFrom: number) {
    for (let calls = 0; calls <= MOST; calls += 1) this.#enter([], calls);
    const outcomes = this.#ages.map((ages) => this.#outcomes(ages, law));
    const flat = outcomes.flat();
    this.from = new Int32Array(outcomes.length + 1);
    outcomes.forEach((some, i) => {
      this.from[i + 1] = (this.from[i] ?? 0) + some.length;
    });
    this.chance = Float64Array.from(flat, ({ chance }) => chance);
    this.left = Int32Array.from(flat, ({ left }) => left);
    this.answers = Int32Array.from(flat, ({ answers }) => answers);
    this.dialed = Int32Array.from(this.#ages, (ages) => (ages.length < MOST ? this.#place([0, ...ages]) : -1));
    this.givenUp = this.#ages.map((ages) =>
      ages.flatMap((age, i) => (age >= giveUpFrom ? [this.#place(ages.toSpliced(i, 1))] : [])),
    );
  }

  /** How many there are; those with fewer calls come first, the first has none. */
  get count(): number {
    return this.#ages.length;
  }

  /** Enters every flight that begins with these ages, oldest last, and has so many calls more. */
  #enter(ages: readonly number[], more: number): void {
    if (more === 0) {
      this.#places.set(ages.join(), this.#ages.length);
      this.#ages.push(ages);
      return;
    }
    for (let age = ages.at(-1) ?? 0; age < AGES; age += 1) this.#enter([...ages, age], more - 1);
  }

  #place(ages: readonly number[]): number {
    const place = this.#places.get(ages.join());
    if (place === undefined) throw new Error(`no flight of ages ${ages.join()}`);
    return place;
  }

  #outcomes(ages: readonly number[], law: RingLaw): Outcome[] {
    let open: { chance: number; left: readonly number[]; answers: number }[] = [{ chance: 1, left: [], answers: 0 }];
    for (const age of ages) {
      const answered = law.answered[age] ?? 0;
      const over = law.over[age] ?? 0;
      const older = Math.min(AGES - 1, age + 1);
      open = open.flatMap(({ chance, left, answers }) => [
        { chance: chance * answered, left, answers: answers + 1 },
        { chance: chance * over, left, answers },
        { chance: chance * (1 - answered - over), left: [...left, older], answers },
      ]);
    }
    const likely = open.filter(({ chance }) => chance > NEGLIGIBLE);
    return likely.map(({ chance, left, answers }) => ({ chance, left: this.#place(left), answers }));
  }
}
