// The frame around every view: where to go, how fresh the picture is, who is signed in. Views are loaded when they are
// opened.

import { lazy, Suspense, useEffect, useMemo, type FunctionComponent, type ReactElement } from 'react';
import { useValue } from '../agent/use-desk.tsx';
import { Guard } from '../ui/guard.tsx';
import { Icon } from '../ui/icons.tsx';
import { EarBar } from './agents/ear-bar.tsx';
import { Broken } from './broken.tsx';
import { Freshness, StaleNote } from './freshness.tsx';
import { useMe, type Me } from './me.tsx';
import { hrefOf, place } from './place.ts';
import { ROUTES, type Route } from './routes.ts';
import { isWall as isOnWall } from './wall.ts';
import { UserMenu } from './user-menu.tsx';
import { useStaleSeconds } from './live/use-board.tsx';
import { useFrameWords, useLanguage } from './use-words.tsx';
import type { ViewProps } from './view.tsx';

const LOADED: ReadonlyMap<string, FunctionComponent<ViewProps>> = new Map(
  ROUTES.map(({ path, load }) => [path, lazy(async () => ({ default: await load() }))]),
);

function routeOf(path: string, me: Me): Route | undefined {
  const open = ROUTES.filter(({ right }) => me.may(right));
  return path === '' ? open[0] : open.find((route) => route.path === path);
}

export function Frame({ onChanged }: { readonly onChanged: () => void }): ReactElement {
  const words = useFrameWords();
  const language = useLanguage();
  const me = useMe();
  const { path, rest, query } = useValue(place);
  const route = routeOf(path, me);
  const isStale = useStaleSeconds() !== undefined;
  const isWall = isOnWall();
  useEffect(() => {
    document.title = `${route?.title[language] ?? words.title} – outdial`;
  }, [route, language, words]);
  const content = useMemo(() => {
    const View = route && LOADED.get(route.path);
    return View ? <View rest={rest} query={query} /> : <Unknown />;
  }, [route, rest, query]);
  return (
    <div className={`console${isStale ? ' is-stale' : ''}${isWall ? ' is-wall' : ''}`}>
      {!isWall && (
        <a
          className="skip"
          href="#content"
          onClick={(event) => {
            event.preventDefault();
            document.getElementById('content')?.focus();
          }}
        >
          {words.skip}
        </a>
      )}
      <header className="console-head">
        <span className="brand">outdial</span>
        {!isWall && <Navigation open={route?.path} />}
        <Freshness />
        {!isWall && <UserMenu onChanged={onChanged} />}
      </header>
      <StaleNote />
      {!isWall && <EarBar />}
      <main id="content" tabIndex={-1} className="console-content">
        <Guard key={route?.path ?? ''} broken={<Broken />}>
          <Suspense fallback={<p role="status">{words.loading}</p>}>{content}</Suspense>
        </Guard>
      </main>
    </div>
  );
}

function Navigation({ open }: { readonly open: string | undefined }): ReactElement {
  const words = useFrameWords();
  const language = useLanguage();
  const me = useMe();
  return (
    <nav aria-label={words.views} className="console-nav">
      <ul>
        {ROUTES.filter(({ right }) => me.may(right)).map(({ path, icon, title }) => (
          <li key={path}>
            <a href={hrefOf(path)} {...(path === open ? { 'aria-current': 'page' as const } : {})}>
              <Icon name={icon} />
              {title[language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Unknown(): ReactElement {
  const words = useFrameWords();
  return (
    <p>
      {words.unknownView} <a href="#/">{words.toFirst}</a>
    </p>
  );
}
