// The one stream of the console, and what came of it.

import { ask } from '../../live/ask.ts';
import { Stream } from '../../live/stream.ts';
import { Value } from '../../live/value.ts';
import { NO_BOARD, reduceBoard, type BoardChange, type BoardEvent, type BoardView } from './board.ts';

/** The page's own clock: it only runs forward, whatever the machine's is set to. */
export const pageNow = (): number => performance.now();

export class BoardLink {
  readonly board = new Value(NO_BOARD);
  readonly #stream: Stream<BoardView, BoardChange>;

  constructor() {
    const take = (event: BoardEvent): void => this.board.set(reduceBoard(this.board.get(), event));
    this.#stream = new Stream<BoardView, BoardChange>({ ask, now: pageNow, at: '/api/board', take });
  }

  readonly serverNow = (): number => pageNow() + this.board.get().aheadMs;

  start(): () => void {
    this.#stream.start();
    const look = (): void => this.#stream.look();
    document.addEventListener('visibilitychange', look);
    globalThis.addEventListener('online', look);
    return () => {
      this.#stream.stop();
      document.removeEventListener('visibilitychange', look);
      globalThis.removeEventListener('online', look);
    };
  }
}
