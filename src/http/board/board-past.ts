// The last hours of the centre, a sample a minute, kept in memory for the plots of the board: small, bounded, and gone with
// the daemon. Reports read the store; this is for the eye.

import type { Clock } from '../../base/clock.ts';
import type { CampaignView } from '../../engine/control-views.ts';
import type { Control } from '../../engine/control.ts';
import type { BoardHistory } from '../wire/board.ts';

const STEP_MS = 60_000;
const KEPT = 8 * 60;

interface Sample {
  readonly at: number;
  readonly talking: number;
  readonly wrapUp: number;
  readonly ready: number;
  readonly paused: number;
  readonly lines: number;
  readonly liveAnswers: number;
  readonly abandoned: number;
  readonly byCampaign: ReadonlyMap<string, number>;
}

interface Counted {
  readonly liveAnswers: number;
  readonly abandoned: number;
}

export class BoardPast {
  readonly #control: Pick<Control, 'campaigns'>;
  readonly #clock: Clock;
  #samples: Sample[] = [];
  /** The figures of the day at the sample before: they begin again at midnight. */
  #before = new Map<string, Counted>();
  #cancel: (() => void) | undefined;

  constructor(control: Pick<Control, 'campaigns'>, clock: Clock) {
    this.#control = control;
    this.#clock = clock;
  }

  start(): void {
    this.#sample();
    const again = (): void => {
      this.#cancel = this.#clock.after(STEP_MS, () => {
        this.#sample();
        again();
      });
    };
    again();
  }

  stop(): void {
    this.#cancel?.();
  }

  show(hours: number): BoardHistory {
    const samples = this.#samples.slice(-Math.round((hours * 3_600_000) / STEP_MS));
    const row = (key: Exclude<keyof Sample, 'at' | 'byCampaign'>): number[] => samples.map((sample) => sample[key]);
    const names = new Set(samples.flatMap(({ byCampaign }) => [...byCampaign.keys()]));
    return {
      fromAt: samples[0]?.at ?? this.#clock.now(),
      stepMs: STEP_MS,
      all: {
        talking: row('talking'),
        wrapUp: row('wrapUp'),
        ready: row('ready'),
        paused: row('paused'),
        lines: row('lines'),
        liveAnswers: row('liveAnswers'),
        abandoned: row('abandoned'),
      },
      campaigns: [...names].map((name) => ({
        name,
        liveAnswers: samples.map(({ byCampaign }) => byCampaign.get(name) ?? 0),
      })),
    };
  }

  #sample(): void {
    const views = this.#control.campaigns();
    const sum = (of: (view: CampaignView) => number): number => views.reduce((all, view) => all + of(view), 0);
    const news = new Map(views.map((view) => [view.name, this.#newsOf(view)]));
    const minutes = [...news.values()];
    this.#samples.push({
      at: this.#clock.now(),
      talking: sum(({ agents }) => agents.talking),
      wrapUp: sum(({ agents }) => agents['wrap-up']),
      ready: sum(({ agents }) => agents.ready + agents.engaged + agents.reserved),
      paused: sum(({ agents }) => agents.paused),
      lines: sum(({ calls }) => calls.placing + calls.ringing + calls.detecting + calls.waiting),
      liveAnswers: minutes.reduce((all, { liveAnswers }) => all + liveAnswers, 0),
      abandoned: minutes.reduce((all, { abandoned }) => all + abandoned, 0),
      byCampaign: new Map(
        [...news].flatMap(([name, { liveAnswers }]) => (liveAnswers > 0 ? [[name, liveAnswers] as const] : [])),
      ),
    });
    if (this.#samples.length > KEPT) this.#samples = this.#samples.slice(-KEPT);
    this.#before = new Map(
      views.map(({ name, today: { liveAnswers, abandoned } }) => [name, { liveAnswers, abandoned }]),
    );
  }

  /** Since the sample before; of a campaign that was not there, nothing. */
  #newsOf({ name, today }: CampaignView): Counted {
    const before = this.#before.get(name) ?? today;
    const since = (now: number, then: number): number => (now >= then ? now - then : now);
    return {
      liveAnswers: since(today.liveAnswers, before.liveAnswers),
      abandoned: since(today.abandoned, before.abandoned),
    };
  }
}
