// What was declared of an emergency for every campaign at once.

/** A state of emergency, by the rule pack whose clause on it forbids calls; over at `untilAt`. */
export interface DeclaredEmergency {
  readonly pack: string;
  readonly untilAt: number;
  readonly by: string;
  readonly reason: string;
}
