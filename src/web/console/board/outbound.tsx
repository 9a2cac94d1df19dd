// The switch of all outbound calling: how it stands, and for who may, off (with a reason) and on.

import { useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Typed } from '../../ui/fields.tsx';
import { Dialog } from '../../ui/over.tsx';
import { Chip } from '../../ui/signs.tsx';
import { Refused, useAct } from '../data.tsx';
import { actor } from '../formats.ts';
import type { BoardView } from '../live/board.ts';
import { useMe } from '../me.tsx';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { isWall } from '../wall.ts';
import { boardWords } from './words.ts';

export function OutboundSwitch({ view }: { readonly view: BoardView }): ReactElement {
  const words = useSayings(boardWords);
  const frame = useFrameWords();
  const me = useMe();
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const { act, isBusy, refusal, forget } = useAct();
  const { on, by, reason: said } = view.outbound;
  const turn = async (to: boolean): Promise<void> => {
    const done = await act('POST', '/api/outbound', { on: to, reason: to ? '' : reason });
    if (done !== undefined) setAsking(false);
  };
  return (
    <div className="page-steps">
      <Chip tone={on ? 'good' : 'bad'} icon={on ? 'phone' : 'stop'}>
        {on ? words.outboundOn : words.outboundOff(actor(by))}
      </Chip>
      {!on && said !== '' && <span className="small">{said}</span>}
      {me.may('campaigns') &&
        !isWall() &&
        (on ? (
          <Button icon="stop" onPress={() => setAsking(true)}>
            {words.off}
          </Button>
        ) : (
          <Button look="main" icon="play" isDisabled={isBusy} onPress={() => void turn(true)}>
            {words.on}
          </Button>
        ))}
      {!isAsking && <Refused refusal={refusal} onClose={forget} />}
      {isAsking && (
        <Dialog title={words.offTitle} closeName={frame.close} onClose={() => setAsking(false)}>
          <p>{words.offText}</p>
          <Typed label={words.reason} value={reason} onChange={setReason} maxLength={200} autoFocus />
          <Refused refusal={refusal} />
          <div className="page-steps">
            <Button look="end" icon="stop" isDisabled={isBusy} onPress={() => void turn(false)}>
              {words.doOff}
            </Button>
            <Button onPress={() => setAsking(false)}>{frame.cancel}</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
