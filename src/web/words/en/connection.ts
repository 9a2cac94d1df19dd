// Words of signing in and of the connection to the server, in English.

import type { Link } from '../../live/live.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const connectionWords = {
  signIn: {
    title: 'Sign in to your workspace',
    user: 'User name',
    password: 'Password',
    submit: 'Sign in',
    busy: 'Signing in …',
    noAnswer: 'The server does not answer. Is the network there? Try again in a moment.',
    noAgent: (who: string) => `${who} is signed in, but is no agent. An administrator can change that.`,
    ended: 'You are no longer signed in. Your call goes on meanwhile: sign in and you are back in it.',
    out: 'Sign out',
    withAnother: 'Sign in as someone else',
  },

  link: {
    opening: 'Opening your workspace …',
    open: '',
    lost: 'No connection to the server',
    elsewhere: 'Your workspace is open in another window',
    'signed-out': 'Signed out',
    'no-agent': 'No agent',
  } satisfies Record<Link, string>,
  stale: (seconds: number) =>
    `No word from the server for ${plural(seconds, 'second', 'seconds')}: what is shown may be old.`,
  stopping: {
    title: 'outdial is about to stop.',
    text: 'No new calls come. Finish the one in hand as usual. When outdial runs again, you are back in your session.',
    gone: 'outdial has stopped for now.',
    goneText:
      'A call that is under way goes on. What you type is kept, and when outdial runs again you are back in it.',
  },
  staleCalm: 'Your call goes on. What you type is kept and saved as soon as the connection is back.',
  backAgain: 'The connection is back.',
  elsewhere: {
    title: 'Your workspace is open in another window',
    text: 'Only one window shows it at a time, so that nothing is typed twice. Nothing happens to your call.',
    take: 'Work here instead',
  },
  broken: {
    title: 'This page has a fault of its own.',
    text: 'Your call goes on, and what you typed is kept. Load the page again, and you are back in it.',
    again: 'Load again',
  },
  unanswered: 'The server did not answer, so nothing was done. Try again.',
};

export type ConnectionWords = typeof connectionWords;
