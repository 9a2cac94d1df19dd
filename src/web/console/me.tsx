// Who looks at the console, and what they may.

import { createContext, useContext } from 'react';
import type { Right, Session } from '../live/session.ts';

export interface Me {
  readonly name: string;
  /** The agent that the user is, where they are one. */
  readonly agent: string | undefined;
  readonly may: (right: Right) => boolean;
}

export function meOf({ name, who, fullName, agent, rights }: Session): Me {
  const called = fullName === undefined || fullName === '' ? (name ?? who) : fullName;
  return { name: called, agent, may: (right) => rights.includes(right) };
}

const Current = createContext<Me | null>(null);
export const MeProvider = Current.Provider;

export function useMe(): Me {
  const me = useContext(Current);
  if (me === null) throw new Error('No one is signed in around this view.');
  return me;
}
