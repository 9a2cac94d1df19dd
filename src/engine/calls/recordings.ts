// Recordings: begun when the legs are in one bridge, paused and resumed by the agent, closed with the length of the file,
// deleted when their time is over. Whether anything may be recorded is campaign/recording.ts's.

import { defined } from '../../base/defined.ts';
import type { Call } from '../../call/call.ts';
import { recordingAllowed, type RecordingRuling } from '../../campaign/recording.ts';
import { lawHere } from '../../rules/law.ts';
import { whereabouts } from '../../places/zones.ts';
import type { AttemptId } from '../../terms.ts';
import type { Prompts } from '../agents/prompts.ts';
import type { Hub } from '../hub.ts';
import type { RecordingFiles } from '../ports.ts';
import type { RecordingBegun } from './recording-begun.ts';
import { Retention } from './retention.ts';
import type { NewRecording } from '../store/recordings.ts';
import type { LiveCall } from '../world.ts';

/** Asterisk closes the file when the leg has gone; it is looked for after this, and again as often. */
const FILE_AFTER_MS = 1_500;
const FILE_TRIES = 4;

interface Running {
  readonly name: string;
  isPaused: boolean;
}

export class Recordings {
  readonly #hub: Hub;
  readonly #prompts: Pick<Prompts, 'say'>;
  readonly #files: RecordingFiles | undefined;
  readonly #retention: Retention;
  /** Conversations being recorded now. */
  readonly #running = new Map<AttemptId, Running>();
  /** First seconds being recorded until it is known who picked up. */
  readonly #greetings = new Map<AttemptId, string>();

  constructor(hub: Hub, prompts: Pick<Prompts, 'say'>) {
    this.#hub = hub;
    this.#prompts = prompts;
    this.#files = hub.parts.recordings;
    this.#retention = new Retention(hub);
  }

  /** After recovery: what is still being recorded goes on, the rest is closed; what is too old is deleted. */
  async start(): Promise<void> {
    for (const { name, attempt, kind, isPaused } of await this.#hub.parts.store.recordings.unfinished()) {
      const lives = this.#hub.world.calls.has(attempt);
      if (lives && kind === 'conversation') this.#running.set(attempt, { name, isPaused });
      else this.#close(name);
    }
    this.#retention.start();
  }

