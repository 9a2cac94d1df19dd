// What a supervisor can do with one agent: pause, ready, sign out, move, end; and hear the call.

import { useState, type ReactElement } from 'react';
import { say } from '../../agent/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/fields.tsx';
import { Dialog } from '../../ui/over.tsx';
import { Refused, useAct } from '../data.tsx';
import type { BoardAgent } from '../live/board.ts';
import { useBoardView } from '../live/use-board.tsx';
import { useMe } from '../me.tsx';
import { goTo, hrefOf } from '../place.ts';
import { AgentChip, Since } from '../shared/signs.tsx';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { Listen } from './listen.tsx';
import { agentWords } from './words.ts';

interface SteerProps {
  readonly agent: BoardAgent;
}

type Act = 'pause' | 'ready' | 'sign-out' | 'move' | 'end';

export function Steer({ agent }: SteerProps): ReactElement {
  const words = useSayings(agentWords);
  const frame = useFrameWords();
  const me = useMe();
  const { act, isBusy, refusal, forget } = useAct();
  const isIn = agent.state !== 'offline';
  const send = async (what: Act, address: string, body: object = {}): Promise<void> => {
    const done = await act('POST', `/api/agents/${agent.number}/${address}`, body);
    if (done !== undefined) say(`${agent.name}: ${words.done[what]}`);
  };
  return (
    <aside className="card steer" aria-label={words.steer(agent.name)}>
      <div className="card-head">
        <h2>
          {agent.name} <span className="soft numbers">{agent.number}</span>
        </h2>
        <Button look="plain" isSmall icon="cross" name={frame.close} onPress={() => goTo(hrefOf('agents'))} />
      </div>
      <div>
        <AgentChip state={agent.state} reason={agent.reason} /> {isIn && <Since at={agent.since} />}
        {agent.movesTo !== undefined && <p className="small soft">{words.movesTo(agent.movesTo)}</p>}
        {isIn && !agent.registered && (
          <p className="small not-there">
            {words.phone}: {words.notRegistered}
          </p>
        )}
      </div>
      {!isIn && <p className="soft small">{words.signedOut}</p>}
      <Refused refusal={refusal} onClose={forget} />
      {isIn && me.may('supervise') && (
        <>
          <div className="steer-acts">
            <Button icon="pause" isDisabled={isBusy} onPress={() => void send('pause', 'state', { to: 'paused' })}>
              {words.pause}
            </Button>
            <Button icon="play" isDisabled={isBusy} onPress={() => void send('ready', 'state', { to: 'ready' })}>
              {words.ready}
            </Button>
            <Button icon="exit" isDisabled={isBusy} onPress={() => void send('sign-out', 'logout')}>
              {words.signOut}
            </Button>
          </div>
          <p className="soft small">{words.afterCall}</p>
          <Move agent={agent} isBusy={isBusy} onMove={(campaign) => void send('move', 'move', { campaign })} />
          <Listen agent={agent} />
          <End agent={agent} isBusy={isBusy} onEnd={() => void send('end', 'end')} />
        </>
      )}
    </aside>
  );
}

interface MoveProps extends SteerProps {
  readonly isBusy: boolean;
  readonly onMove: (campaign: string) => void;
}

function Move({ agent, isBusy, onMove }: MoveProps): ReactElement {
  const words = useSayings(agentWords);
  const view = useBoardView();
  const [to, setTo] = useState<string | null>(null);
  const others = (view?.campaigns ?? []).filter(
    ({ name, state }) => name !== agent.campaign && state !== 'archived' && state !== 'unapproved',
  );
  return (
    <section>
      {others.length === 0 ? (
        <p className="soft small">{words.noOther}</p>
      ) : (
        <>
          <Choice
            label={words.moveTo}
            placeholder={words.moveTo}
            value={to}
            onChange={setTo}
            choices={others.map(({ name }) => ({ code: name, label: name }))}
          />
          <Button icon="next" isDisabled={isBusy || to === null} onPress={() => to !== null && onMove(to)}>
            {words.move}
          </Button>
          <p className="soft small">{words.moveHint}</p>
        </>
      )}
    </section>
  );
}

interface EndProps extends SteerProps {
  readonly isBusy: boolean;
  readonly onEnd: () => void;
}

function End({ agent, isBusy, onEnd }: EndProps): ReactElement {
  const words = useSayings(agentWords);
  const frame = useFrameWords();
  const [isAsking, setAsking] = useState(false);
  return (
    <section>
      <Button look="plain" icon="stop" isDisabled={isBusy} onPress={() => setAsking(true)}>
        {words.end}
      </Button>
      <p className="soft small">{words.endHint}</p>
      {isAsking && (
        <Dialog title={words.endTitle(agent.name)} closeName={frame.close} onClose={() => setAsking(false)}>
          <p>{words.endText}</p>
          <div className="page-steps">
            <Button
              look="end"
              icon="stop"
              onPress={() => {
                setAsking(false);
                onEnd();
              }}
            >
              {words.end}
            </Button>
            <Button onPress={() => setAsking(false)}>{frame.cancel}</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
