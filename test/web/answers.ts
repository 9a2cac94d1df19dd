// What the server answers beside the view, the same in every state: the campaign's page, colleagues, the timeline.

export const PAGE = {
  name: 'spring-renewals',
  description: 'Members whose policy ends in spring.',
  instructions:
    'Say your full name and ours.\nNever ask for card numbers: the payment link is sent by e-mail.\nWhoever moved gets the form for a new address.',
  companyPage:
    'Northwind Mutual insures 400,000 households since 1931. Renewals keep their number, their bonus and their start date. Questions about claims go to 0800 555 010.',
  script: {
    name: 'renewals',
    exits: [{ exit: 'not-interested', label: 'Not interested' }],
    sections: [
      { section: 'greeting', title: 'Greeting', parts: [{ say: 'Good morning, is this {name}?' }] },
      {
        section: 'offer',
        title: 'Offer',
        parts: [
          {
            ask: 'renew',
            text: 'May I renew it for you?',
            type: 'choice',
            required: true,
            choices: [
              { code: 'yes', label: 'Yes' },
              { code: 'later', label: 'Later' },
            ],
          },
        ],
      },
    ],
  },
};

export const COLLEAGUES = [
  { number: '103', name: 'Ben Ash', state: 'ready', isReady: true },
  { number: '107', name: 'Cara Lind', state: 'ready', isReady: true },
  { number: '104', name: 'Dan Roe', state: 'talking', isReady: false },
];

const DAY = 86_400_000;
export const TIMELINE = [
  {
    at: Date.now() - 3 * DAY,
    what: 'note',
    by: '104',
    campaign: 'spring-renewals',
    detail: { text: 'Her husband answered: try after five.' },
  },
  {
    at: Date.now() - 3 * DAY,
    what: 'attempt',
    by: '104',
    campaign: 'spring-renewals',
    detail: { number: '+12125550177', result: 'connected', disposition: 'Call later' },
  },
  {
    at: Date.now() - 9 * DAY,
    what: 'attempt',
    by: null,
    campaign: 'win-back',
    detail: { number: '+12125550123', result: 'no-answer', disposition: null },
  },
];
