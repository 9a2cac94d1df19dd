// Does the exchange have the sounds of a campaign? Without the message for people who get no agent nothing is dialed, and
// a start by hand is refused; other sounds that are missing are reported.

import { OperationalError } from '../../base/errors.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { missingSoundHint, missingSoundMessage, soundsOf, type CampaignSound } from '../../campaign/sounds.ts';
import type { Hub } from '../hub.ts';
import type { RunningCampaign } from '../world.ts';

/** The exchange could not be asked: it is asked again after this. */
const AGAIN_AFTER_MS = 1_000;

export class Sounds {
  readonly #hub: Hub;
  /** Messages that the exchange had when it was asked last. */
  readonly #there = new Set<string>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Sounds of the campaign that the exchange does not have; undefined: it cannot be asked now. */
  async missing(definition: Campaign): Promise<readonly CampaignSound[] | undefined> {
    const { soundFiles, log } = this.#hub.parts;
    if (!soundFiles) return [];
    const wanted = soundsOf(definition);
    try {
      const missing = new Set(await soundFiles.missing(wanted.map(({ sound }) => sound)));
      for (const { sound } of wanted) if (missing.has(sound)) this.#there.delete(sound);
      for (const { sound } of wanted) if (!missing.has(sound)) this.#there.add(sound);
      return wanted.filter(({ sound }) => missing.has(sound));
    } catch (fault) {
      log.debug({ campaign: definition.name, fault }, 'which sounds Asterisk has is not known');
      return undefined;
    }
  }

  /** Refused with `message-sound-missing` when a person without an agent would meet silence. */
  async refuseWithoutMessage(definition: Campaign): Promise<void> {
    const message = (await this.missing(definition))?.find(({ isLegalMessage }) => isLegalMessage);
    if (!message) return;
    throw new OperationalError('message-sound-missing', missingSoundMessage(message), {
      hint: missingSoundHint(message),
      places: [],
      httpCode: 409,
    });
  }

  /** A running campaign dials with its message alone: while nothing is known of it, it waits. */
  look(campaign: RunningCampaign): void {
    const { definition, state, halted } = campaign;
    if (state !== 'running' || !this.#hub.parts.soundFiles) return;
    if (halted === undefined && !this.#there.has(definition.answer.noAgentSound))
      campaign.halted = { by: 'sound', why: `whether Asterisk has its message is not known yet` };
    const { name } = definition;
    void this.missing(definition).then((missing) =>
      this.#hub.post({ type: 'sounds-looked-for', campaign: name, missing }),
    );
  }

  /** Which sounds the exchange lacks is known, or cannot be (undefined). */
  found(name: string, missing: readonly CampaignSound[] | undefined): void {
    const campaign = this.#hub.world.campaigns.get(name);
    if (!campaign) return;
    if (missing === undefined) {
      this.#hub.timers.set(`sounds ${name}`, this.#hub.now() + AGAIN_AFTER_MS, () => this.look(campaign));
      return;
    }
    const message = missing.find(({ isLegalMessage }) => isLegalMessage);
    const why = message && `${missingSoundMessage(message).slice(0, -1)} (\`outdial doctor\` says what to do)`;
    const { halted } = campaign;
    if ((halted && halted.by !== 'sound') || halted?.why === why) return;
    campaign.halted = why === undefined ? undefined : { by: 'sound', why };
    if (why !== undefined) this.#hub.parts.log.error({ campaign: name, why }, 'the campaign does not dial');
    this.#hub.emit({ type: 'campaign', at: this.#hub.now(), campaign: name });
    this.#hub.post({ type: 'pace', campaign: name });
  }
}
