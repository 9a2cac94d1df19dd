// The script of a conversation, for the agent who has the call in hand or wraps it up: what is read out and asked now, and
// what the agent does with it. Each act is durable before it is answered; of two writers the later is refused. A run keeps
// the script that it began with, whatever becomes of the file.

import { OperationalError, renderError } from '../../base/errors.ts';
import { asksForAnswers } from '../../conditions/campaign-filter.ts';
import type { PersonFacts } from '../../records/record.ts';
import { takeAct } from '../../script/acts.ts';
import { startScript, type ScriptStep } from '../../script/machine.ts';
import { viewOf } from '../../script/view.ts';
import type { AgentNumber, AttemptId, CampaignName } from '../../terms.ts';
import type { Campaigns } from '../campaigns/campaigns.ts';
import type { Hub } from '../hub.ts';
import type { OpenScript } from '../world.ts';
import type { ScriptActed, ScriptRequest, ShownScript } from './script-request.ts';

/** Whom conditions on answers let in is looked at again so long after an answer. */
const ALIGN_AFTER_MS = 60_000;
const ALIGNING = 'answers-changed';

export class Scripts {
  readonly #hub: Hub;
  readonly #campaigns: Pick<Campaigns, 'syncRecords'>;
  /** Acts on one script come one after the other. */
  readonly #last = new Map<AttemptId, Promise<unknown>>();
  #isAligning = false;

  constructor(hub: Hub, campaigns: Pick<Campaigns, 'syncRecords'>) {
    this.#hub = hub;
    this.#campaigns = campaigns;
  }

  /** Of the call in the agent's hands. Refused with `script-no-call`, `script-not-in-hand` and `script-none`. */
  view(agent: AgentNumber, attempt?: AttemptId): ShownScript {
    const inHand = this.#inHand(agent, attempt);
    return this.#shown(inHand, this.#open(inHand));
  }

  /** Refused as `view` is; what the script itself refuses comes with the view as it is. */
  act(request: ScriptRequest): Promise<ScriptActed> {
    const { attempt } = request;
    const before = this.#last.get(attempt) ?? Promise.resolve();
    const acted = before.then(() => this.#act(request));
    const settled = acted.catch(() => undefined); // reported to whoever asked for that act
    this.#last.set(attempt, settled);
    void settled.then(() => {
      if (this.#last.get(attempt) === settled) this.#last.delete(attempt);
    });
    return acted;
  }

  /** After a restart: the scripts of calls that are not decided yet go on where they were. */
  async restore(
    rows: readonly { readonly attempt: AttemptId; readonly campaign: CampaignName; readonly record: PersonFacts }[],
  ): Promise<void> {
    const kept = new Map(
      (await this.#hub.parts.store.scripts.runs(rows.map(({ attempt }) => attempt))).map((one) => [one.attempt, one]),
    );
    for (const { attempt, campaign, record } of rows) {
      const found = kept.get(attempt);
      if (!found) continue;
      const { script, run } = found;
      this.#hub.world.scripts.set(attempt, { campaign, record, script, run, kept: run.version });
    }
  }

  async #act({ agent, attempt, expects, act }: ScriptRequest): Promise<ScriptActed> {
    const open = this.#open(this.#inHand(agent, attempt));
    const answered = (refused?: OperationalError): ScriptActed => ({
      view: this.#shown(attempt, open),
      ...(refused === undefined ? {} : { refused: renderError(refused) }),
    });
    if (open.run.version !== expects) return answered(changedMeanwhile());
    const step = takeAct(open.script, open.run, act);
    if (step.run !== open.run && !(await this.#save(agent, { attempt, open, step })))
      return answered(changedMeanwhile());
    return answered(step.refused && refusalOf(step.refused));
  }

  /** Whether it is kept; false: somebody else has written, and that is how it stands. */
  async #save(
    agent: AgentNumber,
    { attempt, open, step }: { readonly attempt: AttemptId; readonly open: OpenScript; readonly step: ScriptStep },
  ): Promise<boolean> {
    const { campaign, record, script } = open;
    const saved = await this.#hub.parts.store.scripts.save({
      attempt,
      campaign,
      agent,
      script,
      run: step.run,
      base: open.kept,
      at: this.#hub.now(),
      record: record.record ?? null,
      contact: record.contact ?? null,
    });
    const run = saved.kind === 'saved' ? step.run : (saved.kept?.run ?? open.run);
    open.run = run;
    open.kept = run.version;
    if (record.contact !== undefined) this.#alignLater();
    return saved.kind === 'saved';
  }

  #inHand(agent: AgentNumber, attempt: AttemptId | undefined): AttemptId {
    const { sessions, sessionByAgent } = this.#hub.world;
    const inHand = sessions.get(sessionByAgent.get(agent) ?? '')?.attempt;
    if (inHand === undefined) throw noCall(agent);
    if (attempt !== undefined && attempt !== inHand) throw notInHand(attempt);
    return inHand;
  }

