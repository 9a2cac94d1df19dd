// One SIP request over UDP and the code that answers it, from a socket of its own: what an unknown sender hears, and
// whether SIP is alive at all. Knows nothing of calls; an INVITE it sends is never acknowledged.

import { createSocket, type Socket } from 'node:dgram';
import { randomBytes } from 'node:crypto';

export interface SipAddress {
  readonly host: string;
  readonly port: number;
}

export interface SipQuestion {
  readonly method: string;
  /** The user of the request's address; none when left out. */
  readonly user?: string;
  /** The user that the request claims to be from. */
  readonly from: string;
  /** Further lines, each a whole header. */
  readonly headers?: readonly string[];
  readonly timeoutMs?: number;
  /** In the middle of a call: its id, the two sides with their tags, and a number above all before. */
  readonly dialog?: { readonly id: string; readonly from: string; readonly to: string; readonly cseq: number };
}

const TIMEOUT_MS = 2_000;
/** T1 of SIP (RFC 3261, 17.1.1.1): an unanswered datagram is sent again, ever more seldom. */
const SEND_AGAIN_MS = 500;

/** The final answer's code (401, 200 …); undefined when there is none in the time. */
export async function askSip(address: SipAddress, question: SipQuestion): Promise<number | undefined> {
  const socket = createSocket(address.host.includes(':') ? 'udp6' : 'udp4');
  try {
    await bound(socket);
    const datagram = Buffer.from(textOf(question, address, socket.address().port));
    return await answered(socket, () => socket.send(datagram, address.port, address.host, ignore), question.timeoutMs);
  } finally {
    socket.close();
  }
}

function answered(socket: Socket, send: () => void, timeoutMs = TIMEOUT_MS): Promise<number | undefined> {
  return new Promise((resolve) => {
    let again: NodeJS.Timeout | undefined;
    const over = (code?: number): void => {
      clearTimeout(again);
      clearTimeout(deadline);
      resolve(code);
    };
    const sendAndWait = (waitMs: number): void => {
      send();
      again = setTimeout(() => sendAndWait(waitMs * 2), waitMs);
    };
    const deadline = setTimeout(over, timeoutMs);
    socket.on('error', () => over());
    socket.on('message', (message) => {
      const code = Number(/^SIP\/2\.0 (\d{3})/.exec(message.toString('latin1'))?.[1] ?? 0);
      if (code >= 200) over(code);
    });
    sendAndWait(SEND_AGAIN_MS);
  });
}

function textOf(
  { method, user, from, headers = [], dialog }: SipQuestion,
  { host, port }: SipAddress,
  ours: number,
): string {
  const id = randomBytes(8).toString('hex');
  const place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const target = user === undefined ? `sip:${place}` : `sip:${user}@${place}`;
  return [
    `${method} ${target} SIP/2.0`,
    `Via: SIP/2.0/UDP ${OUR_NAME}:${ours};rport;branch=z9hG4bK${id}`,
    'Max-Forwards: 70',
    `From: ${dialog?.from ?? `<sip:${from}@${OUR_NAME}>;tag=${id}`}`,
    `To: ${dialog?.to ?? `<${target}>`}`,
    `Call-ID: ${dialog?.id ?? `${id}@${OUR_NAME}`}`,
    `CSeq: ${dialog?.cseq ?? 1} ${method}`,
    `Contact: <sip:${from}@${OUR_NAME}:${ours}>`,
    ...headers,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** The answer comes back to where the datagram came from (`rport`): the name need not lead anywhere. */
const OUR_NAME = 'outdial.invalid';

const ignore = (): void => undefined;

function bound(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, () => {
      socket.removeAllListeners('error');
      resolve();
    });
  });
}
