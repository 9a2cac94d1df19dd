// What has become of the agent's campaigns and sessions: shown until the agent has read it, spoken once.

import { useEffect, type ReactElement } from 'react';
import type { DeskView } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Note, type Tone } from '../../ui/signs.tsx';
import { useWords } from '../../words/words.tsx';
import { say } from '../announcer.tsx';
import { useDesk } from '../use-desk.tsx';

type Notice = DeskView['notices'][number];

const LOOKS: Readonly<Partial<Record<Notice['kind'], readonly [Tone, IconName]>>> = {
  'campaign-loaded': ['accent', 'list'],
  'campaign-started': ['good', 'play'],
  'campaign-paused': ['warn', 'pause'],
  'campaign-stopped': ['warn', 'stop'],
  'session-ended': ['quiet', 'exit'],
};

interface NoticesProps {
  readonly view: DeskView;
  /** Between sessions: a campaign that has been started can be chosen. */
  readonly onChoose?: (campaign: string) => void;
}

export function Notices({ view, onChoose }: NoticesProps): ReactElement | null {
  const words = useWords();
  const desk = useDesk();
  const newest = view.notices.at(-1);
  useEffect(() => {
    if (newest) say(words.server.notice(newest));
  }, [newest, words]);
  if (view.notices.length === 0) return null;
  const time = new Intl.DateTimeFormat(words.locale, { timeStyle: 'short' });
  return (
    <section className="notices" aria-label={words.notices.title}>
      {view.notices.toReversed().map((notice) => {
        const { id, at, kind, campaign } = notice;
        const [tone, icon] = LOOKS[kind] ?? (['quiet', 'info'] as const);
        const isStarted = kind === 'campaign-started' && campaign !== null;
        const mayGet = isStarted && mayGetRecord(view, campaign);
        const mayChoose = isStarted && view.campaigns.some(({ name }) => name === campaign);
        return (
          <Note
            key={id}
            tone={tone}
            icon={icon}
            actions={
              <>
                {mayChoose && onChoose !== undefined && (
                  <Button isSmall name={words.campaigns.chooseNamed(campaign)} onPress={() => onChoose(campaign)}>
                    {words.campaigns.choose}
                  </Button>
                )}
                {mayGet && (
                  <Button isSmall onPress={() => void desk.wish({ do: 'get-record', campaign })}>
                    {words.notices.getRecord}
                  </Button>
                )}
                <Button isSmall look="plain" onPress={() => void desk.wish({ do: 'dismiss-notice', notice: id })}>
                  {words.notices.dismiss}
                </Button>
              </>
            }
          >
            <span className="small soft numbers">{time.format(at)} </span>
            {words.server.notice(notice)}
          </Note>
        );
      })}
    </section>
  );
}

function mayGetRecord({ session, interaction, campaigns }: DeskView, campaign: string | null): boolean {
  if (session === null || interaction !== null || session.campaign !== campaign) return false;
  return campaigns.find(({ name }) => name === campaign)?.action === 'get-record';
}
