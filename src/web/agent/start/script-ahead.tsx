// The script as it is looked through before the first call: every section with what is said and asked in it.

import type { ReactElement } from 'react';
import { useWords } from '../../words/words.tsx';
import type { z } from 'zod';
import type { deskCampaignPage } from '../../../http/wire/desk.ts';

export type Ahead = NonNullable<z.output<typeof deskCampaignPage>['script']>;

/** `script` undefined: it comes, or there is none. */
export function ScriptAhead({ script }: { readonly script: Ahead | undefined }): ReactElement {
  const words = useWords();
  if (script === undefined) return <p className="soft">{words.start.noScript}</p>;
  return (
    <ol className="script-ahead">
      {script.sections.map(({ section, title, parts }) => (
        <li key={section}>
          <h3>{title}</h3>
          {parts.map((part, place) => (
            <Part key={place} part={part} />
          ))}
        </li>
      ))}
    </ol>
  );
}

function Part({ part }: { readonly part: Ahead['sections'][number]['parts'][number] }): ReactElement {
  if ('say' in part) return <p className="prose">{part.say}</p>;
  const choices = part.choices.map(({ label }) => label).join(' · ');
  return (
    <p className="prose">
      <strong>{part.text}</strong>
      {choices !== '' && <span className="small soft"> {choices}</span>}
    </p>
  );
}
