// Gives the person to someone else, or speaks with them first. By keyboard alone: type whom, arrows choose, Enter speaks with
// them first, Alt+Enter gives the person away at once; each choice is spoken.

import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { ask, isError } from '../../live/ask.ts';
import type { AskedOfCall, BringIn, CallStanding } from '../../live/call.ts';
import { Button } from '../../ui/button.tsx';
import { Pick, Typed } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.tsx';
import { say } from '../announcer.tsx';
import { callPanel, closeTransfer, TRANSFER } from '../bar/panels.ts';
import type { Desk } from '../desk.ts';
import { OtherText } from '../notes/other-text.tsx';
import { goTo } from '../places.ts';
import { useDesk, useForm, useValue } from '../use-desk.tsx';
import { neighbour, targetsOf, type Colleague, type Target } from './targets.ts';
import './transfer.css';

const LOOK_EVERY_MS = 4_000;

interface TransferProps {
  readonly call: CallStanding;
  readonly interaction: string;
}

export function Transfer({ call, interaction }: TransferProps): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const asked = useValue(desk.call);
  const colleagues = useColleagues(call.transfer.agents);
  const { draft, inputs, type } = useForm(interaction, TRANSFER);
  const typed = inputs?.['text'] ?? '';
  const chosen = inputs?.['target'] ?? null;
  const setChosen = (id: string): void => type({ text: typed, target: id });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // One that is only there again takes no focus away.
    if (callPanel.get() === TRANSFER) form.current?.querySelector('input')?.focus();
  }, []);
  const targets = targetsOf(call.transfer, colleagues, typed);
  const target = targets.find(({ id }) => id === chosen) ?? targets[0];
  const send = (how: BringIn): void => {
    if (target !== undefined && asked === null)
      void desk.call.bringIn(how, target.to).then((isDone) => isDone && close(desk));
  };
  const nameOf = ({ label, kind }: Target): string => `${label} · ${words.transfer.kinds[kind]}`;
  const walk = (step: 1 | -1): void => {
    const next = neighbour(targets, target?.id ?? null, step);
    if (next === undefined) return;
    setChosen(next.id);
    say(nameOf(next));
  };
  const giveUp = (): void => close(desk);
  const press = pressing({ walk, giveUp, give: () => send('transfer') });
  return (
    <form
      ref={form}
      className="transfer"
      aria-label={words.transfer.title}
      onSubmit={(event) => {
        event.preventDefault();
        send('consult');
      }}
      onKeyDown={press}
    >
      <Typed
        label={words.transfer.search}
        hint={words.transfer.hint}
        value={typed}
        onChange={(text) => type({ text })}
        maxLength={40}
      />
      <div className="transfer-targets">
        <Found
          choices={targets.map((one) => ({ code: one.id, label: nameOf(one) }))}
          chosen={target?.id ?? null}
          onChange={setChosen}
        />
        <Busy colleagues={call.transfer.agents ? colleagues : []} />
      </div>
      <Steps hasTarget={target !== undefined} asked={asked} onSend={send} onCancel={giveUp} />
      <OtherText draft={draft} />
    </form>
  );
}

interface FoundProps {
  readonly choices: readonly { readonly code: string; readonly label: string }[];
  readonly chosen: string | null;
  readonly onChange: (id: string) => void;
}

/** Who can be chosen, of those that match what was typed. */
function Found({ choices, chosen, onChange }: FoundProps): ReactElement {
  const words = useWords();
  if (choices.length > 0)
    return <Pick label={words.transfer.to} choices={choices} value={chosen} onChange={onChange} />;
  return (
    <p className="soft" role="status">
      {words.transfer.none}
    </p>
  );
}

interface Pressing {
  readonly walk: (step: 1 | -1) => void;
  readonly give: () => void;
  readonly giveUp: () => void;
}

/** Keys of the form; the main button's chord gives the person away here. */
const pressing =
  ({ walk, give, giveUp }: Pressing) =>
  (event: KeyboardEvent): void => {
    if (event.key === 'Escape') giveUp();
    if (event.key === 'Enter' && event.altKey) {
      event.preventDefault();
      event.nativeEvent.stopImmediatePropagation();
      return give();
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined;
    // Radio buttons walk by themselves.
    if (step === undefined || !(event.target instanceof HTMLInputElement) || event.target.type === 'radio') return;
    event.preventDefault();
    walk(step);
  };

interface StepsProps {
  readonly hasTarget: boolean;
  readonly asked: AskedOfCall | null;
  readonly onSend: (how: BringIn) => void;
  readonly onCancel: () => void;
}

function Steps({ hasTarget, asked, onSend, onCancel }: StepsProps): ReactElement {
  const words = useWords();
  const isBusy = asked === 'consult' || asked === 'transfer';
  return (
    <div className="transfer-steps">
      <Button look="main" isBusy={isBusy} isDisabled={!hasTarget} onPress={() => onSend('consult')} chord="↵">
        {asked === 'consult' ? words.call.doing.consult : words.transfer.consult}
      </Button>
      <Button isBusy={isBusy} isDisabled={!hasTarget} onPress={() => onSend('transfer')} chord="Alt+↵">
        {asked === 'transfer' ? words.call.doing.transfer : words.transfer.give}
      </Button>
      <Button look="plain" onPress={onCancel}>
        {words.cancel}
      </Button>
    </div>
  );
}

/** Who cannot be given the person now, and why. */
function Busy({ colleagues }: { readonly colleagues: readonly Colleague[] }): ReactElement | null {
  const words = useWords();
  const busy = colleagues.filter(({ isReady }) => !isReady);
  if (busy.length === 0) return null;
  const text = busy.map(({ name, state }) => `${name} (${words.transfer.states[state]})`).join(', ');
  return <p className="small soft">{words.transfer.busy(text)}</p>;
}

function close(desk: Desk): void {
  closeTransfer(desk);
  goTo('transfer');
}

/** Looked up while the form is open: who is ready changes. */
function useColleagues(isWanted: boolean): readonly Colleague[] {
  const [colleagues, setColleagues] = useState<readonly Colleague[]>([]);
  useEffect(() => {
    if (!isWanted) return;
    const look = (): void => {
      ask<readonly Colleague[]>('GET', '/api/agent/call/agents').then(
        ({ status, body }) => status === 200 && !isError(body) && setColleagues(body),
        () => undefined,
      );
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isWanted]);
  return colleagues;
}
