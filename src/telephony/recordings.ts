// Recording a leg: what AMI is asked to do. Pure. ARI records bridges and makes every two-party bridge a conference for
// that; AMI's MixMonitor listens on the leg itself, costs less, outlives this daemon and ends with the leg.

import { defined } from '../base/defined.ts';
import type { LegId } from '../terms.ts';
import { field, type AmiFields } from './ami-events.ts';
import { TelephonyRefusal } from '../engine/ports.ts';
import type { TelephonyCommand } from '../engine/telephony-commands.ts';

export type RecordingCommand = Extract<
  TelephonyCommand,
  { type: 'record' | 'pause-recording' | 'resume-recording' | 'stop-recording' }
>;

export interface AmiAction {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Below Asterisk's folder of monitor files; `recordings.folder` is the same place as the daemon sees it. */
const FOLDER = 'outdial';
/** Channel variable in which Asterisk leaves the id of the monitor that it began last. */
const ID_VARIABLE = 'OUTDIAL_MONITOR';
const NAME = /^[\w-]+(\/[\w.-]+)*$/;

export const isRecording = (command: TelephonyCommand): command is RecordingCommand =>
  command.type === 'record' ||
  command.type === 'pause-recording' ||
  command.type === 'resume-recording' ||
  command.type === 'stop-recording';

/** Which recording of which leg is which of Asterisk's monitors, as far as this process has begun them. */
export class MonitorIds {
  readonly #ids = new Map<LegId, Map<string, string>>();

  note(leg: LegId, recording: string, answer: AmiFields): void {
    const id = field(answer, 'mixmonitorid');
    if (id === '') return;
    const ofLeg = this.#ids.get(leg) ?? new Map<string, string>();
    this.#ids.set(leg, ofLeg.set(recording, id));
  }

  find(leg: LegId, recording: string): string | undefined {
    return this.#ids.get(leg)?.get(recording);
  }

  forget(leg: LegId): void {
    this.#ids.delete(leg);
  }
}

/** The action for a command, for the monitor of that id where one is to be stopped; throws `TelephonyRefusal` (`refused`) when the name would lead out of the folder. */
export function recordingAction(command: RecordingCommand, monitor?: string): AmiAction {
  const { leg: channel } = command;
  switch (command.type) {
    case 'record': {
      const name = command.recording;
      if (!NAME.test(name) || name.includes('..')) {
        throw new TelephonyRefusal('refused', `${JSON.stringify(name)} is no name of a recording`);
      }
      return { action: 'MixMonitor', fields: { channel, file: `${FOLDER}/${name}.wav`, options: `i(${ID_VARIABLE})` } };
    }
    case 'pause-recording':
    case 'resume-recording': {
      const state = command.type === 'pause-recording' ? '1' : '0';
      return { action: 'MixMonitorMute', fields: { channel, direction: 'both', state } };
    }
    case 'stop-recording':
      return {
        action: 'StopMixMonitor',
        fields: { channel, ...defined({ mixmonitorid: monitor }) },
      };
  }
}
