// The live board: how the whole centre stands, on one screen.

import type { ReactElement } from 'react';
import type { BoardHistory } from '../live/board.ts';
import { useGet } from '../data.tsx';
import { useBoardView } from '../live/use-board.tsx';
import { Plot } from '../shared/plot.tsx';
import { isWall } from '../wall.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { Attention } from './attention.tsx';
import './board.css';
import { BoardCampaigns } from './board-campaigns.tsx';
import { OutboundSwitch } from './outbound.tsx';
import { Tiles } from './tiles.tsx';
import { Limits, Trunks } from './trunks.tsx';
import { boardWords } from './words.ts';

const HISTORY_EVERY_MS = 60_000;

export function Board(): ReactElement {
  const words = useSayings(boardWords);
  const { loading } = useFrameWords();
  const view = useBoardView();
  const { body: past } = useGet<BoardHistory>('/api/board/history?hours=4', HISTORY_EVERY_MS);
  if (view === null) return <p role="status">{loading}</p>;
  return (
    <div className="board live">
      <div className="page-bar">
        <h1>{words.title}</h1>
        <OutboundSwitch view={view} />
      </div>
      <Tiles view={view} />
      <div className="board-columns">
        <div className="board-main">
          <Plots past={past} />
          <BoardCampaigns view={view} past={past} />
        </div>
        <div className="board-side">
          <Attention view={view} />
          <Trunks view={view} />
          {!isWall() && <Limits view={view} />}
        </div>
      </div>
    </div>
  );
}

function Plots({ past }: { readonly past: BoardHistory | undefined }): ReactElement {
  const words = useSayings(boardWords);
  const { fromAt = 0, stepMs = 60_000, all } = past ?? {};
  const of = (values: readonly number[] | undefined): readonly number[] => values ?? [];
  return (
    <div className="plots card">
      <Plot
        title={words.plotAgents}
        fromAt={fromAt}
        stepMs={stepMs}
        isStacked
        empty={words.plotEmpty}
        rows={[
          { label: words.talking, colour: 'busy', values: of(all?.talking) },
          { label: words.wrapUp, colour: 'accent', values: of(all?.wrapUp) },
          { label: words.ready, colour: 'good', values: of(all?.ready) },
          { label: words.paused, colour: 'warn', values: of(all?.paused) },
        ]}
      />
      <Plot
        title={words.plotCalls}
        fromAt={fromAt}
        stepMs={stepMs}
        empty={words.plotEmpty}
        rows={[
          { label: words.linesNow, colour: 'accent', values: of(all?.lines) },
          { label: words.answersMinute, colour: 'good', values: of(all?.liveAnswers) },
          { label: words.abandonedMinute, colour: 'bad', values: of(all?.abandoned) },
        ]}
      />
    </div>
  );
}
