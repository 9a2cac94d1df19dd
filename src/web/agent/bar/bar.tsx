// The session bar: how the agent stands and since when, the session's time, and the one main button whose label is the next
// step. It is the same in every mode.

import type { ReactElement, ReactNode } from 'react';
import { isAsked, type DeskView } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Chip, Note } from '../../ui/signs.tsx';
import { useWords } from '../../words/words.tsx';
import { PhoneNote } from '../phone/phone-note.tsx';
import { useDesk, useIsOld, useLive, useServerNow, useStaleSeconds, useValue } from '../use-desk.tsx';
import { Controls } from './controls.tsx';
import { MainStep } from './main-step.tsx';
import { MoreMenu, Pauses } from './menus.tsx';
import { standingOf } from './standing.ts';
import { timer } from './time.ts';
import './bar.css';

interface BarProps {
  readonly view: DeskView;
  /** Something has come that the agent has not looked at yet. */
  readonly isNew: boolean;
  readonly callerId: string | null;
  readonly onCampaigns: () => void;
  readonly onKeys: () => void;
  readonly onPhone: () => void;
}

export function Bar({ view, isNew, callerId, onCampaigns, onKeys, onPhone }: BarProps): ReactElement {
  const words = useWords();
  const isOld = useIsOld();
  return (
    <header className={isOld ? 'bar is-stale' : 'bar'} data-stale={isOld || undefined}>
      <Standing view={view} isNew={isNew} />
      <div className="bar-campaign">
        <h1 className="campaign-name">{view.session?.campaign}</h1>
        <span className="small soft">{words.bar.calls(view.today.calls)}</span>
      </div>
      <SessionTimer since={view.session?.since} />
      <div className="bar-steps">
        <MainStep view={view} callerId={callerId} />
        <Pauses view={view} />
        <MoreMenu view={view} onCampaigns={onCampaigns} onKeys={onKeys} onPhone={onPhone} />
      </div>
    </header>
  );
}

function Standing({ view, isNew }: { readonly view: DeskView; readonly isNew: boolean }): ReactElement {
  const words = useWords();
  const now = useServerNow();
  const { word, tone, icon, since } = standingOf(view);
  const reason = word === 'paused' ? view.session?.pause : undefined;
  const pause = reason ? words.server.pause(reason) : undefined;
  const label = words.standing[word];
  return (
    <div className={`standing ${tone}`} data-standing={word} data-new={isNew || undefined}>
      <Icon name={icon} />
      <div>
        <p className="standing-word">{pause === undefined ? label : `${label}: ${pause}`}</p>
        <p className="standing-time numbers" role="timer" aria-live="off" aria-label={label}>
          {timer(now - since)}
        </p>
      </div>
    </div>
  );
}

function SessionTimer({ since }: { readonly since: number | undefined }): ReactElement {
  const words = useWords();
  const now = useServerNow();
  return (
    <div className="session-time">
      <span className="small soft">{words.bar.session}</span>
      <span className="numbers" role="timer" aria-live="off" aria-label={words.bar.session}>
        {since === undefined ? '–' : timer(now - since)}
      </span>
    </div>
  );
}

/** What lies under the bar: old news, what is queued, what was asked for and has no answer. */
export function BarNotes({ view }: { readonly view: DeskView }): ReactElement {
  const words = useWords();
  const finishing = useValue(useDesk().finishing);
  const { session } = view;
  return (
    <section className="bar-notes" aria-label={words.bar.notes}>
      <LinkNote />
      <PhoneNote view={view} />
      <Controls view={view} />
      {session?.ending === true && (
        <Chip tone="quiet" icon="exit">
          {words.bar.ending}
        </Chip>
      )}
      {session?.phone.state === 'down' && <PhoneDown kind={session.phone.kind} />}
      {session?.pauseNext && <PauseNext reason={session.pauseNext} />}
      {finishing !== null && <Undo view={view} />}
    </section>
  );
}

type Session = NonNullable<DeskView['session']>;

/** The agent's phone is away: it comes back by itself, or is called again. A browser shows that beside its own state. */
function PhoneDown({ kind }: Pick<Session['phone'], 'kind'>): ReactElement | null {
  const words = useWords();
  const desk = useDesk();
  const asked = useLive((live) => live.asked);
  if (kind === 'account')
    return (
      <Chip tone="bad" icon="warning">
        {words.bar.phoneDown}
      </Chip>
    );
  if (kind !== 'number') return null;
  return (
    <Button
      isSmall
      icon="phone"
      onPress={() => void desk.wish({ do: 'call-phone' })}
      isDisabled={isAsked({ asked }, 'call-phone')}
    >
      {words.phone.call}
    </Button>
  );
}

/** The pause that begins after this record, until it is taken back. */
function PauseNext({ reason }: { readonly reason: NonNullable<Session['pauseNext']> }): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const asked = useLive((live) => live.asked);
  return (
    <span className="queued">
      <Chip tone="quiet" icon="pause">
        {words.bar.pauseNext(words.server.pause(reason))}
      </Chip>
      <Button
        isSmall
        look="plain"
        onPress={() => void desk.wish({ do: 'resume' })}
        isDisabled={isAsked({ asked }, 'resume')}
      >
        {words.bar.takeBack}
      </Button>
    </span>
  );
}

/** Old news, and what was asked for and has no answer. */
function LinkNote(): ReactElement | null {
  const words = useWords();
  const stale = useStaleSeconds();
  const link = useLive((live) => live.link);
  const isUnsure = useLive(({ asked }) => asked.some((one) => one.isUnsure));
  const isOld = useIsOld();
  const isStopping = useLive(({ view }) => view?.stopping === true);
  if (isOld && isStopping) return <Offline title={words.stopping.gone}>{words.stopping.goneText}</Offline>;
  if (isOld)
    return (
      <Offline title={link === 'lost' ? `${words.link.lost}.` : ''}>
        {words.stale(stale ?? 0)} {words.staleCalm}
      </Offline>
    );
  if (isStopping)
    return (
      <Note tone="warn" icon="info">
        <p role="status">
          <strong>{words.stopping.title}</strong> {words.stopping.text}
        </p>
      </Note>
    );
  if (!isUnsure) return null;
  return (
    <Chip tone="warn" icon="wait">
      {words.asked.unsure}
    </Chip>
  );
}

interface OfflineProps {
  readonly title: string;
  readonly children: ReactNode;
}

function Offline({ title, children }: OfflineProps): ReactElement {
  return (
    <div className="stale-note" role="status">
      <Icon name="offline" />
      <span>
        <strong>{title}</strong> {children}
      </span>
    </div>
  );
}

function Undo({ view }: { readonly view: DeskView }): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const finishing = useValue(desk.finishing);
  useServerNow(200);
  const one = view.interaction;
  const outcome = one?.dispositions.find(({ code }) => code === one.disposition?.code)?.label ?? words.undo.none;
  const left = Math.max(0, Math.ceil(((finishing?.until ?? 0) - desk.now()) / 1000));
  return (
    <span className="queued">
      <Chip tone="accent" icon="check">
        {finishing?.stop === true ? words.undo.stop(outcome, left) : words.undo.text(outcome, left)}
      </Chip>
      <Button isSmall onPress={() => desk.finishing.undo()} chord="Alt+U">
        {words.undo.button}
      </Button>
    </span>
  );
}
