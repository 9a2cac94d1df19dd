// The switches of the call in hand, as they stand and as they were asked for. Pure.

import type { AskedOfCall, CallOrder, CallStanding } from '../../live/call.ts';
import type { IconName } from '../../ui/icons.tsx';
import type { Words } from '../../words/en.ts';
import type { KeyId } from '../keys/keys.ts';

export interface Switch {
  readonly id: 'mute' | 'hold' | 'record';
  readonly word: keyof Words['call']['orders'];
  readonly order: CallOrder;
  readonly icon: IconName;
  readonly isOn: boolean;
  readonly key: KeyId;
  /** Asked for and not done yet, by the page or by the exchange. */
  readonly doing: keyof Words['call']['doing'] | null;
}

const MUTE = ['mute', 'unmute'] as const;
const HOLD = ['hold', 'resume'] as const;
const RECORD = ['record', 'pause-recording'] as const;

export function switchesOf(call: CallStanding, asked: AskedOfCall | null): readonly Switch[] {
  const doing = [...(asked === null ? [] : [asked]), ...call.changing];
  const of = (orders: readonly AskedOfCall[]): Switch['doing'] => doing.find((one) => orders.includes(one)) ?? null;
  const isHeld = call.heldSince !== undefined;
  const mute = call.muted ? 'unmute' : 'mute';
  const hold = isHeld ? 'resume' : 'hold';
  const record = call.recording === 'on' ? 'pause-recording' : 'record';
  const switches: Switch[] = [
    { id: 'mute', word: mute, order: mute, icon: 'mic-off', isOn: call.muted, key: 'mute', doing: of(MUTE) },
  ];
  if (call.third === undefined)
    switches.push({ id: 'hold', word: hold, order: hold, icon: 'pause', isOn: isHeld, key: 'hold', doing: of(HOLD) });
  if (call.mayRecord || call.recording !== 'off') {
    const isOn = call.recording === 'on';
    switches.push({
      id: 'record',
      word: record,
      order: record,
      icon: 'record',
      isOn,
      key: 'record',
      doing: of(RECORD),
    });
  }
  return switches;
}

/** How far a third party is brought in; null: there is none. */
type ThirdStanding = 'calling' | 'consulting' | 'three';

export function thirdStanding({ third, parties }: CallStanding): ThirdStanding | null {
  if (third === undefined) return null;
  if (third.state === 'calling') return 'calling';
  return parties.includes('person') ? 'three' : 'consulting';
}

/** What may be asked of a third party, in the order of their buttons. */
export const THIRD_ORDERS: Readonly<Record<ThirdStanding, readonly ('join' | 'complete' | 'back')[]>> = {
  calling: ['back'],
  consulting: ['join', 'complete', 'back'],
  three: ['complete', 'back'],
};

/** The third party by name: as the campaign calls it, or the agent's number. */
export function thirdName({ third, transfer }: CallStanding, words: Words): string {
  if (third === undefined) return '';
  if (third.kind === 'agent') return words.transfer.agent(third.who);
  return transfer.destinations.find(({ name }) => name === third.who)?.label ?? third.who;
}
