// Before the first call: what the company does, what is to be observed, what will be asked. One button starts the session.

import { useEffect, useState, type ReactElement } from 'react';
import type { z } from 'zod';
import type { deskCampaignPage } from '../../../http/wire/desk.ts';
import { ask, isError } from '../../live/ask.ts';
import { isAsked, type DeskView } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/signs.tsx';
import { useWords } from '../../words/words.tsx';
import { BarNotes } from '../bar/bar.tsx';
import { keysWith, meantBy } from '../keys/keys.ts';
import { useShownKey } from '../keys/use-shown-key.ts';
import { Notices } from '../notices/notices.tsx';
import { Refusal } from '../refusal.tsx';
import { PhoneChoice, useChosenPhone } from '../phone/phone-choice.tsx';
import { preferences } from '../preferences.ts';
import { useDesk, useLive, useValue } from '../use-desk.tsx';
import { ScriptAhead } from './script-ahead.tsx';
import './start.css';

type CampaignPage = z.output<typeof deskCampaignPage>;

/** What agents read about a campaign; undefined while it comes, and when it cannot be had. */
export function useCampaignPage(campaign: string | undefined): CampaignPage | undefined {
  const [page, setPage] = useState<CampaignPage>();
  useEffect(() => {
    if (campaign === undefined) return;
    let isWanted = true;
    ask<CampaignPage>('GET', `/api/agent/campaigns/${encodeURIComponent(campaign)}`).then(
      ({ status, body }) => {
        if (isWanted && status === 200 && !isError(body)) setPage(body);
      },
      () => undefined,
    );
    return () => void (isWanted = false);
  }, [campaign]);
  return page?.name === campaign ? page : undefined;
}

interface StartProps {
  readonly view: DeskView;
  readonly campaign: string;
  readonly onBack: () => void;
}

export function Start({ view, campaign, onBack }: StartProps): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const asked = useLive((live) => live.asked);
  const page = useCampaignPage(campaign);
  const row = view.campaigns.find(({ name }) => name === campaign);
  const isStarting = isAsked({ asked }, 'open-session');
  const { number } = useValue(preferences);
  const phone = useChosenPhone(row?.outsidePhones === true);
  const browser = useValue(desk.phone.desk);
  /** A browser without a microphone is no phone. */
  const isMute = phone === 'browser' && browser.microphone !== 'on';
  const isNumberMissing = phone === 'number' && number.trim() === '';
  const mayStart = !isStarting && !isMute && !isNumberMissing;
  const start = (): void =>
    void desk.wish({
      do: 'open-session',
      campaign,
      phone: phone === 'number' ? { kind: phone, number } : { kind: phone },
      ready: true,
    });
  useMainKey(mayStart ? start : undefined);
  const shownKey = useShownKey();
  return (
    <main className="start">
      <Head campaign={campaign} kind={row?.kind} onBack={onBack} />
      <BarNotes view={view} />
      <Notices view={view} />
      {row && <p className="prose soft">{row.description}</p>}
      <div className="start-columns">
        <section className="card" aria-labelledby="company-title">
          <h2 id="company-title">{words.start.company}</h2>
          <CompanyPage text={page?.companyPage} />
        </section>
        <section className="card" aria-labelledby="instructions-title">
          <h2 id="instructions-title">{words.start.instructions}</h2>
          <Text text={page?.instructions} />
          <h2>{words.start.script}</h2>
          <ScriptAhead script={page?.script} />
        </section>
        <section className="card start-go" aria-label={words.start.start}>
          <PhoneChoice mayBeAny={row?.outsidePhones === true} />
          <p>
            {phone === 'account' ? words.start.phone : phone === 'browser' ? words.phone.start : words.phone.startAny}
            {row?.takes === true && ` ${words.start.first}`}
          </p>
          {phone === 'account' && <p className="small soft">{words.start.resumes}</p>}
          <Refusal of={['open-session']} />
          <Button look="main" icon="phone" isDisabled={!mayStart} onPress={start} chord={shownKey('main')}>
            {isStarting ? (phone === 'browser' ? words.phone.starting : words.start.starting) : words.start.start}
          </Button>
        </section>
      </div>
    </main>
  );
}

/** The page is new: whoever works by keyboard or ear begins at its name. */
const focusAtFirst = (heading: HTMLElement | null): void => heading?.focus();

/** The key of the main button works before the session too. */
function useMainKey(act: (() => void) | undefined): void {
  useEffect(() => {
    const press = ({ key, code, altKey, ctrlKey, metaKey, repeat }: KeyboardEvent): void => {
      const { singleKeys, keys } = preferences.get();
      const meant = meantBy({ key, code, altKey, ctrlKey, metaKey, isTyping: false }, singleKeys, keysWith(keys));
      if (!repeat && meant !== undefined && 'key' in meant && meant.key === 'main') act?.();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [act]);
}

interface HeadProps extends Pick<StartProps, 'campaign' | 'onBack'> {
  readonly kind: DeskView['campaigns'][number]['kind'] | undefined;
}

function Head({ campaign, kind, onBack }: HeadProps): ReactElement {
  const words = useWords();
  return (
    <div className="start-head">
      <Button look="plain" icon="back" onPress={onBack}>
        {words.start.back}
      </Button>
      <h1 ref={focusAtFirst} tabIndex={-1}>
        {campaign}
      </h1>
      {kind && <Chip tone="accent">{words.modes[kind]}</Chip>}
    </div>
  );
}

function Text({ text }: { readonly text: string | undefined }): ReactElement {
  const words = useWords();
  if (text === undefined) return <p className="soft">{words.loading}</p>;
  return text.trim() === '' ? <p className="soft">{words.start.nothing}</p> : <p className="prose">{text}</p>;
}

/** An address that is alone in it leads there; anything else is text. */
export function CompanyPage({ text }: { readonly text: string | undefined }): ReactElement {
  const words = useWords();
  const isAddress = /^https?:\/\/\S+$/.test(text?.trim() ?? '');
  if (!isAddress || text === undefined) return <Text text={text} />;
  return (
    <p>
      <a href={text.trim()} target="_blank" rel="noopener noreferrer">
        {words.start.openCompany}
      </a>
    </p>
  );
}
