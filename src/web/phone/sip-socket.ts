// The connection for SIP, as the library wants one, and one thing more: a connection that says nothing is dead. Asterisk
// lets itself be heard every 20 s; what was silent for twice that is closed, and so connected again.

/** Two keep-alives of Asterisk have not come. */
export const SILENT_MS = 45_000;
const LOOK_EVERY_MS = 5_000;

export interface PlainSocket {
  readonly readyState: number;
  onopen: (() => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string; readonly wasClean: boolean }) => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: (() => void) | null;
  send(data: string): void;
  close(): void;
}

interface Parts {
  readonly url: string;
  readonly make: (url: string) => PlainSocket;
  readonly now: () => number;
}

const CONNECTING = 0;
const OPEN = 1;
const NO_STATUS = 1006;

/** The shape that JsSIP asks for. */
export class SipSocket {
  // What the library writes into Via and Contact; it sets it itself.
  via_transport: string;
  readonly url: string;
  readonly sip_uri: string;
  onconnect: () => void = () => undefined;
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => undefined;
  ondata: (data: unknown) => void = () => undefined;
  readonly #parts: Parts;
  #socket: PlainSocket | undefined;
  #heardAt = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.url = parts.url;
    const { protocol, host } = new URL(parts.url);
    this.via_transport = protocol === 'wss:' ? 'WSS' : 'WS';
    this.sip_uri = `sip:${host};transport=ws`;
  }

  connect(): void {
    if (this.#socket !== undefined) return;
    const socket = this.#parts.make(this.url);
    this.#socket = socket;
    this.#heard();
    socket.onopen = () => {
      this.#heard();
      this.onconnect();
    };
    socket.onmessage = ({ data }) => {
      this.#heard();
      this.ondata(data);
    };
    socket.onclose = ({ wasClean, code, reason }) => this.#gone(socket, !wasClean, code, reason);
    socket.onerror = null;
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  disconnect(): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#drop();
    socket.close();
  }

  send(message: unknown): boolean {
    if (!this.isConnected()) return false;
    this.#socket?.send(String(message));
    return true;
  }

  isConnected(): boolean {
    return this.#socket?.readyState === OPEN;
  }

  isConnecting(): boolean {
    return this.#socket?.readyState === CONNECTING;
  }

  /** Closes a connection that has been silent for too long. */
  look(): void {
    if (this.#parts.now() - this.#heardAt >= SILENT_MS) this.reset();
  }

  /** Takes the connection for dead, whatever it says of itself. */
  reset(): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#gone(socket, true, NO_STATUS, 'silent');
    socket.close();
  }

  #heard(): void {
    this.#heardAt = this.#parts.now();
  }

  #gone(socket: PlainSocket, isError: boolean, code: number, reason: string): void {
    if (socket !== this.#socket) return;
    this.#drop();
    this.ondisconnect(isError, code, reason);
  }

  #drop(): void {
    clearInterval(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
  }
}
