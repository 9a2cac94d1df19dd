// The figures of each campaign's day: begun at midnight of its time zone and, at a start of ours in the middle of a day,
// filled up with what the store knows of it. Nothing waits for the store's answer; until then they are too low.

import { localDay } from '../../base/local-time.ts';
import { zoneOf } from '../dialing/campaign-pacer.ts';
import { Figures, MAX_DELAYS } from './figures.ts';
import type { CampaignName } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { DayCounts } from '../store/answers.ts';
import type { StateTime } from '../store/sessions.ts';
import type { RunningCampaign } from '../world.ts';

export class DayFigures {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** To be asked when what was found after a start has been taken up, and when the campaign's time zone has changed. */
  async renew(campaign: RunningCampaign): Promise<void> {
    await this.#hub.writer.settled();
    const { definition } = campaign;
    const now = this.#hub.now();
    const live = this.#hub.world.callsOf(definition.name).filter(({ call }) => call.origin !== 'inbound');
    this.#begin(campaign, now);
    for (const { call } of live) campaign.figures.restored(call);
    const { figures } = campaign;
    const { answers, sessions } = this.#hub.parts.store;
    const { name } = definition;
    const { startAt } = figures.day;
    const except = live.map(({ call }) => call.attempt);
    Promise.all([
      answers.ofDay({ campaign: name, fromAt: startAt, toAt: now, except, delays: MAX_DELAYS }),
      sessions.times({ campaign: name, fromAt: startAt, toAt: now }),
    ]).then(
      ([counts, times]) => this.#hub.post({ type: 'day-read', campaign: name, startAt, counts, times }),
      (fault: unknown) =>
        this.#hub.parts.log.warn({ campaign: name, fault }, 'the figures of the day could not be read'),
    );
  }

  /** The day's figures so far have been read, if it is still the same day. */
  read(name: CampaignName, startAt: number, { counts, times }: DayRead): void {
    const figures = this.#hub.world.campaigns.get(name)?.figures;
    if (figures?.day.startAt !== startAt) return;
    figures.add(counts);
    for (const { state, ms } of times) figures.addAgentTime(state, ms);
  }

  #begin(campaign: RunningCampaign, now: number): void {
    const { definition } = campaign;
    campaign.figures = new Figures(localDay(zoneOf(definition), now));
    this.#hub.timers.set(`day ${definition.name}`, campaign.figures.day.endAt, () => {
      this.#begin(campaign, this.#hub.now());
      this.#hub.emit({ type: 'campaign', at: this.#hub.now(), campaign: definition.name });
    });
  }
}

interface DayRead {
  readonly counts: DayCounts;
  readonly times: readonly StateTime[];
}
