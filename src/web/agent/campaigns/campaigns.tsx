// My Campaigns: what there is to work in, how each stands and why, and what can be done with it.

import type { ReactElement } from 'react';
import type { DeskView } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/signs.tsx';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../use-desk.tsx';
import { campaignRows, type CampaignRow } from './rows.ts';
import './campaigns.css';

interface CampaignsProps {
  readonly view: DeskView;
  /** Between sessions. */
  readonly onChoose?: (campaign: string) => void;
}

export function Campaigns({ view, onChoose }: CampaignsProps): ReactElement {
  const words = useWords();
  const text = words.campaigns;
  const rows = campaignRows(view);
  if (rows.length === 0) return <p className="soft">{text.none}</p>;
  return (
    <table className="campaigns">
      <caption className="unseen">{text.title}</caption>
      <thead>
        <tr>
          <th scope="col">{text.status}</th>
          <th scope="col">{text.name}</th>
          <th scope="col">{text.delivery}</th>
          <th scope="col">{text.description}</th>
          <th scope="col">{text.action}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, place) => (
          <Row key={row.campaign.name} row={row} isFirst={place === 0} onChoose={onChoose} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly row: CampaignRow;
  /** Who works by keyboard begins there. */
  readonly isFirst: boolean;
  readonly onChoose: CampaignsProps['onChoose'] | undefined;
}

function Row({ row, isFirst, onChoose }: RowProps): ReactElement {
  const words = useWords();
  const { campaigns: text, reasons } = words;
  const { campaign, wasLast, isHere } = row;
  const isRunning = campaign.status === 'running';
  return (
    <tr>
      <td>
        <Chip tone={isRunning ? 'good' : 'quiet'} icon={isRunning ? 'play' : 'pause'}>
          {isRunning ? text.running : text.active}
        </Chip>
      </td>
      <th scope="row">
        <span className="campaign-name">{campaign.name}</span>
        {(wasLast || isHere) && <span className="small soft">{isHere ? text.here : text.last}</span>}
      </th>
      <td>
        {campaign.delivery === 'manual' ? text.manual : text.automatic}
        <span className="small soft">{words.modes[campaign.kind]}</span>
      </td>
      <td>
        <span className="prose">{campaign.description}</span>
        <span className="small soft">
          {isRunning ? reasons.hours(campaign.opening, words.locale) : reasons.reason(campaign.reason, words.locale)}
        </span>
      </td>
      <td className="campaign-action">
        <Action row={row} isFirst={isFirst} onChoose={onChoose} />
      </td>
    </tr>
  );
}

function Action({ row, isFirst, onChoose }: RowProps): ReactElement | null {
  const text = useWords().campaigns;
  const desk = useDesk();
  const { campaign, action, mayChoose, wasLast } = row;
  const { name } = campaign;
  if (mayChoose && onChoose !== undefined)
    return (
      <Button
        onPress={() => onChoose(name)}
        name={text.chooseNamed(name)}
        look={wasLast ? 'main' : undefined}
        autoFocus={isFirst}
      >
        {text.choose}
      </Button>
    );
  if (action === null) return null;
  const label = text[action.word];
  return (
    <Button
      onPress={() => void desk.wish(action.wish)}
      name={text.namedAction(label, name)}
      icon={action.word === 'stop' ? 'stop' : 'next'}
    >
      {label}
    </Button>
  );
}

/** Calls and previews are switched apart from each other, where a campaign looks at that. */
export function Channels({ view }: { readonly view: DeskView }): ReactElement | null {
  const text = useWords().campaigns;
  const desk = useDesk();
  const isUsed = view.campaigns.some(({ channel }) => channel === 'preview');
  if (!isUsed || view.session === null) return null;
  return (
    <section className="channels" aria-label={text.channels}>
      <h3>{text.channels}</h3>
      {(['voice', 'preview'] as const).map((channel) => {
        const isReady = view.channels[channel] === 'ready';
        return (
          <Button
            key={channel}
            icon={isReady ? 'check' : 'pause'}
            isPressed={isReady}
            onPress={() => void desk.wish({ do: isReady ? 'set-not-ready' : 'set-ready', channel })}
          >
            {text[channel]}: {isReady ? text.ready : text.notReady}
          </Button>
        );
      })}
    </section>
  );
}
