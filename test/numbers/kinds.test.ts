import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import tables from 'libphonenumber-js/max/metadata';
import { seededRandom } from '../../src/base/random.ts';
import { kindOf } from '../../src/numbers/kinds.ts';

/** Country, class, and a number of it. */
const VECTORS = `
US fixed-or-mobile +12125550100
US toll-free +18005551234
US premium +19005551234
US personal +15005551234
CA fixed-or-mobile +14165550123
JM fixed-or-mobile +18765230123
DO fixed-or-mobile +18092345678
BS fixed +12423456789
PR fixed-or-mobile +17872345678
GB fixed +442079460958
GG mobile +447911123456
GB toll-free +448001111111
GB premium +448712345678
GB premium +449061234567
GB personal +447012345678
GB pager +447640123456
GB uan +443001234567
GB voip +445612345678
DE fixed +493012345678
DE mobile +4915123456789
DE toll-free +498001234567
DE premium +499001234567
DE shared-cost +491801234567
DE pager +4916412345678
DE personal +4970012345678
DE uan +4918500123
FR fixed +33123456789
FR mobile +33612345678
FR premium +33891123456
FR shared-cost +33884012345
FR voip +33912345678
IT fixed +390612345678
IT mobile +393123456789
IT premium +39899123456
IT shared-cost +39848123456
IT personal +391781234567
ES mobile +34612345678
ES premium +34803123456
ES shared-cost +34901123456
ES personal +34701234567
NL premium +319061234567
NL voip +31851234567
AT mobile +43664123456
AT premium +43900123456
AT shared-cost +43810123456
CH mobile +41781234567
CH premium +41900123456
CH shared-cost +41840123456
CH personal +41878123456
CH pager +41740123456
CH uan +41581234567
BE premium +3290012345
PL premium +48701234567
PL shared-cost +48801234567
SE premium +46900123456
SE pager +46740123456
NO premium +4782012345
NO personal +4788012345
DK premium +4590123456
FI premium +358600123456
IE premium +3531520123456
IE shared-cost +3531850123456
IE personal +353700123456
AU premium +611900123456
AU shared-cost +611300123456
NZ premium +64900123456
JP premium +81990123456
JP personal +81601234567
IN shared-cost +911860123456
BR shared-cost +55300123456
MX premium +529001234567
ZA premium +27862345678
RU premium +78091234567
CN premium +8616812345
IL premium +9721919123456
001 satellite +870773111632
001 satellite +881612345678
001 satellite +88213123456
001 satellite +883510012345
001 toll-free +80012345678
001 shared-cost +80812345678
001 premium +979123456789
001 personal +87810123456789`;

describe('what a number is', () => {
  const vectors = VECTORS.trim()
    .split('\n')
    .map((line) => line.split(' '));
  test.each(vectors)('[X-09] %s: %s: %s', (country, kind, number = '') => {
    expect(kindOf(number)).toEqual({ country, class: kind });
  });

  test.each([
    ['911 as a carrier writes a forged caller ID', '+911'],
    ['112', '+112'],
    ['999', '+999'],
    ['911 behind the country code', '+1911'],
    ['112 behind the country code', '+49112'],
    ['999 in a country of three digits', '+353999'],
  ])('[X-09] %s: an emergency number', (_, number) => {
    expect(kindOf(number).class).toBe('emergency');
  });

  test.each([
    ['four digits', '+4567'],
    ['five digits, a satellite network cut off', '+88164'],
    ['directory enquiries', '+4911833'],
    ['a short code behind the country code', '+122456'],
  ])('[X-09] %s: a short code', (_, number) => {
    expect(kindOf(number).class).toBe('short');
  });

  test.each([
    ['nothing', ''],
    ['a plus alone', '+'],
    ['digits without a plus', '12125550100'],
    ['letters', '+1212555CALL'],
    ['a country code that no country has', '+9991234567'],
    ['a digit too many', '+121255501000'],
    ['a nought behind the country code', '+4407911123456'],
    ['sixteen digits', '+4930123456789012'],
    ['what would be sent on to elsewhere', '+12125550100@evil'],
  ])('[X-09] %s: no telephone number', (_, number) => {
    expect(kindOf(number).class).toBe('unreadable');
  });
});

