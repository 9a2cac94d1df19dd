// What needs a look, each with why and a way there.

import type { ReactElement } from 'react';
import { Icon, type IconName } from '../../ui/icons.tsx';
import type { BoardView } from '../live/board.ts';
import { useServerNow } from '../live/use-board.tsx';
import { hrefOf } from '../place.ts';
import { Since } from '../shared/signs.tsx';
import { stateWords } from '../shared/words.ts';
import { useReasons, useSayings } from '../use-words.tsx';
import { isWall } from '../wall.ts';
import { concernsOf, type Concern } from './attention.ts';
import { useWhyOf } from './columns.tsx';
import { boardWords } from './words.ts';

const MOST = 7;
const LOOK_EVERY_MS = 5_000;

export function Attention({ view }: { readonly view: BoardView }): ReactElement {
  const words = useSayings(boardWords);
  const now = useServerNow(LOOK_EVERY_MS);
  const concerns = concernsOf(view, now);
  return (
    <section className="card" aria-labelledby="attention">
      <h2 id="attention">
        {words.attention}
        {concerns.length > 0 && <span className="count numbers">{concerns.length}</span>}
      </h2>
      {concerns.length === 0 && <p className="soft small">{words.fine}</p>}
      <ul className="concerns">
        {concerns.slice(0, MOST).map((concern) => (
          <Line key={keyOf(concern)} concern={concern} />
        ))}
        {concerns.length > MOST && <li className="soft small">{words.more(concerns.length - MOST)}</li>}
      </ul>
    </section>
  );
}

const keyOf = (concern: Concern): string => JSON.stringify([concern.what, subjectOf(concern)]);

function subjectOf(concern: Concern): string {
  if ('agent' in concern) return concern.agent.number;
  if ('trunk' in concern) return concern.trunk.name;
  if (!('campaign' in concern)) return '';
  return typeof concern.campaign === 'string' ? concern.campaign : concern.campaign.name;
}

const BAD: ReadonlySet<Concern['what']> = new Set(['link-down', 'sip-silent', 'store-bad', 'halted', 'overspent']);

function Line({ concern }: { readonly concern: Concern }): ReactElement {
  const { title, detail, href } = useLine(concern);
  const icon: IconName = BAD.has(concern.what) ? 'warning' : 'info';
  return (
    <li className={`concern ${BAD.has(concern.what) ? 'bad' : 'warn'}`}>
      <Icon name={icon} />
      <span>
        {href === undefined || isWall() ? <strong>{title}</strong> : <a href={href}>{title}</a>}
        {'agent' in concern && concern.what === 'long' && (
          <>
            {' '}
            <Since at={concern.agent.since} />
          </>
        )}
        {detail !== '' && <span className="small soft clamped">{detail}</span>}
      </span>
    </li>
  );
}

function useLine(concern: Concern): { readonly title: string; readonly detail: string; readonly href?: string } {
  const words = useSayings(boardWords);
  const states = useSayings(stateWords);
  const whyOf = useWhyOf();
  const { trunk } = useReasons();
  const who = ({ number, name }: { readonly number: string; readonly name: string }): string =>
    isWall() ? number : name;
  switch (concern.what) {
    case 'link-down':
      return { title: words.linkDown, detail: '' };
    case 'sip-silent':
      return { title: words.sipSilent, detail: '' };
    case 'store-bad':
      return { title: words.storeBad, detail: '' };
    case 'halted':
    case 'not-dialing': {
      const { name } = concern.campaign;
      const title = concern.what === 'halted' ? words.halted(name) : words.notDialing(name);
      return { title, detail: whyOf(concern.campaign), href: hrefOf('campaigns', [name]) };
    }
    case 'overspent': {
      const { campaign, limit } = concern;
      const detail = `${limit.name}: ${states.tooMany(-limit.left)}`;
      return { title: words.overspent(campaign), detail, href: hrefOf('campaigns', [campaign]) };
    }
    case 'trunk-rests':
      return { title: words.trunkRests(concern.trunk.name), detail: trunk(concern.trunk.reason) };
    case 'not-registered':
    case 'long': {
      const { agent } = concern;
      const href = hrefOf('agents', [agent.number]);
      if (concern.what === 'not-registered') return { title: words.notRegistered(who(agent)), detail: '', href };
      return { title: words.long(who(agent), states.agent[agent.state]), detail: '', href };
    }
  }
}
