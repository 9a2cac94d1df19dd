// A script in the editor: its text, what is wrong in it, whether the file has been changed by somebody else meanwhile.

import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { scriptCheck, scriptFileShown } from '../../../http/wire/script-files.ts';
import { send, type Refusal } from '../data.tsx';
import { firstText, type Fault } from './text.ts';

type Shown = z.output<typeof scriptFileShown>;

const REST_MS = 400;
const LOOK_EVERY_MS = 5_000;

export interface Script {
  /** Undefined: on its way. */
  readonly text: string | undefined;
  readonly faults: readonly Fault[];
  readonly isChecking: boolean;
  readonly isSaved: boolean;
  /** It was saved just now. */
  readonly isJustSaved: boolean;
  /** What the file says, when that is not what was opened. */
  readonly theirs: Shown | undefined;
  readonly refusal: Refusal | undefined;
  readonly write: (text: string) => void;
  readonly save: () => Promise<void>;
  /** Goes on with what the file says. */
  readonly take: () => void;
  /** Saves over what the file says now. */
  readonly insist: () => Promise<void>;
}

export function useScript(name: string, isNew: boolean): Script {
  const path = `/api/scripts/${encodeURIComponent(name)}`;
  const [text, setText] = useState<string | undefined>(isNew ? firstText(name) : undefined);
  /** As it was opened or saved last; null: there is no file. */
  const [base, setBase] = useState<Shown | null>(null);
  const [theirs, setTheirs] = useState<Shown>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isJustSaved, setJustSaved] = useState(false);
  const { faults, isChecking } = useCheck(name, text);

  const open = useCallback((shown: Shown): void => {
    setBase(shown);
    setText(shown.yaml);
    setTheirs(undefined);
    setRefusal(undefined);
  }, []);
  useEffect(() => {
    if (isNew) return;
    void send<Shown>('GET', path).then((answer) => ('body' in answer ? open(answer.body) : setRefusal(answer.refusal)));
  }, [path, isNew, open]);
  useFileWatch(path, base, setTheirs);

  const saveOver = async (seen: string | null): Promise<void> => {
    setRefusal(undefined);
    setJustSaved(false);
    const answer = await send<Shown>('PUT', path, { yaml: text ?? '', seen });
    if ('body' in answer) {
      open(answer.body);
      setJustSaved(true);
      return;
    }
    setRefusal(answer.refusal);
    if (answer.refusal.code !== 'script-file-changed') return;
    const now = await send<Shown>('GET', path);
    if ('body' in now) setTheirs(now.body);
    else if (now.refusal.code === 'script-file-unknown') setBase(null);
  };
  return {
    text,
    faults,
    isChecking,
    theirs,
    refusal,
    isJustSaved,
    isSaved: base !== null && base.yaml === text,
    write: (to) => {
      setJustSaved(false);
      setText(to);
    },
    save: () => saveOver(base?.sum ?? null),
    take: () => theirs && open(theirs),
    insist: () => saveOver(theirs?.sum ?? null),
  };
}

/** What is wrong in the text, asked when it has rested. */
function useCheck(name: string, text: string | undefined): Pick<Script, 'faults' | 'isChecking'> {
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [isChecking, setChecking] = useState(false);
  useEffect(() => {
    if (text === undefined) return;
    let isGone = false;
    setChecking(true);
    const timer = setTimeout(() => {
      void send<z.output<typeof scriptCheck>>('POST', '/api/scripts/check', { name, yaml: text }).then((answer) => {
        if (isGone) return;
        setChecking(false);
        if ('body' in answer) setFaults(answer.body.faults);
      });
    }, REST_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [name, text]);
  return { faults, isChecking };
}

/** Looks whether the file is still the one that was opened. */
function useFileWatch(path: string, base: Shown | null, onChanged: (theirs: Shown | undefined) => void): void {
  const known = useRef(base);
  known.current = base;
  useEffect(() => {
    const look = async (): Promise<void> => {
      if (known.current === null) return;
      const answer = await send<Shown>('GET', path);
      // It may have been closed meanwhile.
      const opened = known.current as Shown | null;
      if ('body' in answer && opened !== null) onChanged(answer.body.sum === opened.sum ? undefined : answer.body);
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [path, onChanged]);
}
