// Before the session, and beside it: which microphone and speaker, how loud the agent is, and what comes back of it.

import { useEffect, useState, type ReactElement } from 'react';
import { troubleOf } from '../../phone/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/fields.tsx';
import { Meter } from '../../ui/meter.tsx';
import { meterShare } from '../../phone/hearing.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk, useValue } from '../use-desk.tsx';
import { TroubleNote } from './phone-note.tsx';
import './phone.css';

const ECHO_MS = 3_000;

export function SoundCheck(): ReactElement {
  const words = useWords().phone;
  const { phone } = useDesk();
  const state = useValue(phone.desk);
  const devices = useValue(phone.microphone.devices);
  const trouble = troubleOf({ ...state, isWanted: false });
  useEffect(() => {
    if (phone.desk.get().microphone === 'off') void phone.desk.tryMicrophone();
  }, [phone]);
  if (trouble !== undefined)
    return <TroubleNote trouble={trouble} refusal={undefined} onRetry={() => void phone.desk.tryMicrophone()} />;
  if (state.microphone === 'asking' || state.microphone === 'off') return <p role="status">{words.asking}</p>;
  const named = (list: readonly { readonly id: string; readonly label: string }[]) =>
    list.map(({ id, label }, index) => ({ code: id, label: label === '' ? words.device(index + 1) : label }));
  return (
    <div className="sound-check">
      <Level />
      <Choice
        label={words.microphone}
        choices={named(devices.microphones)}
        value={devices.microphone ?? phone.microphone.track?.getSettings().deviceId ?? null}
        onChange={(id) => void phone.microphone.choose(id)}
        placeholder={words.usual}
      />
      {devices.speakers.length > 0 && (
        <Choice
          label={words.speaker}
          choices={named(devices.speakers)}
          value={devices.speaker ?? null}
          onChange={(id) => phone.chooseSpeaker(id)}
          placeholder={words.usual}
        />
      )}
      {state.call === 'none' && <Echo />}
    </div>
  );
}

function Level(): ReactElement {
  const words = useWords().phone;
  const { phone } = useDesk();
  const level = useValue(phone.microphone.level);
  return <Meter label={words.level} share={meterShare(level)} />;
}

function Echo(): ReactElement {
  const words = useWords().phone;
  const { phone } = useDesk();
  const [step, setStep] = useState<'idle' | 'speak' | 'listen' | 'failed'>('idle');
  const begin = (): void => {
    const { track } = phone.microphone;
    if (track === undefined) return;
    setStep('speak');
    phone.sound
      .echo(track, ECHO_MS, () => setStep('listen'))
      .then(
        () => setStep('idle'),
        () => setStep('failed'),
      );
  };
  return (
    <div className="echo">
      <Button isSmall icon="play" isDisabled={step === 'speak' || step === 'listen'} onPress={begin}>
        {words.echo}
      </Button>
      <span className="small soft" role="status">
        {words.echoStep[step]}
      </span>
    </div>
  );
}
