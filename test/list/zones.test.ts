import { describe, expect, test } from 'vitest';
import { isTimeZone } from '../../src/base/local-time.ts';
import { numberArea } from '../../src/list/number-areas.ts';
import { ZONE_NAMES } from '../../src/list/zone-data.ts';
import { whereabouts, zonesOf } from '../../src/list/zones.ts';

const PERSON = { zone: 'tz', country: 'country', state: 'state', zip: 'zip' };

describe('where a number may be', () => {
  test.each([
    ['+12125550111', ['America/New_York'], 'US-NY'],
    ['+13125550111', ['America/Chicago'], 'US-IL'],
    ['+18505550111', ['America/Chicago', 'America/New_York'], 'US-FL'],
    ['+14165550111', ['America/Toronto'], 'CA-ON'],
    ['+17875550111', ['America/Puerto_Rico'], 'US-PR'],
    ['+12425550111', ['America/Nassau'], 'BS-any'],
    ['+493023125111', ['Europe/Berlin'], 'DE-any'],
    ['+4915112345678', ['Europe/Berlin'], 'DE-any'],
    ['+61255501111', ['Australia/Lord_Howe', 'Australia/Sydney'], 'AU-any'],
    ['+351911234567', ['Atlantic/Azores', 'Europe/Lisbon'], 'PT-any'],
  ])('[X-03] %s: %j, %s', (number, zones, place) => {
    const area = numberArea(number);
    expect([...area.zones].sort()).toEqual(zones);
    expect(area.places.map(({ country, state }) => `${country}-${state ?? 'any'}`)[0]).toBe(place);
  });

  test('[X-03] a toll-free number may be anywhere in North America, an unknown calling code nowhere', () => {
    const area = numberArea('+18005550111');
    expect(area.zones.length).toBeGreaterThan(30);
    expect(area.places).toEqual([
      { country: 'US', state: null },
      { country: 'CA', state: null },
    ]);
    expect(numberArea('+99900112233')).toMatchObject({ zones: [], places: [] });
    for (const odd of ['', '+', '+1', 'anonymous', '+1212']) expect(() => numberArea(odd)).not.toThrow();
  });

  test('[X-03] an area code too new for the data: the zones of its state', () => {
    expect(numberArea('+13875550111')).toMatchObject({
      zones: ['America/Toronto', 'America/Winnipeg'],
      places: [{ country: 'CA', state: 'ON' }],
    });
  });

  test('[X-03] every zone of the data is one that this machine knows', () => {
    const names = ZONE_NAMES.trim().split(/\s+/);
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter((name) => !isTimeZone(name))).toEqual([]);
  });
});

describe("what the contact's own fields say", () => {
  test.each([
    ['another state: both', '+12125550111', { state: 'California' }, ['America/New_York', 'America/Los_Angeles']],
    ['its code, in any case', '+12125550111', { state: 'ca' }, ['America/New_York', 'America/Los_Angeles']],
    ['a ZIP code that narrows the number', '+18505550111', { zip: '32501' }, ['America/Chicago']],
    ['a ZIP code of a state with two zones', '+12125550111', { zip: '32399-1234' }, ['America/New_York']],
    ['ZIP before state', '+18505550111', { zip: '32501', state: 'FL' }, ['America/Chicago']],
    ['a zone is certain', '+12125550111', { tz: 'Pacific/Honolulu', state: 'CA' }, ['Pacific/Honolulu']],
    ['a zone that is none', '+12125550111', { tz: 'Somewhere/Else' }, ['America/New_York']],
    ['nothing', '+12125550111', { state: '', zip: ' ' }, ['America/New_York']],
    ['nonsense', '+12125550111', { zip: '00000', state: 'Xanadu' }, ['America/New_York']],
    ['another country', '+12125550111', { country: 'GB' }, ['America/New_York', 'Europe/London']],
  ])('[X-03] %s', (_, number, fields, zones) => {
    const own = zonesOf(number, fields, PERSON).filter((zone) => !/Guernsey|Jersey|Isle_of_Man/.test(zone));
    expect([...own].sort()).toEqual([...zones].sort());
  });

  test('[X-03] fields that the campaign does not name say nothing', () => {
    expect(zonesOf('+12125550111', { state: 'CA' })).toEqual(['America/New_York']);
  });

  test('[X-04] jurisdictions of number and contact add up; an unreadable state may be any', () => {
    const places = (number: string, fields: Record<string, unknown>): string[] =>
      whereabouts(number, fields, PERSON).places.map(({ country, state }) => `${country}-${state ?? 'any'}`);
    expect(places('+12125550111', { state: 'FL' })).toEqual(['US-NY', 'US-FL']);
    expect(places('+18005550111', { state: 'FL' })).toEqual(['US-FL']);
    expect(places('+12125550111', { state: 'Fla.' })).toEqual(['US-NY', 'US-any']);
    expect(places('+61491570156', { state: 'WA' })).toEqual(['AU-WA']);
    expect(places('+493023125111', { country: 'us', state: 'Texas' })).toEqual(['DE-any', 'US-TX']);
  });

  test('the same situation is the same object: what is worked out for it is worked out once', () => {
    const once = whereabouts('+12125550111', { state: 'CA' }, PERSON);
    expect(whereabouts('+12125550199', { state: 'CA' }, PERSON)).toBe(once);
    expect(whereabouts('+12125550111', {}, {})).toBe(whereabouts('+12125559999', {}, PERSON));
  });
});
