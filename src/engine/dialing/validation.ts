// Asks validation services about the numbers that come up next, so that their answers are there before a line is free.
// Nothing of call control ever waits for a service. What an answer means is rules/validation.ts's.

import { afterFailure, freshBreaker, mayAsk, type Breaker } from '../../base/breaker.ts';
import type { Campaign, ValidationPlan } from '../../campaign/definition.ts';
import type { CampaignName } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { NumberCheck } from '../store/validation.ts';
import type { RunningCampaign } from '../world.ts';

/** Records whose numbers are kept checked ahead of the choice. */
const AHEAD_RECORDS = 100;
/** Numbers in one request to a service. */
const MOST_NUMBERS = 100;
/** With everything checked, the next look is this much later. */
const LOOK_EVERY_MS = 1_000;
/** A number that could not be checked is asked about again after this. */
const UNAVAILABLE_MS = 15_000;

export class Validation {
  readonly #hub: Hub;
  readonly #asking = new Set<CampaignName>();
  readonly #nextLookAt = new Map<CampaignName, number>();
  readonly #breakers = new Map<string, Breaker>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** The campaign would dial: the numbers that it comes to next are checked, if it wants that. */
  look({ definition, ahead: { heldBack } }: RunningCampaign): void {
    const { name, validation } = definition;
    const now = this.#hub.now();
    const isSoon = now < (this.#nextLookAt.get(name) ?? -Infinity) && heldBack === undefined;
    if (validation === undefined || this.#asking.has(name) || isSoon) return;
    this.#asking.add(name);
    this.#check(definition, validation).then(
      () => this.#done(name),
      (fault: unknown) => {
        this.#hub.parts.log.error({ campaign: name, fault }, 'numbers could not be checked');
        this.#done(name);
      },
    );
  }

  /** Asks about these numbers now; `then` when all has been said of them that will be. */
  check(campaign: Campaign, numbers: readonly string[], then: () => void): void {
    const plan = campaign.validation;
    const asked = plan ? this.#checkThese(campaign, plan, numbers) : Promise.resolve();
    asked.then(then, (fault: unknown) => {
      this.#hub.parts.log.error({ campaign: campaign.name, fault }, 'numbers could not be checked');
      then();
    });
  }

  #done(name: CampaignName): void {
    this.#asking.delete(name);
    this.#nextLookAt.set(name, this.#hub.now() + LOOK_EVERY_MS);
  }

  async #check(campaign: Campaign, plan: ValidationPlan): Promise<void> {
    const { validations } = this.#hub.parts.store;
    const request = { campaign, now: this.#hub.now(), records: AHEAD_RECORDS };
    await this.#checkThese(campaign, plan, await validations.ahead(request));
  }

  async #checkThese(campaign: Campaign, plan: ValidationPlan, numbers: readonly string[]): Promise<void> {
    const { validations } = this.#hub.parts.store;
    for (let from = 0; from < numbers.length; from += MOST_NUMBERS) {
      const some = numbers.slice(from, from + MOST_NUMBERS);
      await validations.save(plan.url, await this.#ask(campaign.name, plan, some));
      this.#goOn(campaign.name);
    }
  }

  async #ask(campaign: CampaignName, plan: ValidationPlan, numbers: readonly string[]): Promise<NumberCheck[]> {
    const breaker = this.#breakers.get(plan.url) ?? freshBreaker;
    const { validator, log } = this.#hub.parts;
    if (!validator || !mayAsk(breaker, this.#hub.now())) return this.#unavailable(numbers, 'the service is left alone');
    try {
      const answers = await validator.ask({ ...plan, campaign, numbers });
      this.#breakers.delete(plan.url);
      const askedAt = this.#hub.now();
      return numbers.map((number) => {
        const answer = answers.get(number);
        if (!answer) return this.#silent(number, 'the service said nothing of this number');
        const { allowed, reason } = answer;
        return { number, answer: allowed ? 'allowed' : 'blocked', reason, askedAt, until: askedAt + plan.cacheMs };
      });
    } catch (fault) {
      const reason = fault instanceof Error ? fault.message : String(fault);
      const next = afterFailure(breaker, this.#hub.now());
      this.#breakers.set(plan.url, next);
      log.warn({ campaign, failures: next.failures, reason }, 'the validation service does not answer');
      return this.#unavailable(numbers, reason);
    }
  }

  #unavailable(numbers: readonly string[], reason: string): NumberCheck[] {
    return numbers.map((number) => this.#silent(number, reason));
  }

  #silent(number: string, reason: string): NumberCheck {
    const askedAt = this.#hub.now();
    return { number, answer: 'unavailable', reason, askedAt, until: askedAt + UNAVAILABLE_MS };
  }

  /** Records that waited for the answers may be dialed now. */
  #goOn(name: CampaignName): void {
    const campaign = this.#hub.world.campaigns.get(name);
    if (campaign?.ahead.heldBack !== undefined) campaign.ahead.unknown();
    this.#hub.post({ type: 'pace', campaign: name });
  }
}
