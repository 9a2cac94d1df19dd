// What has changed of a call between two looks, in words to be spoken: what was done, never what was asked for. Pure.

import type { CallStanding } from '../../live/call.ts';
import type { Words } from '../../words/en.ts';
import { thirdName, thirdStanding } from './switches.ts';

export function callNews(before: CallStanding | null, now: CallStanding | null, words: Words): readonly string[] {
  if (before === null || now?.attempt !== before.attempt) return [];
  const { said } = words.call;
  const news: string[] = [];
  if (before.muted !== now.muted) news.push(now.muted ? said.muted : said.unmuted);
  if (before.recording !== now.recording) news.push(said.recording[now.recording]);
  const [was, is] = [thirdStanding(before), thirdStanding(now)];
  if (was !== is) news.push(is === null ? said.thirdGone(thirdName(before, words)) : said[is](thirdName(now, words)));
  const isHeld = now.heldSince !== undefined;
  if ((before.heldSince !== undefined) !== isHeld && is === null) news.push(isHeld ? said.held : said.resumed);
  return news;
}
