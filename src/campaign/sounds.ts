// Which sounds the exchange needs for a campaign: what each is for, and which key of the campaign's file names it.

import type { Campaign } from './definition.ts';

export interface CampaignSound {
  /** As the exchange knows it, such as `outdial/abandon`. */
  readonly sound: string;
  /** Key of the campaign's file that names it, or would. */
  readonly key: string;
  /** What people hear it as. */
  readonly use: string;
  /** Without it a person would meet silence where a law wants the message: nothing may be dialed. */
  readonly isLegalMessage: boolean;
}

/** The sounds that the campaign plays to people and their machines, each use once; what agents record is left out. */
export function soundsOf({ answer, inbound, recording }: Campaign): readonly CampaignSound[] {
  const { doNotCall, whileWaiting, message } = answer;
  const wanted: readonly (readonly [key: string, sound: string | undefined, use: string])[] = [
    ['answer.do_not_call.confirm', doNotCall?.sound, 'the confirmation of the do-not-call key'],
    [
      'answer.while_waiting.sound',
      typeof whileWaiting === 'object' ? whileWaiting.sound : undefined,
      'the sound of waiting',
    ],
    ['answer.message.play', message?.sound, 'the message for machines'],
    ['recording.announce', recording?.announce, 'the announcement of the recording'],
    ...inboundSounds(inbound),
  ];
  const legal = {
    sound: answer.noAgentSound,
    key: 'answer.no_agent.play',
    isLegalMessage: true,
    use: 'the message for people who get no agent',
  };
  return [
    legal,
    ...wanted.flatMap(([key, sound, use]) => (sound === undefined ? [] : [{ sound, key, use, isLegalMessage: false }])),
  ];
}

function inboundSounds({ take, greeting, busySound, closedSound }: Campaign['inbound']) {
  if (!take) return [];
  return [
    ['inbound.greeting', greeting, 'the greeting of callers'],
    ['inbound.busy', busySound, 'what callers hear when no agent is free'],
    ['inbound.closed', closedSound, 'what callers hear outside the hours'],
  ] as const;
}

/** One sentence on a sound that is missing. */
export function missingSoundMessage({ sound, use }: CampaignSound): string {
  return `Asterisk has no sound ${sound}: ${use}.`;
}

/** What to do about it. */
export function missingSoundHint({ sound, isLegalMessage }: CampaignSound): string {
  const ours = sound.startsWith('outdial/');
  const how = ours
    ? 'Render it: asterisk/sounds/render.sh (asterisk/README.md), then `module reload sounds` in Asterisk.'
    : `Put it into Asterisk's sounds folder as ${sound}.wav (or .gsm, .ulaw …), then \`module reload sounds\` in Asterisk.`;
  return isLegalMessage ? `${how} The campaign does not dial without it.` : how;
}