  /** A call has taken a step. */
  stepped(before: Call | undefined, live: LiveCall): void {
    if (this.#files === undefined || !before) return;
    const { call } = live;
    if (!before.arrived && call.arrived) this.#recordGreeting(live);
    if (before.verdict === undefined && call.verdict !== undefined) this.#judgeGreeting(live);
    if (before.state !== 'talking' && call.state === 'talking') this.#recordConversation(live);
    if (before.state !== 'ended' && call.state === 'ended') this.#over(live);
  }

  stateOf(attempt: AttemptId): 'off' | 'on' | 'paused' {
    const running = this.#running.get(attempt);
    if (!running) return 'off';
    return running.isPaused ? 'paused' : 'on';
  }

  /** Whether anything of the call may be recorded. */
  mayRecord(attempt: AttemptId): boolean {
    const live = this.#hub.world.calls.get(attempt);
    return live !== undefined && this.#files !== undefined && this.#ruling(live).record !== 'never';
  }

  /** Begins, pauses or resumes it where it is not so yet; false where nothing of the call may be recorded. */
  ask(attempt: AttemptId, wanted: 'on' | 'paused'): boolean {
    if (!this.mayRecord(attempt)) return false;
    const now = this.stateOf(attempt);
    if (now !== wanted && (wanted === 'on' || now === 'on')) this.toggle(attempt);
    return now !== 'off' || wanted === 'on';
  }

  /** The agent's key: begins the recording, or keeps what is said from here on out of it, or in it again. */
  toggle(attempt: AttemptId): void {
    const live = this.#hub.world.calls.get(attempt);
    if (live?.call.state !== 'talking') return;
    const running = this.#running.get(attempt);
    if (running) return this.#pause(live, running);
    const ruling = this.#ruling(live);
    const isPossible = this.#files !== undefined && ruling.record !== 'never';
    if (!isPossible) return this.#prompt(live, 'recording-not-allowed');
    this.#begin(live, ruling, 'by-key');
  }

  #recordConversation(live: LiveCall): void {
    if (this.#running.has(live.call.attempt)) return;
    const ruling = this.#ruling(live);
    if (ruling.record === 'at-once') this.#begin(live, ruling);
    else if (ruling.citation !== undefined) {
      this.#hub.parts.log.info({ attempt: live.call.attempt, why: ruling.why }, 'not recorded');
    }
  }

  /** Only what is being recorded is announced: the announcement is the first that is heard in it. */
  #begin(live: LiveCall, ruling: RecordingRuling, how: 'by-itself' | 'by-key' = 'by-itself'): void {
    const { attempt, bridge, campaign, leg } = live.call;
    const startedAt = this.#hub.now();
    const name = `${new Date(startedAt).toISOString().slice(0, 10)}/${attempt}`;
    this.#running.set(attempt, { name, isPaused: false });
    const { announce } = ruling;
    const begun = { attempt, campaign, name, startedAt, isByKey: how === 'by-key', ...defined({ announce, bridge }) };
    this.#hub.runThen({ type: 'record', leg, recording: name }, { type: 'recording-begun', ...begun }, (reason) => {
      this.#running.delete(attempt);
      this.#hub.parts.log.error({ attempt, reason }, 'the conversation is not recorded');
      return undefined;
    });
  }

  /** The exchange records. The call may be over by now. */
  begun({ attempt, campaign, name, startedAt, announce, bridge, isByKey }: RecordingBegun): void {
    const announced = announce !== undefined;
    this.#note({ attempt, campaign }, { name, kind: 'conversation', startedAt, announced });
    const live = this.#hub.world.calls.get(attempt);
    if (!live || live.closed) {
      this.#running.delete(attempt);
      return this.#close(name);
    }
    if (announce !== undefined && bridge !== undefined) {
      this.#hub.run({ type: 'play', playback: `announcement-${attempt}`, to: { bridge }, sounds: [announce] });
    }
    if (isByKey) this.#prompt(live, 'recording-on');
  }

  /** Silence is recorded in place of what is said: numbers of cards and the like are never in the file. */
  #pause(live: LiveCall, { isPaused }: Running): void {
    const { attempt, leg } = live.call;
    const paused = { type: 'recording-paused', attempt, isPaused: !isPaused } as const;
    this.#hub.runThen({ type: isPaused ? 'resume-recording' : 'pause-recording', leg }, paused);
  }

  /** The exchange has paused a recording, or goes on with it. */
  paused(attempt: AttemptId, isPaused: boolean): void {
    const running = this.#running.get(attempt);
    const live = this.#hub.world.calls.get(attempt);
    if (!running || !live) return;
    running.isPaused = isPaused;
    this.#hub.writer.write(() => this.#hub.parts.store.recordings.paused(running.name, isPaused));
    this.#prompt(live, isPaused ? 'recording-paused' : 'recording-on');
  }

  #prompt({ call }: LiveCall, prompt: 'recording-on' | 'recording-paused' | 'recording-not-allowed'): void {
    const session = call.session === undefined ? undefined : this.#hub.world.sessions.get(call.session);
    if (session) this.#prompts.say(session, [prompt]);
  }

  #ruling({ call, opened }: LiveCall): RecordingRuling {
    const campaign = this.#hub.world.campaigns.get(call.campaign)?.definition;
    if (!campaign) return { record: 'never', why: 'The campaign is gone.' };
    const { phones, fields } = opened.record;
    const number = phones[opened.phoneIndex]?.number ?? '';
    return recordingAllowed(campaign.recording, lawHere(campaign, whereabouts(number, fields, campaign.person)).packs);
  }

  // ---- the first seconds, for checking the detector by sample

  /** Recorded of every so many-th call, by its id; not where the conversation is recorded anyway. */
  #recordGreeting(live: LiveCall): void {
    const { attempt, leg, plan } = live.call;
    const share = this.#hub.world.campaigns.get(live.call.campaign)?.definition.recording?.machineShare ?? 0;
    if (plan.detection === 'off' || dice(attempt) >= share) return;
    if (plan.detection === 'parallel' && this.#ruling(live).record === 'at-once') return;
    const name = `${new Date(this.#hub.now()).toISOString().slice(0, 10)}/${attempt}-greeting`;
    this.#greetings.set(attempt, name);
    this.#hub.run({ type: 'record', leg, recording: name }, () => {
      this.#greetings.delete(attempt);
      return undefined;
    });
  }

  /** Only machines are kept: of a person nothing stays that no one agreed to. */
  #judgeGreeting(live: LiveCall): void {
    const { attempt, leg, verdict } = live.call;
    const name = this.#greetings.get(attempt);
    if (name === undefined) return;
    if (verdict !== 'machine') {
      this.#greetings.delete(attempt);
      this.#hub.run({ type: 'stop-recording', leg, recording: name });
      return this.#discard(name);
    }
    const startedAt = live.call.answeredAt ?? this.#hub.now();
    this.#note(live.call, { name, kind: 'greeting', startedAt, announced: false });
    this.#hub.run({ type: 'stop-recording', leg, recording: name });
  }

  // ---- the end

  #over({ call }: LiveCall): void {
    const running = this.#running.get(call.attempt);
    this.#running.delete(call.attempt);
    if (running) this.#close(running.name);
    const greeting = this.#greetings.get(call.attempt);
    this.#greetings.delete(call.attempt);
    if (greeting === undefined) return;
    if (call.verdict === 'machine') this.#close(greeting);
    else this.#discard(greeting);
  }

  #note(
    { attempt, campaign }: Pick<Call, 'attempt' | 'campaign'>,
    recording: Omit<NewRecording, 'attempt' | 'keptUntil'>,
  ): void {
    const keepMs = this.#hub.world.campaigns.get(campaign)?.definition.recording?.keepMs ?? 0;
    const row = { ...recording, attempt, keptUntil: recording.startedAt + keepMs };
    this.#hub.writer.write(() => this.#hub.parts.store.recordings.started(row));
  }

  #close(name: string, endedAt = this.#hub.now(), tries = 1): void {
    this.#later(name, async () => {
      const found = await this.#files?.look(name);
      if (!found && tries < FILE_TRIES) {
        this.#close(name, endedAt, tries + 1);
        return;
      }
      if (!found) this.#hub.parts.log.warn({ recording: name }, 'a recording has no file');
      const { bytes, durationMs } = found ?? { bytes: null, durationMs: null };
      this.#hub.writer.write(() => this.#hub.parts.store.recordings.ended(name, { endedAt, bytes, durationMs }));
    });
  }

  #discard(name: string): void {
    this.#later(name, async () => {
      await this.#files?.remove(name);
    });
  }

  #later(name: string, act: () => Promise<void>): void {
    this.#hub.timers.set(`recording ${name}`, this.#hub.now() + FILE_AFTER_MS, () => {
      act().catch((fault: unknown) => this.#hub.parts.log.error({ recording: name, fault }, 'recordings folder'));
    });
  }
}

/** A number of 0–1 that looks random and is the same whenever it is asked for (FNV-1a). */
function dice(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash / 2 ** 32;
}
