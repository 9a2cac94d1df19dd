// How views read the desk and the clock.

import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Draft } from '../live/draft.ts';
import { inputsOf, textOfInputs, type Inputs } from '../live/form-text.ts';
import { staleMs, type Live } from '../live/live.ts';
import type { Value } from '../live/value.ts';
import type { Desk } from './desk.ts';

const Current = createContext<Desk | null>(null);
export const DeskProvider = Current.Provider;

export function useDesk(): Desk {
  const desk = useContext(Current);
  if (desk === null) throw new Error('There is no desk around this view.');
  return desk;
}

export function useValue<T>(value: Value<T>): T {
  return useSyncExternalStore(value.subscribe, value.get);
}

/** A part of what is live, as it is there: a view of it is drawn again when that part is another, not with every beat. */
export function useLive<T>(part: (live: Live) => T): T {
  const { live } = useDesk();
  return useSyncExternalStore(live.subscribe, () => part(live.get()));
}

/** The server's clock, looked at so often. */
export function useServerNow(everyMs = 500): number {
  const desk = useDesk();
  const [now, setNow] = useState(desk.serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(desk.serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [desk, everyMs]);
  return now;
}

/** For how many seconds nothing was heard; undefined: what is shown is fresh. */
export function useStaleSeconds(): number | undefined {
  const desk = useDesk();
  const subscribe = useCallback(
    (look: () => void): (() => void) => {
      const timer = setInterval(look, 1_000);
      const stop = desk.live.subscribe(look);
      return () => {
        clearInterval(timer);
        stop();
      };
    },
    [desk],
  );
  return useSyncExternalStore(subscribe, () => {
    const ms = staleMs(desk.live.get(), desk.now());
    return ms === undefined ? undefined : Math.floor(ms / 1000);
  });
}

export function useDraft(interaction: string): Draft | undefined {
  const { drafts } = useDesk();
  return useSyncExternalStore(drafts.subscribe, () => drafts.get(interaction));
}

export interface HalfTypedForm {
  readonly draft: Draft | undefined;
  /** Undefined: nothing is half typed. */
  readonly inputs: Inputs | undefined;
  /** The same at this moment, whatever is drawn. */
  readonly now: () => Inputs | undefined;
  readonly type: (inputs: Inputs) => void;
  /** Saved, or given up. */
  readonly drop: () => void;
}

/** A form of an interaction: what is typed into it is there again after whatever has died. */
export function useForm(interaction: string, form: string): HalfTypedForm {
  const { drafts } = useDesk();
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.get(interaction, form));
  const text = draft?.text ?? '';
  const inputs = useMemo(() => inputsOf(text), [text]);
  return {
    draft,
    inputs,
    now: () => drafts.inputs(interaction, form),
    type: (next) => drafts.type(interaction, textOfInputs(next), form),
    drop: () => drafts.drop(interaction, form),
  };
}

/** What is shown may be old: nothing was heard for a while, or the link is lost. */
export function useIsOld(): boolean {
  const stale = useStaleSeconds();
  return useLive((live) => live.link) === 'lost' || stale !== undefined;
}

/** The value of the render before; undefined at the first. */
export function useBefore<T>(value: T): T | undefined {
  const ref = useRef<T>(undefined);
  useEffect(() => {
    ref.current = value;
  });
  return ref.current;
}
