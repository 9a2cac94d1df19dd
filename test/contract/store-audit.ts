// The audit log of a store: entries follow each other without a gap, are found again, and the chain is whole.

import { expect, test } from 'vitest';
import type { NewAuditEntry } from '../../src/engine/store/audit.ts';
import { NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeAudit(desk: () => Desk): void {
  const entry = (parts: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
    at: NOON,
    who: 'cli.ann',
    what: 'campaign.start',
    subject: desk().unique('campaign'),
    from: 'approved',
    to: 'running',
    ...parts,
  });

  test('[X-11] who did what to what, from which value to which: found by each of them, newest first', async () => {
    const { audit } = desk().store;
    const first = entry();
    const number = await audit.append(first);
    const second = entry({
      subject: first.subject,
      what: 'campaign.pause',
      who: 'cli.ben',
      from: null,
      to: { a: [1] },
    });
    expect(await audit.append(second)).toBe(number + 1);
    expect(await audit.list({ subject: first.subject, limit: 10 })).toMatchObject([
      { entry: number + 1, ...second },
      { entry: number, ...first },
    ]);
    const entriesOf = async (query: object): Promise<unknown> =>
      (await audit.list({ subject: first.subject, limit: 10, ...query })).map((one) => one.entry - number);
    expect(await entriesOf({ what: 'campaign' })).toEqual([1, 0]);
    expect(await entriesOf({ what: 'campaign.start' })).toEqual([0]);
    expect(await entriesOf({ what: 'camp' })).toEqual([]);
    expect(await entriesOf({ who: 'cli.ben' })).toEqual([1]);
    expect(await entriesOf({ before: number + 1 })).toEqual([0]);
    expect(await entriesOf({ limit: 1 })).toEqual([1]);
    expect(await entriesOf({ fromAt: NOON + 1 })).toEqual([]);
    expect(await entriesOf({ toAt: NOON })).toEqual([]);
  });

  test('[X-11] entries that arrive together: each has its place, the chain is whole', async () => {
    const { audit } = desk().store;
    const numbers = await Promise.all(Array.from({ length: 50 }, () => audit.append(entry())));
    expect(numbers.map((number) => number - (numbers[0] ?? 0))).toEqual(numbers.map((_, index) => index));
    const check = await audit.check();
    expect(check).toMatchObject({ erased: 0, head: { entry: numbers.at(-1) } });
    expect(check.broken).toBeUndefined();
    expect(check.entries).toBe(check.head?.entry);
  });

  test('[X-11] [O-10] words with characters that no database keeps, as an address may hold them: the chain stays whole', async () => {
    const { audit } = desk().store;
    for (const odd of ['\0', '\ud800', '\u0085', 'a\nb']) {
      await audit.append(
        entry({ what: `campaign.${odd}`, subject: odd, who: `token:${odd}`, from: odd, to: { [odd]: odd } }),
      );
    }
    expect((await audit.check()).broken).toBeUndefined();
    expect(await audit.list({ who: 'token:a\ufffdb', limit: 1 })).toMatchObject([{ subject: 'a\ufffdb' }]);
  });

  test('[X-11] a head that was written down: it is still there, or the log was cut off or made again', async () => {
    const { audit } = desk().store;
    const head = { entry: await audit.append(entry()), hash: (await audit.check()).head?.hash ?? '' };
    await audit.append(entry());
    expect((await audit.check(head)).broken).toBeUndefined();
    expect((await audit.check({ ...head, hash: '0'.repeat(64) })).broken).toMatchObject({ entry: head.entry });
    const beyond = { ...head, entry: head.entry + 1_000_000 };
    expect((await audit.check(beyond)).broken?.why).toContain('cut off');
  });
}
