import { describe, expect, test } from 'vitest';
import { isTimeZone } from '../../src/base/local-time.ts';
import { numberArea } from '../../src/places/number-areas.ts';
import { ZONE_NAMES } from '../../src/places/zone-data.ts';
import { STATES } from '../../src/places/us-state-data.ts';
import { stateCode } from '../../src/places/us-states.ts';
import { placeNotes, whereabouts, zonesOf } from '../../src/places/zones.ts';

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
    ['a zone is no proof', '+12125550111', { tz: 'Pacific/Honolulu' }, ['America/New_York', 'Pacific/Honolulu']],
    ['EST is no proof', '+13125550111', { tz: 'EST' }, ['America/Chicago', 'America/New_York', 'EST']],
    ['UTC is no proof', '+12125550111', { tz: 'UTC' }, ['America/New_York', 'UTC']],
    ['nothing', '+12125550111', { state: '', zip: ' ' }, ['America/New_York']],
    ['what people write for nothing', '+12125550111', { state: 'N/A', zip: '-', country: '?' }, ['America/New_York']],
    ['the country of the number', '+12125550111', { country: 'USA' }, ['America/New_York']],
    ['ZIP codes that span zones', '+15025550111', { zip: '40143' }, ['America/Chicago', 'America/New_York']],
    ['in Tennessee as well', '+18655550111', { zip: '37723' }, ['America/Chicago', 'America/New_York']],
    [
      'a ZIP code and another state',
      '+12125550111',
      { zip: '60601', state: 'CA' },
      ['America/Chicago', 'America/Los_Angeles', 'America/New_York'],
    ],
    [
      'a Canadian with a number of New York',
      '+12125550111',
      { zip: 'B3H 1A1' },
      ['America/Halifax', 'America/New_York'],
    ],
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
    expect(places('+12125550111', { state: 'Fla.' })).toEqual(['US-NY', 'US-FL']);
    expect(places('+12125550111', { state: 'Xanadu' })).toEqual(['US-NY', 'US-any']);
    expect(places('+12125550111', { zip: '00000' })).toEqual(['US-NY', 'US-any']);
    expect(places('+12125550111', { country: 'Xanadu' })).toEqual(['US-NY', 'US-any']);
    expect(places('+12125550111', { country: 'Germany' })).toEqual(['US-NY', 'DE-any']);
    expect(places('+18005550111', { country: 'USA' })).toEqual(['US-any']);
    expect(places('+493023125111', { country: 'Puerto Rico' })).toEqual(['DE-any', 'US-PR']);
    expect(places('+61491570156', { state: 'WA' })).toEqual(['AU-WA']);
    expect(places('+493023125111', { country: 'us', state: 'Texas' })).toEqual(['DE-any', 'US-TX']);
  });

  test('[X-03] what cannot be read may be anywhere: every zone of the country, from Puerto Rico to Guam', () => {
    for (const fields of [
      { state: 'Xanadu' },
      { zip: '00000' },
      { zip: '99' },
      { country: 'Xanadu' },
      { tz: 'nowhere' },
    ]) {
      const zones = zonesOf('+12125550111', fields, PERSON);
      expect(zones).toEqual(expect.arrayContaining(['America/Puerto_Rico', 'Pacific/Guam', 'Pacific/Pago_Pago']));
    }
    expect(zonesOf('+14165550111', { state: 'Xanadu' }, PERSON)).toContain('America/St_Johns');
    // What is read beside it says where: a state without its ZIP code, a ZIP code without its state.
    expect(zonesOf('+13125550111', { state: 'IL', zip: '00000' }, PERSON)).toEqual(['America/Chicago']);
    expect(zonesOf('+13125550111', { state: 'Xanadu', zip: '60601' }, PERSON)).toEqual(['America/Chicago']);
  });

  test('[X-03] a zone is certain in a column that is trusted', () => {
    const trusted = { ...PERSON, zoneTrusted: true as const };
    expect(zonesOf('+12125550111', { tz: 'Pacific/Honolulu', state: 'CA' }, trusted)).toEqual(['Pacific/Honolulu']);
    expect(zonesOf('+12125550111', { tz: 'PDT' }, trusted)).toEqual(['America/Los_Angeles']);
    expect(zonesOf('+12125550111', { tz: 'nowhere' }, trusted)).toContain('Pacific/Guam');
  });

  test.each([
    ['state', 'Calif.', 'US-CA'],
    ['state', 'Fla.', 'US-FL'],
    ['state', 'N.C.', 'US-NC'],
    ['state', 'D.C.', 'US-DC'],
    ['state', 'Washington DC', 'US-DC'],
    ['state', 'Washington, D.C.', 'US-DC'],
    ['state', 'Washington', 'US-WA'],
    ['state', 'Hawaiʻi', 'US-HI'],
    ['state', 'Québec', 'CA-QC'],
    ['state', 'PEI', 'CA-PE'],
    ['state', 'Mass.', 'US-MA'],
    ['state', 'FL 33101', 'US-FL'],
    ['state', 'US-FL', 'US-FL'],
    ['state', 'State of Texas', 'US-TX'],
    ['state', 'W. Va.', 'US-WV'],
    ['state', 'S. Dak.', 'US-SD'],
    ['state', 'Okla', 'US-OK'],
    ['state', 'Penna.', 'US-PA'],
    ['state', 'Florida, USA', 'US-FL'],
    ['state', 'Miami, FL', 'US-FL'],
    ['state', 'Colombie-Britannique', 'CA-BC'],
    ['state', 'Terre-Neuve-et-Labrador', 'CA-NL'],
    ['state', 'Nouvelle-Écosse', 'CA-NS'],
    ['state', 'Ont.', 'CA-ON'],
    ['zip', '2134', 'US-MA'],
    ['zip', 2134, 'US-MA'],
    ['zip', '02134-', 'US-MA'],
    ['zip', '02134-1234', 'US-MA'],
    ['zip', '021341234', 'US-MA'],
    ['zip', '21341234', 'US-MA'],
    ['zip', '2134-1234', 'US-MA'],
    ['zip', 'FL 33101', 'US-FL'],
    ['zip', '33101.0', 'US-FL'],
    ['zip', '601', 'US-PR'],
    ['zip', 'M5V 2T6', 'CA-ON'],
    ['zip', 'h2y1c6', 'CA-QC'],
    ['country', 'Germany', 'DE-any'],
    ['country', 'Deutschland', 'DE-any'],
    ['country', 'DEU', 'DE-any'],
    ['country', 'UK', 'GB-any'],
    ['country', 'U.K.', 'GB-any'],
    ['country', 'England', 'GB-any'],
    ['country', 'GBR', 'GB-any'],
    ['country', 'Österreich', 'AT-any'],
    ['country', 'España', 'ES-any'],
    ['country', 'Frankreich', 'FR-any'],
    ['country', 'The Netherlands', 'NL-any'],
    ['country', 'de - Germany', 'DE-any'],
    ['country', 'Brasil', 'BR-any'],
  ])('[X-03] [X-04] the %s %j is read', (field, written, place) => {
    const { places } = whereabouts('+12065550111', { [field]: written }, PERSON);
    const all = places.map(({ country, state }) => `${country}-${state ?? 'any'}`);
    expect([...new Set(['US-WA', ...all])]).toEqual(place === 'US-WA' ? ['US-WA'] : ['US-WA', place]);
  });

  test('[X-03] every state is read by its code, its name and its other spellings, wherever the number is', () => {
    for (const line of STATES.trim().split('\n')) {
      const [code = '', name = '', zones = '', others = ''] = line.split('|');
      const [country = '', own = ''] = code.split('-');
      for (const written of [own, code, name, name.toUpperCase(), ...others.split('/').filter(Boolean)]) {
        expect([written, stateCode(country, written)]).toEqual([written, code]);
      }
      expect(zones.split(' ').filter((zone) => !isTimeZone(zone))).toEqual([]);
    }
  });

  test('[C-10] what was understood, and what was not, is said', () => {
    const said = (fields: Record<string, unknown>): readonly string[] => placeNotes('+12125550111', fields, PERSON);
    expect(said({ state: 'Calif' })).toEqual(['The state `Calif` was read as California.']);
    expect(said({ zip: 'abc' })).toEqual(['The ZIP `abc` could not be read: any zone and state of United States.']);
    expect(said({ country: 'UK', tz: 'EST' })).toEqual([
      'The country `UK` was read as United Kingdom.',
      'The time zone `EST` is no proof: it counts beside those of the number (person.zone_trusted is not set).',
    ]);
    expect(said({ state: 'n/a' })).toEqual([]);
  });

  test('the same situation is the same object: what is worked out for it is worked out once', () => {
    const once = whereabouts('+12125550111', { state: 'CA' }, PERSON);
    expect(whereabouts('+12125550199', { state: 'CA' }, PERSON)).toBe(once);
    expect(whereabouts('+12125550111', {}, {})).toBe(whereabouts('+12125559999', {}, PERSON));
  });
});