  #open(attempt: AttemptId): OpenScript {
    const { scripts, calls, recordOutcomes, campaigns } = this.#hub.world;
    const known = scripts.get(attempt);
    if (known) return known;
    const live = calls.get(attempt);
    const over = recordOutcomes.get(attempt);
    const campaign = live?.call.campaign ?? over?.campaign ?? '';
    const script = campaigns.get(campaign)?.definition.script;
    const record = (live ?? over)?.opened.record;
    if (!script || !record) throw noScript(campaign);
    this.#clear();
    const open = { campaign, record, script, run: startScript(script), kept: 0 };
    scripts.set(attempt, open);
    return open;
  }

  /** Lets go of scripts whose calls are in no one's hands and decided. */
  #clear(): void {
    const { scripts, calls, recordOutcomes, sessions } = this.#hub.world;
    const inHands = new Set([...sessions.values()].map(({ attempt }) => attempt));
    for (const attempt of scripts.keys()) {
      if (!inHands.has(attempt) && !calls.has(attempt) && !recordOutcomes.has(attempt)) scripts.delete(attempt);
    }
  }

  #shown(attempt: AttemptId, { campaign, record, script, run }: OpenScript): ShownScript {
    const current = this.#hub.world.campaigns.get(campaign)?.definition.script;
    const isCurrent = current?.name === script.name && current.version === script.version;
    const view = viewOf(script, run, { name: record.name, ...record.fields });
    return { attempt, campaign, isCurrent, ...view };
  }

  /** Campaigns whose filters ask for answers: who fits by now has a record soon. */
  #alignLater(): void {
    const asking = [...this.#hub.world.campaigns.values()].filter(
      ({ definition, state }) => state !== 'unapproved' && state !== 'archived' && asksForAnswers(definition),
    );
    if (asking.length === 0 || this.#isAligning) return;
    this.#isAligning = true;
    this.#hub.timers.set(ALIGNING, this.#hub.now() + ALIGN_AFTER_MS, () => {
      this.#isAligning = false;
      for (const campaign of asking) {
        this.#campaigns.syncRecords(campaign).then(
          () => this.#hub.post({ type: 'pace', campaign: campaign.definition.name }),
          (fault: unknown) => this.#hub.parts.log.error({ fault }, 'records were not looked at again after answers'),
        );
      }
    });
  }
}

function refusalOf({ why, unanswered }: NonNullable<ScriptStep['refused']>): OperationalError {
  if (unanswered === undefined) {
    return new OperationalError('script-refused', why, { hint: 'See the script as it stands.', httpCode: 409 });
  }
  const hint = `Still open: ${unanswered.map(({ question }) => question).join(', ')}.`;
  return new OperationalError('script-unanswered', why, { hint, httpCode: 409 });
}

function changedMeanwhile(): OperationalError {
  return new OperationalError('script-changed', 'Somebody else has written into this script meanwhile.', {
    hint: 'This is how it stands now: write again what is missing.',
    httpCode: 409,
  });
}

function noCall(agent: AgentNumber): OperationalError {
  return new OperationalError('script-no-call', `Agent ${agent} has no call in hand.`, {
    hint: 'A script is read out in a call, and completed in its wrap-up.',
    httpCode: 409,
  });
}

function notInHand(attempt: AttemptId): OperationalError {
  return new OperationalError('script-not-in-hand', `The call ${attempt} is not in this agent's hands.`, {
    hint: 'A script is answered by whoever has the call, until the end of the wrap-up.',
    httpCode: 409,
  });
}

function noScript(campaign: CampaignName): OperationalError {
  return new OperationalError('script-none', `The campaign ${campaign} has no script.`, {
    hint: 'Name one in its file: script: NAME.',
    httpCode: 404,
  });
}
