// How the sound of each conversation was carried, on the person's line and on the agent's: looked at now and then while
// they talk, written down at its end with the last that was seen. Where one was poor the log says so.

import type { Call } from '../../call/call.ts';
import { inWords, POOR_MOS, qualityOf, since, type LineFigures } from '../../call/line.ts';
import type { AttemptId, LegId } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { LiveCall } from '../world.ts';

/**
 * What the agent's line has carried before this is not the call's. Of shorter conversations little was carried, and they
 * are many: looking at them would cost more than the rest of the call.
 */
const FIRST_LOOK_MS = 3_000;
const SECOND_LOOK_AFTER_MS = 8_000;
const LOOK_EVERY_MS = 10_000;

interface Watched {
  readonly startedAt: number;
  readonly agentLeg: LegId | undefined;
  /** The agent's line as the call began. */
  readonly before?: LineFigures;
  readonly person?: LineFigures;
  readonly agent?: LineFigures;
}

export class LineQuality {
  readonly #hub: Hub;
  readonly #watched = new Map<AttemptId, Watched>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** A call has taken a step. */
  stepped(_before: Call | undefined, { call }: LiveCall): void {
    const watched = this.#watched.get(call.attempt);
    if (call.state === 'talking' && watched === undefined) {
      const agentLeg = this.#agentLeg(call);
      this.#watched.set(call.attempt, { startedAt: this.#hub.now(), agentLeg });
      this.#lookIn(FIRST_LOOK_MS, call.attempt);
    } else if (call.state === 'ended' && watched !== undefined) this.#write(call.attempt, watched);
  }

  #agentLeg({ session }: Call): LegId | undefined {
    return this.#hub.world.sessions.get(session ?? '')?.leg;
  }

  #lookIn(ms: number, attempt: AttemptId): void {
    this.#hub.timers.set(`line ${attempt}`, this.#hub.now() + ms, () => {
      const call = this.#hub.world.calls.get(attempt)?.call;
      if (call?.state !== 'talking' || !this.#hub.world.linkUp) return this.#lookIn(LOOK_EVERY_MS, attempt);
      const { telephony, log } = this.#hub.parts;
      const agentLeg = this.#agentLeg(call);
      const ofAgent = agentLeg === undefined ? Promise.resolve(undefined) : telephony.line(agentLeg);
      Promise.all([telephony.line(call.leg), ofAgent]).then(
        ([person, agent]) => this.#hub.post({ type: 'lines-looked-at', attempt, person, agent, agentLeg }),
        (fault: unknown) => {
          log.debug({ attempt, fault }, 'the exchange does not say how the sound is carried');
          this.#lookIn(LOOK_EVERY_MS, attempt);
        },
      );
    });
  }

  /** The exchange has said how the lines are. */
  seen(attempt: AttemptId, lines: Pick<Watched, 'person' | 'agent' | 'agentLeg'>): void {
    const watched = this.#watched.get(attempt);
    if (watched === undefined) return;
    this.#lookIn(watched.person === undefined ? SECOND_LOOK_AFTER_MS : LOOK_EVERY_MS, attempt);
    const { person = watched.person, agent, agentLeg } = lines;
    // A phone that came again has a line of its own, which is the call's from its beginning.
    const isSame = watched.agentLeg === agentLeg;
    const before = isSame ? (watched.before ?? agent) : undefined;
    const next = { ...watched, agentLeg };
    this.#watched.set(attempt, {
      ...next,
      ...(person && { person }),
      ...(before && { before }),
      ...(agent && { agent: since(agent, before) }),
    });
  }

  #write(attempt: AttemptId, { startedAt, person, agent }: Watched): void {
    this.#watched.delete(attempt);
    this.#hub.timers.clear(`line ${attempt}`);
    const { store, log } = this.#hub.parts;
    const endedAt = this.#hub.now();
    const rows = [['person-line', person] as const, ['agent-line', agent] as const].flatMap(([part, line]) => {
      const who = line && inWords(line);
      if (line === undefined || who === undefined) return [];
      if ((qualityOf(line)?.mos ?? POOR_MOS) < POOR_MOS) log.warn({ attempt, part, quality: who }, 'the line was poor');
      return [{ attempt, part, who, startedAt, endedAt }];
    });
    if (rows.length > 0) this.#hub.writer.write(() => store.callParts.over(rows));
  }
}
