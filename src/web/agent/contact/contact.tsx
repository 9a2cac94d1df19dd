// The person in the agent's hands: empty until there is one. Information and History beside each other; the name takes the
// focus when a call is connected.

import { memo, type ReactElement } from 'react';
import type { DeskInteraction } from '../../live/live.ts';
import { Chip, Note } from '../../ui/signs.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useWords } from '../../words/words.tsx';
import { Decisions } from '../decisions.tsx';
import { PLACES } from '../places.ts';
import { Fields } from './fields.tsx';
import { History } from './history.tsx';
import { Numbers } from './numbers.tsx';
import './contact.css';

interface ContactProps {
  readonly one: DeskInteraction | null;
  readonly callerId: string | null;
  readonly onCallerId: (callerId: string) => void;
}

export const Contact = memo(function Contact({ one, callerId, onCallerId }: ContactProps): ReactElement {
  const words = useWords();
  const isThere = one !== null && one.state !== 'done';
  return (
    <section className="card contact" aria-labelledby={PLACES.contact}>
      {isThere && one.record !== null ? (
        <Person key={one.id} one={one} record={one.record} callerId={callerId} onCallerId={onCallerId} />
      ) : (
        <>
          <h2 id={PLACES.contact} tabIndex={-1}>
            {words.contact.title}
          </h2>
          <p className="soft empty">{isThere ? words.contact.blank : words.contact.empty}</p>
        </>
      )}
    </section>
  );
});

interface PersonProps extends Omit<ContactProps, 'one'> {
  readonly one: DeskInteraction;
  readonly record: NonNullable<DeskInteraction['record']>;
}

function Person({ one, record, callerId, onCallerId }: PersonProps): ReactElement {
  const words = useWords();
  const { kind } = one.origin;
  const isSpecial = kind !== 'list';
  return (
    <>
      <div className="contact-head">
        <h2 id={PLACES.contact} tabIndex={-1} className="contact-name">
          <bdi>{record.name === '' ? one.origin.label : record.name}</bdi>
        </h2>
        <p className="contact-origin small">
          <span className="soft">{words.contact.origin}: </span>
          {isSpecial ? (
            <Chip
              tone={kind === 'personal-callback' ? 'good' : 'accent'}
              icon={kind === 'inbound' ? 'phone' : 'calendar'}
            >
              {words.contact.origins[kind]}
            </Chip>
          ) : (
            <bdi>{one.origin.label}</bdi>
          )}
          {record.priority !== 0 && (
            <Chip tone="warn">
              {words.contact.priority} {record.priority}
            </Chip>
          )}
        </p>
        {record.screenPop !== null && (
          <a href={record.screenPop} target="_blank" rel="noopener noreferrer" className="small">
            {words.contact.page}
          </a>
        )}
      </div>
      {one.message !== null && (
        <div role="alert">
          <Message message={one.message} isPreview={one.state === 'preview'} />
        </div>
      )}
      <Numbers one={one} record={record} callerId={callerId} onCallerId={onCallerId} />
      <Tabs
        name={words.contact.title}
        tabs={[
          { id: 'information', label: words.contact.information, content: <Fields one={one} fields={record.fields} /> },
          { id: 'history', label: words.contact.history, content: <History key={record.contact} record={record} /> },
        ]}
      />
      <Decisions one={one} />
    </>
  );
}

interface MessageProps {
  readonly message: NonNullable<DeskInteraction['message']>;
  readonly isPreview: boolean;
}

/** Why a number was not dialed, and what to do next. */
function Message({ message, isPreview }: MessageProps): ReactElement {
  const words = useWords();
  const { text, next } = words.server.message(message, isPreview);
  return (
    <Note tone="warn" icon="warning">
      <p>{text}</p>
      <p>
        <strong>{next}</strong>
      </p>
    </Note>
  );
}
