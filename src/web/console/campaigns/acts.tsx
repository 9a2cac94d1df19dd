// The steps of a campaign's life as buttons, and the copy under another name.

import { useState, type ReactElement } from 'react';
import { say } from '../../agent/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { Typed } from '../../ui/fields.tsx';
import { Dialog } from '../../ui/over.tsx';
import { Note } from '../../ui/signs.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Refused, useAct } from '../data.tsx';
import type { BoardCampaign } from '../live/board.ts';
import { goTo, hrefOf } from '../place.ts';
import { stateWords } from '../shared/words.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { stepsOf, type Step } from './steps.ts';
import { campaignWords } from './words.ts';

interface Warned {
  readonly state: BoardCampaign['state'];
  readonly warnings: readonly { readonly message: string; readonly hint: string }[];
}

const ICONS: Readonly<Record<Step, IconName>> = {
  approve: 'check',
  start: 'play',
  pause: 'pause',
  resume: 'play',
  stop: 'stop',
  archive: 'cross',
};

export function Acts({ campaign }: { readonly campaign: BoardCampaign }): ReactElement {
  const words = useSayings(campaignWords);
  const states = useSayings(stateWords);
  const [asked, setAsked] = useState<'archive' | 'clone'>();
  const [warned, setWarned] = useState<Warned['warnings']>([]);
  const { act, isBusy, refusal, forget } = useAct();
  const { name } = campaign;
  const step = async (what: Step): Promise<void> => {
    setAsked(undefined);
    const done = await act<Warned>('POST', `/api/campaigns/${encodeURIComponent(name)}/${what}`);
    if (done === undefined) return;
    setWarned(done.warnings);
    say(words.did(name, states.campaign[done.state]));
  };
  return (
    <>
      <div className="page-steps">
        {stepsOf(campaign).map((what, place) => (
          <Button
            key={what}
            icon={ICONS[what]}
            isDisabled={isBusy}
            onPress={() => (what === 'archive' ? setAsked('archive') : void step(what))}
            {...(place === 0 && what !== 'pause' ? { look: 'main' as const } : {})}
          >
            {words.acts[what]}
          </Button>
        ))}
        <Button icon="list" isDisabled={isBusy} onPress={() => setAsked('clone')}>
          {words.clone}
        </Button>
      </div>
      <Refused refusal={refusal} onClose={forget} />
      <Warnings warnings={warned} onClose={() => setWarned([])} />
      {asked === 'archive' && (
        <Archive name={name} onArchive={() => void step('archive')} onClose={() => setAsked(undefined)} />
      )}
      {asked === 'clone' && <Clone name={name} onClose={() => setAsked(undefined)} />}
    </>
  );
}

interface WarningsProps extends Pick<Warned, 'warnings'> {
  readonly onClose: () => void;
}

export function Warnings({ warnings, onClose }: WarningsProps): ReactElement | null {
  const words = useSayings(campaignWords);
  const frame = useFrameWords();
  if (warnings.length === 0) return null;
  const close = <Button look="plain" isSmall icon="cross" name={frame.close} onPress={onClose} />;
  return (
    <Note tone="warn" icon="warning" actions={close}>
      <strong>{words.warnings}</strong>
      <ul className="places">
        {warnings.map(({ message, hint }) => (
          <li key={message}>
            {message} {hint}
          </li>
        ))}
      </ul>
    </Note>
  );
}

interface AskProps {
  readonly name: string;
  readonly onClose: () => void;
}

function Archive({ name, onArchive, onClose }: AskProps & { readonly onArchive: () => void }): ReactElement {
  const words = useSayings(campaignWords);
  const frame = useFrameWords();
  return (
    <Dialog title={words.archiveTitle(name)} closeName={frame.close} onClose={onClose}>
      <p>{words.archiveText}</p>
      <div className="page-steps">
        <Button look="end" onPress={onArchive}>
          {words.acts['archive']}
        </Button>
        <Button onPress={onClose}>{frame.cancel}</Button>
      </div>
    </Dialog>
  );
}

function Clone({ name, onClose }: AskProps): ReactElement {
  const words = useSayings(campaignWords);
  const frame = useFrameWords();
  const [copy, setCopy] = useState('');
  const { act, isBusy, refusal } = useAct();
  const clone = async (): Promise<void> => {
    const done = await act('POST', `/api/campaigns/${encodeURIComponent(name)}/clone`, { name: copy.trim() });
    if (done === undefined) return;
    onClose();
    goTo(hrefOf('campaigns', [copy.trim()]));
  };
  return (
    <Dialog title={words.cloneTitle(name)} closeName={frame.close} onClose={onClose}>
      <Typed label={words.cloneName} hint={words.cloneHint} value={copy} onChange={setCopy} maxLength={64} autoFocus />
      <Refused refusal={refusal} />
      <div className="page-steps">
        <Button look="main" isDisabled={isBusy || copy.trim() === ''} onPress={() => void clone()}>
          {words.doClone}
        </Button>
        <Button onPress={onClose}>{frame.cancel}</Button>
      </div>
    </Dialog>
  );
}
