// The screen-pop address: what stands in it stays one value, whatever somebody typed into a list.

import { expect, test } from 'vitest';
import { screenPopOf, wrongPlace } from '../../src/campaign/agent-texts.ts';

const person = {
  number: '+12125550100',
  name: 'Ada & Co <b>',
  record: 7,
  contact: 8,
  campaign: 'renewals',
  agent: '2001',
  fields: { region: 'north/east?x=1#y', up: '..', half: '\ud800', list: ['a'], __proto__x: 1 },
};

test.each([
  ['https://crm.example/p?phone={number}', 'https://crm.example/p?phone=%2B12125550100'],
  ['https://crm.example/p/{name}/{record}', 'https://crm.example/p/Ada%20%26%20Co%20%3Cb%3E/7'],
  ['https://crm.example/{fields.region}', 'https://crm.example/north%2Feast%3Fx%3D1%23y'],
  ['https://crm.example/a/{fields.up}/b', 'https://crm.example/a//b'],
  ['https://crm.example/{fields.half}', 'https://crm.example/%EF%BF%BD'],
  ['https://crm.example/{fields.list}{fields.none}', 'https://crm.example/'],
  ['https://crm.example/{agent}?c={campaign}&k={contact}', 'https://crm.example/2001?c=renewals&k=8'],
])('[O-04] %s', (template, address) => {
  expect(screenPopOf(template, person)).toBe(address);
});

test.each([
  ['https://{fields.host}/x', '{fields.host}'],
  ['https://crm.example/{phone}', '{phone}'],
  ['https://crm.example/{fields.}', '{fields.}'],
  ['https://crm.example/{number', '{number'],
  ['https://crm.example/{number}?{fields.a b}', undefined],
])('[O-04] %s: the place that names nothing is found, also in the host', (template, wrong) => {
  expect(wrongPlace(template)).toBe(wrong);
});
