// Campaigns on their way to a store's thread: whatever is asked in whatever order, the thread has what was given, and
// each definition travels once.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DefinitionReceiver, DefinitionSender } from '../../src/store/definitions.ts';
import { aCampaign } from '../records/builders.ts';

test('any requests with any campaigns, some changed: the other side has them as they were given', () => {
  const request = fc.record({ name: fc.constantFrom('a', 'b'), version: fc.nat(2), bare: fc.boolean() });
  fc.assert(
    fc.property(fc.array(request, { maxLength: 20 }), (requests) => {
      const [sender, receiver] = [new DefinitionSender(), new DefinitionReceiver()];
      const versions = [0, 1, 2].map((version) =>
        ['a', 'b'].map((name) => aCampaign({ name, description: `${version}` })),
      );
      for (const { name, version, bare } of requests) {
        const campaign = versions[version]?.[name === 'a' ? 0 : 1];
        const args = bare ? [campaign, 5] : [{ campaign, now: 5 }, 'x'];
        expect(receiver.unpack(structuredClone(sender.pack(args)))).toEqual(args);
      }
    }),
  );
});

test('the same campaign is asked for again: its definition does not travel again, and the other side has one object', () => {
  const [sender, receiver] = [new DefinitionSender(), new DefinitionReceiver()];
  const campaign = aCampaign();
  const [first] = receiver.unpack(structuredClone(sender.pack([campaign])));
  const packed = sender.pack([{ campaign }]);
  expect(JSON.stringify(packed).length).toBeLessThan(60);
  expect((receiver.unpack(structuredClone(packed)) as [{ campaign: unknown }])[0].campaign).toBe(first);
});
