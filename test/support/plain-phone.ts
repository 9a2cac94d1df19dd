// A SIP phone of a few lines for what softphones will not do: it falls silent, sends comfort noise or RTCP alone, goes
// deaf, restarts at the same address. Registers and dials with a password, over UDP on 127.0.0.1.

import { createHash, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { defined } from '../../src/base/defined.ts';

/** What it sends as sound: a packet of quiet every 20 ms, one of comfort noise every 500 ms, RTCP every 5 s, nothing. */
export type Sound = 'voice' | 'comfort-noise' | 'rtcp' | 'nothing';

export interface PlainPhoneOptions {
  readonly account: string;
  readonly password: string;
  /** host:port */
  readonly registrar: string;
  /** Where it is; 127.0.0.1 and any port when left out. */
  readonly host?: string;
  readonly port?: number;
}

interface Dialog {
  readonly callId: string;
  readonly local: string;
  remote: string;
  target: string;
  seq: number;
}

const HOST = '127.0.0.1';
const PCMU = 0;
const COMFORT_NOISE = 13;

export class PlainPhone {
  readonly #options: PlainPhoneOptions;
  #sip: Socket;
  #rtp: Socket;
  #rtcp: Socket;
  readonly #host: string;
  #port = 0;
  /** What it was asked, first lines, oldest first. */
  readonly asked: string[] = [];
  #bootId = randomBytes(6).toString('hex');
  #dialog: Dialog | undefined;
  #far: { readonly host: string; readonly port: number } | undefined;
  #sender: NodeJS.Timeout | undefined;
  #sequence = 1;
  #isDeaf = false;
  #ignores = false;
  #registerSeq = 0;
  readonly #answers = new Map<string, (message: string) => void>();

  private constructor(options: PlainPhoneOptions) {
    this.#options = options;
    this.#host = options.host ?? HOST;
    this.#sip = createSocket('udp4');
    this.#rtp = createSocket('udp4');
    this.#rtcp = createSocket('udp4');
  }

  static async open(options: PlainPhoneOptions): Promise<PlainPhone> {
    const phone = new PlainPhone(options);
    for (const socket of [phone.#sip, phone.#rtp, phone.#rtcp]) {
      await new Promise<void>((resolve) => {
        socket.bind(socket === phone.#sip ? (options.port ?? 0) : 0, phone.#host, resolve);
      });
    }
    phone.#port = phone.#sip.address().port;
    phone.#listen();
    return phone;
  }

  /** Registers; the contact stays the same until the phone is closed, unless another is given. */
  async register(contact?: string): Promise<void> {
    await this.#asked('REGISTER', `sip:${this.#options.registrar}`, {
      callId: `reg-${this.#bootId}`,
      seq: () => (this.#registerSeq += 1),
      to: `<sip:${this.#options.account}@${this.#options.registrar}>`,
      extra: ['Expires: 120'],
      body: '',
      ...defined({ contact }),
    });
  }

  /** Dials, and sends sound once it is answered. */
  async dial(code: string, sound: Sound = 'voice'): Promise<void> {
    const target = `sip:${code}@${this.#options.registrar}`;
    const callId = randomBytes(8).toString('hex');
    let seq = 0;
    const answer = await this.#asked('INVITE', target, {
      callId,
      seq: () => (seq += 1),
      to: `<${target}>`,
      extra: ['Content-Type: application/sdp'],
      body: this.#sdp(),
    });
    const dialog = { callId, local: this.#from(callId), remote: header(answer, 'To'), target: contactOf(answer), seq };
    this.#dialog = dialog;
    this.#write(this.#request('ACK', dialog.target, { ...dialog, to: dialog.remote, extra: [], body: '' }));
    this.#far = mediaOf(answer);
    this.send(sound);
  }

  /** What it sends from now on. */
  send(sound: Sound): void {
    clearInterval(this.#sender);
    if (sound === 'nothing') return;
    if (sound === 'voice') this.#sender = setInterval(() => this.#sendRtp(PCMU, Buffer.alloc(160, 0xff)), 20);
    if (sound === 'comfort-noise')
      this.#sender = setInterval(() => this.#sendRtp(COMFORT_NOISE, Buffer.from([60])), 500);
    if (sound === 'rtcp') this.#sender = setInterval(() => this.#sendRtcp(), 5_000);
  }

  /** Puts the call on hold: a re-INVITE with sendonly, and no sound any more. */
  async hold(): Promise<void> {
    const dialog = this.#dialog;
    if (!dialog) return;
    const answer = await this.#asked('INVITE', dialog.target, {
      callId: dialog.callId,
      seq: () => (dialog.seq += 1),
      to: dialog.remote,
      extra: ['Content-Type: application/sdp'],
      body: this.#sdp('sendonly'),
    });
    this.#write(this.#request('ACK', dialog.target, { ...dialog, to: header(answer, 'To'), extra: [], body: '' }));
    this.send('nothing');
  }

  /** Its process dies and another takes its place at the same address: it knows of no call. */
  restart(): void {
    this.send('nothing');
    this.#dialog = undefined;
    this.#bootId = randomBytes(6).toString('hex');
  }

  /** Hears nothing and says nothing any more, as behind a broken network. */
  goDeaf(): void {
    this.#isDeaf = true;
    this.send('nothing');
  }

  /** Answers no questions (OPTIONS) any more; calls go on. */
  ignoreQuestions(): void {
    this.#ignores = true;
  }

  /** The network is back. */
  hearAgain(): void {
    this.#isDeaf = false;
  }

  close(): void {
    this.send('nothing');
    for (const socket of [this.#sip, this.#rtp, this.#rtcp]) socket.close();
  }

  // ---- SIP

  #listen(): void {
    this.#sip.on('message', (data) => {
      if (this.#isDeaf) return;
      const message = data.toString();
      if (message.startsWith('SIP/2.0')) {
        const code = Number(message.slice(8, 11));
        if (code >= 200) this.#answers.get(header(message, 'CSeq') + header(message, 'Call-ID'))?.(message);
        return;
      }
      this.#answer(message);
    });
  }

  #answer(message: string): void {
    const method = message.slice(0, message.indexOf(' '));
    this.asked.push(message.split('\r\n', 1)[0] ?? '');
    if (method === 'ACK' || (method === 'OPTIONS' && this.#ignores)) return;
    const isOfCall = header(message, 'Call-ID') === this.#dialog?.callId;
    if (method === 'BYE' && isOfCall) this.send('nothing');
    const isKnown = method === 'OPTIONS' || method === 'NOTIFY' || isOfCall;
    const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(message, name)}`);
    const status = isKnown ? '200 OK' : '481 Call/Transaction Does Not Exist';
    this.#write([`SIP/2.0 ${status}`, ...copied, 'Content-Length: 0', '', ''].join('\r\n'));
  }

  /** Sends a request, once more with the password when it is asked for; gives the final answer. */
  async #asked(
    method: string,
    uri: string,
    parts: {
      readonly callId: string;
      readonly seq: () => number;
      readonly to: string;
      readonly extra: readonly string[];
      readonly body: string;
      readonly contact?: string;
    },
  ): Promise<string> {
    let extra = parts.extra;
    for (let tries = 0; tries < 2; tries += 1) {
      const seq = parts.seq();
      const request = this.#request(method, uri, { ...parts, extra, seq });
      const answer = await this.#transact(request, `${seq} ${method}${parts.callId}`);
      const code = Number(answer.slice(8, 11));
      if (code < 300) return answer;
      if (method === 'INVITE')
        this.#write(
          this.#request(
            'ACK',
            uri,
            { ...parts, seq, to: header(answer, 'To'), extra: [], body: '' },
            branchOf(request),
          ),
        );
      if (code !== 401 && code !== 407) throw new Error(`${method}: ${answer.split('\r\n', 1)[0] ?? ''}`);
      extra = [...parts.extra, this.#credentials(method, uri, answer, code)];
    }
    throw new Error(`${method}: the password is refused`);
  }

  #transact(request: string, key: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${key}`)), 5_000);
      this.#answers.set(key, (message) => {
        clearTimeout(timer);
        this.#answers.delete(key);
        resolve(message);
      });
      this.#write(request);
    });
  }

  #credentials(method: string, uri: string, answer: string, code: number): string {
    const { account, password } = this.#options;
    const challenge = header(answer, code === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate');
    const part = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const [nonce, realm, opaque] = [part('nonce'), part('realm'), part('opaque')];
    const [nc, cnonce] = ['00000001', randomBytes(4).toString('hex')];
    const secret = `${md5(`${account}:${realm}:${password}`)}:${nonce}:${nc}:${cnonce}:auth:${md5(`${method}:${uri}`)}`;
    const name = code === 401 ? 'Authorization' : 'Proxy-Authorization';
    return (
      `${name}: Digest username="${account}", realm="${realm}", nonce="${nonce}", uri="${uri}", ` +
      `response="${md5(secret)}", algorithm=MD5, qop=auth, nc=${nc}, cnonce="${cnonce}", opaque="${opaque}"`
    );
  }

  #from(callId: string): string {
    return `<sip:${this.#options.account}@${this.#options.registrar}>;tag=${callId.slice(0, 10)}`;
  }

  #request(
    method: string,
    uri: string,
    parts: {
      readonly callId: string;
      readonly seq: number;
      readonly to: string;
      readonly extra: readonly string[];
      readonly body: string;
      readonly contact?: string;
    },
    branch = `z9hG4bK${randomBytes(8).toString('hex')}`,
  ): string {
    return [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${this.#host}:${this.#port};branch=${branch};rport`,
      'Max-Forwards: 70',
      `From: ${this.#from(parts.callId)}`,
      `To: ${parts.to}`,
      `Call-ID: ${parts.callId}`,
      `CSeq: ${parts.seq} ${method}`,
      `Contact: ${parts.contact ?? `<sip:${this.#options.account}@${this.#host}:${this.#port}>`}`,
      ...parts.extra,
      `Content-Length: ${Buffer.byteLength(parts.body)}`,
      '',
      parts.body,
    ].join('\r\n');
  }

  #sdp(direction = 'sendrecv'): string {
    return [
      ...['v=0', `o=- 1 ${Date.now()} IN IP4 ${this.#host}`, 's=-', `c=IN IP4 ${this.#host}`, 't=0 0'],
      `m=audio ${this.#rtp.address().port} RTP/AVP ${PCMU} ${COMFORT_NOISE} 101`,
      ...['a=rtpmap:0 PCMU/8000', 'a=rtpmap:13 CN/8000', 'a=rtpmap:101 telephone-event/8000', `a=${direction}`],
      `a=rtcp:${this.#rtcp.address().port}`,
      '',
    ].join('\r\n');
  }

  #write(message: string): void {
    const [host = '', port = ''] = this.#options.registrar.split(':');
    this.#sip.send(message, Number(port), host);
  }

  // ---- sound

  #sendRtp(payload: number, data: Buffer): void {
    if (!this.#far) return;
    const head = Buffer.alloc(12);
    head.writeUInt8(0x80, 0);
    head.writeUInt8(payload, 1);
    head.writeUInt16BE(this.#sequence & 0xffff, 2);
    head.writeUInt32BE((this.#sequence * 160) >>> 0, 4);
    head.writeUInt32BE(4711, 8);
    this.#sequence += 1;
    this.#rtp.send(Buffer.concat([head, data]), this.#far.port, this.#far.host);
  }

  /** A receiver report of nothing. */
  #sendRtcp(): void {
    if (!this.#far) return;
    const report = Buffer.from([0x80, 201, 0, 1, 0, 0, 0x12, 0x67]);
    this.#rtcp.send(report, this.#far.port + 1, this.#far.host);
  }
}

function header(message: string, name: string): string {
  const line = message.split('\r\n').find((candidate) => candidate.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(name.length + 1).trim() ?? '';
}

const branchOf = (message: string): string => /branch=([^;]+)/.exec(message)?.[1] ?? '';
const contactOf = (message: string): string => /<([^>]+)>/.exec(header(message, 'Contact'))?.[1] ?? '';

function mediaOf(message: string): { readonly host: string; readonly port: number } {
  const host = /^c=IN IP4 (\S+)/m.exec(message)?.[1] ?? '127.0.0.1';
  return { host, port: Number(/^m=audio (\d+)/m.exec(message)?.[1] ?? 0) };
}