describe('numbers that the tables do not have', () => {
  test.each([
    ['an area code given out after the tables were made', '+15555550123', 'US'],
    ['an exchange that begins with 1', '+12121550123', 'US'],
    ['an exchange of Jamaica that is not there yet', '+18760234567', 'JM'],
    ['a mobile of a new series', '+4917012345678901'.slice(0, 13), 'DE'],
  ])('[X-09] %s: of a kind that is not known', (_, number, country) => {
    expect(['unknown', 'mobile']).toContain(kindOf(number).class);
    expect(kindOf(number).country).toBe(country);
  });

  test.each([
    ['900 and an exchange that begins with 0', '+19000234567', 'premium'],
    ['900 and an exchange that begins with 1', '+19001234567', 'premium'],
    ['500 and an exchange that begins with 1', '+15001234567', 'personal'],
    ['a UK personal number with digits of no owner', '+447099999999', 'personal'],
  ])('[X-09] %s: what its neighbours are', (_, number, kind) => {
    expect(kindOf(number).class).toBe(kind);
  });

  test.each([
    ['an area code that ends the plan of North America', '+19995551234'],
    ['what follows 112 in Germany', '+4911200000'],
    ['directory enquiries with more digits', '+491183312'],
  ])('[X-09] %s: of no range that was given out', (_, number) => {
    expect(kindOf(number).class).toBe('unassigned');
  });
});

const CLASSES: Readonly<Record<string, string>> = {
  FIXED_LINE: 'fixed',
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'fixed-or-mobile',
  TOLL_FREE: 'toll-free',
  PREMIUM_RATE: 'premium',
  SHARED_COST: 'shared-cost',
  VOIP: 'voip',
  PERSONAL_NUMBER: 'personal',
  PAGER: 'pager',
  UAN: 'uan',
  VOICEMAIL: 'voicemail',
};
const WORLDWIDE = /^\+(800|808|870|878|88[1238]|979)/;
const ORDINARY = ['fixed', 'mobile', 'fixed-or-mobile', 'toll-free', 'voip'];

test('[X-09] 60,000 numbers drawn from all countries: the library says the same of those that it knows, and only of those', () => {
  const random = seededRandom(17);
  const codes = Object.keys(tables.country_calling_codes);
  let known = 0;
  for (let drawn = 0; drawn < 60_000; drawn += 1) {
    const digits = Array.from({ length: 7 + random.integer(5) }, () => random.integer(10)).join('');
    const number = `+${codes[random.integer(codes.length)] ?? ''}${digits}`;
    const parsed = parsePhoneNumberFromString(number);
    const kind = kindOf(number);
    if (parsed?.isValid() && parsed.number === number && !WORLDWIDE.test(number)) {
      known += 1;
      expect([number, kind]).toEqual([number, { country: parsed.country, class: CLASSES[parsed.getType() ?? ''] }]);
    } else if (ORDINARY.includes(kind.class)) {
      expect(number).toMatch(WORLDWIDE);
    }
  }
  expect(known).toBeGreaterThan(1000);
});

test('[X-09] whatever text comes: an answer, and soon', () => {
  const random = seededRandom(3);
  const signs = '+0123456789*#;@ ~\u0000é';
  for (let drawn = 0; drawn < 20_000; drawn += 1) {
    const text = Array.from({ length: random.integer(24) }, () => signs[random.integer(signs.length)] ?? '').join('');
    expect(() => kindOf(text)).not.toThrow();
    if (!/^\+\d{7,15}$/.test(text)) expect(['unreadable', 'short', 'emergency']).toContain(kindOf(text).class);
  }
});
