// What a person or a machine hears at last: the dialplan plays it and ends the call after it, so that no one is left in
// silence by a daemon that does not move. A daemon that does hangs up first.

import type { TelephonyEvent } from '../engine/ports.ts';
import type { TelephonyCommand } from '../engine/telephony-commands.ts';
import type { LegId } from '../terms.ts';
import { MESSAGE_CONTEXT, messageVariables } from './ari-commands.ts';
import { ariPath, type AriRest } from './ari-rest.ts';

type Play = Extract<TelephonyCommand, { type: 'play' }>;
export type LastMessage = Play & { readonly to: { readonly leg: LegId }; readonly relieves: true };

/** Whether the sound is the last that the leg hears. */
export const isLastMessage = (command: TelephonyCommand): command is LastMessage =>
  command.type === 'play' && command.relieves === true && 'leg' in command.to;

export class LastMessages {
  readonly #rest: () => AriRest;
  readonly #ask: (what: string, action: string, fields: Readonly<Record<string, string>>) => Promise<unknown>;
  /** Legs that the dialplan has for their last message. */
  readonly #hearing = new Set<LegId>();

  constructor(does: {
    readonly rest: () => AriRest;
    /** An action of AMI about a leg. */
    readonly ask: (what: string, action: string, fields: Readonly<Record<string, string>>) => Promise<unknown>;
  }) {
    this.#rest = does.rest;
    this.#ask = does.ask;
  }

  note(event: TelephonyEvent): void {
    if (event.type === 'leg-ended' || event.type === 'leg-arrived' || event.type === 'leg-abandon-message')
      this.#hearing.delete(event.leg);
  }

  clear(): void {
    this.#hearing.clear();
  }

  /** A message takes the place of one that plays. */
  async play(command: LastMessage): Promise<void> {
    const { leg } = command.to;
    const variables = Object.entries(messageVariables(command));
    if (this.#hearing.has(leg)) return this.#replace(leg, variables);
    const send = (path: string, query: Readonly<Record<string, string>>): Promise<unknown> =>
      this.#rest().send({ method: 'POST', path: ariPath('channels', leg, path), query });
    await Promise.all(variables.map(([variable, value]) => send('variable', { variable, value })));
    await send('continue', { context: MESSAGE_CONTEXT, extension: 's', priority: '1' });
    this.#hearing.add(leg);
  }

  /** ARI knows nothing to do with a leg that the dialplan has. */
  async #replace(leg: LegId, variables: readonly (readonly [string, string])[]): Promise<void> {
    for (const [variable, value] of variables) await this.#ask('play', 'Setvar', { channel: leg, variable, value });
    await this.#ask('play', 'Redirect', { channel: leg, context: MESSAGE_CONTEXT, exten: 's', priority: '1' });
  }
}
