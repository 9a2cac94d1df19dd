// The files of a new outdial: settings, a first campaign and what Asterisk needs, made from the commented ones that are
// shipped. Pure: texts in, texts out; a line that is to be changed and is not there is a bug, and a test finds it.

export interface FirstAnswers {
  readonly ariUrl: string;
  readonly ariUser: string;
  readonly ariPassword: string;
  readonly amiHost: string;
  readonly amiPort: number;
  readonly amiUser: string;
  readonly amiSecret: string;
  readonly cdrFile: string;
  readonly country: string;
  /** `HOST` or `HOST:PORT` of the carrier. */
  readonly trunkHost: string;
  readonly trunkEndpoint: string;
  readonly maxLines: number;
  readonly httpPort: number;
  readonly callerId: string;
  readonly campaign: string;
  readonly list: string;
  readonly group: string;
  readonly timezone: string;
}

/** Puts other lines in the place of some; each has to be there once. */
function withLines(text: string, changes: readonly (readonly [before: string, after: string])[]): string {
  let changed = text;
  for (const [before, after] of changes) {
    const lines = changed.split('\n');
    const found = lines.flatMap((line, index) => (line === before ? [index] : []));
    const [at] = found;
    if (at === undefined) throw new Error(`the shipped file has no line "${before}"`);
    lines[at] = after;
    changed = lines.join('\n');
  }
  return changed;
}

/** A text as YAML writes it, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The shipped, commented outdial.yaml with the answers in it. */
export function settingsText(shipped: string, answers: FirstAnswers): string {
  const { country } = answers;
  return withLines(shipped, [
    ['    url: http://127.0.0.1:8088', `    url: ${quoted(answers.ariUrl)}`],
    ['    user: outdial', `    user: ${quoted(answers.ariUser)}`],
    ['    password: ${OUTDIAL_ARI_PASSWORD:-change-me}', `    password: ${quoted(answers.ariPassword)}`],
    ['    host: 127.0.0.1', `    host: ${quoted(answers.amiHost)}`],
    ['    port: 5038', `    port: ${answers.amiPort}`],
    ['    user: outdial', `    user: ${quoted(answers.amiUser)}`],
    ['    secret: ${OUTDIAL_AMI_SECRET:-change-me}', `    secret: ${quoted(answers.amiSecret)}`],
    ['  cdr_file: /var/log/asterisk/cdr-csv/Master.csv', `  cdr_file: ${quoted(answers.cdrFile)}`],
    ['    endpoint: main', `    endpoint: ${quoted(answers.trunkEndpoint)}`],
    ['    max_lines: 60', `    max_lines: ${answers.maxLines}`],
    ['    allow_countries: [US]', `    allow_countries: [${country}]`],
    ['  port: 8480', `  port: ${answers.httpPort}`],
    ['country: US', `country: ${country}`],
  ]);
}

/** A small campaign that can be dialed as it stands, with what to change first. */
export function campaignText(answers: FirstAnswers): string {
  return `# The first campaign. Every key there is, commented: config/campaigns/example.yaml of outdial, docs/campaigns.md.
campaign: ${answers.campaign}
description: The first campaign
mode: progressive # one line for each free agent; predictive dials ahead

# Who is called: contacts on this list (outdial list import FILE --name ${answers.list}).
lists: [${answers.list}]

# Whose calls they are: agents of this group (outdial agent add … --group ${answers.group}).
agents: [${answers.group}]

# Hours, as cron expressions: minute hour day-of-month month day-of-week. Without a schedule: always.
schedule: { timezone: ${answers.timezone}, start: 0 9 * * MON-FRI, stop: 0 18 * * MON-FRI }

# How the calls go out, and the number that people see. It must be yours.
trunk: main
caller_ids: { numbers: [${quoted(answers.callerId)}] }

# What the law demands where the people are: names of rule packs (docs/rules.md), such as [us-federal].
rules: []

# The message for people who get no agent. It must name you and a number to call: put your own recording in its place.
answer: { detection: off, no_agent: { after: 2s, play: outdial/abandon } }

wrap_up: { limit: 60s, disposition: required }
dispositions:
  - { code: sale, label: Sold, key: 1 }
  - { code: no-interest, label: No interest, key: 2 }
  - { code: later, label: Call later, key: 3, ask: callback }
call_again:
  - { when: result == "busy", after: 10m, times: 3 }
  - { when: result == "no-answer", after: 4h, phone: next }
`;
}

/** The site files of Asterisk out of those shipped: address, port, passwords and the trunk are put in. */
export function asteriskText(name: string, shipped: string, answers: FirstAnswers): string {
  const ari = new URL(answers.ariUrl);
  const host = answers.trunkHost;
  const address = /:\d+$/.test(host) ? host : `${host}:5060`;
  switch (name) {
    case 'ari.conf':
      return withLines(shipped, [
        ['[outdial]', `[${answers.ariUser}]`],
        ['password = CHANGE-ME', `password = ${answers.ariPassword}`],
      ]);
    case 'http.conf':
      return withLines(shipped, [
        ['bindaddr = 127.0.0.1', `bindaddr = ${ari.hostname}`],
        ['bindport = 8088', `bindport = ${ari.port || '80'}`],
      ]);
    case 'manager.conf':
      return withLines(shipped, [
        ['[outdial](outdial)', `[${answers.amiUser}](outdial)`],
        ['secret = CHANGE-ME', `secret = ${answers.amiSecret}`],
      ]);
    case 'manager-address.conf':
      return withLines(shipped, [
        ['bindaddr = 127.0.0.1', `bindaddr = ${answers.amiHost}`],
        ['port = 5038', `port = ${answers.amiPort}`],
      ]);
    case 'pjsip.conf':
      return withLines(shipped.replaceAll('trunk-main', answers.trunkEndpoint), [
        ['contact = sip:sip.carrier.example:5060', `contact = sip:${address}`],
        ['match = 198.51.100.7:5060', `match = ${address}`],
      ]);
    default:
      return shipped;
  }
}
