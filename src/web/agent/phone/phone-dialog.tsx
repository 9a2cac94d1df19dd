// The phone of a session that runs: which it is, the other one instead, and the devices of the browser.

import type { ReactElement } from 'react';
import type { DeskView } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/over.tsx';
import { useWords } from '../../words/words.tsx';
import { Refusal } from '../refusal.tsx';
import { useDesk } from '../use-desk.tsx';
import { SoundCheck } from './sound-check.tsx';

interface PhoneDialogProps {
  readonly view: DeskView;
  readonly onClose: () => void;
}

export function PhoneDialog({ view, onClose }: PhoneDialogProps): ReactElement | null {
  const words = useWords();
  const desk = useDesk();
  const phone = view.session?.phone;
  if (phone === undefined) return null;
  const other = phone.kind === 'browser' ? 'account' : 'browser';
  return (
    <Dialog title={words.phone.title} closeName={words.close} onClose={onClose}>
      <p>{words.phone.is[phone.kind]}</p>
      {phone.kind === 'number' && <p>{phone.address}</p>}
      {phone.kind === 'browser' && <SoundCheck />}
      {phone.kind !== 'number' && (
        <>
          <p className="small soft">{words.phone.changes}</p>
          <Refusal of={['change-phone']} />
          <Button icon="phone" onPress={() => void desk.wish({ do: 'change-phone', phone: { kind: other } })}>
            {words.phone.change[other]}
          </Button>
        </>
      )}
    </Dialog>
  );
}
