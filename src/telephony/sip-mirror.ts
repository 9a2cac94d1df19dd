// Where Asterisk sends a copy of every SIP message (res_hep): one UDP socket. Decides nothing; what is no such message
// is dropped.

import { createSocket, type Socket } from 'node:dgram';
import { OperationalError } from '../base/errors.ts';
import { readHep, type MirroredMessage } from './hep.ts';
import { mayMatter } from './sip-answers.ts';

/** Room for what arrives while the event loop is busy. */
const BUFFER_BYTES = 4 * 1024 * 1024;

export class SipMirror {
  readonly #address: { readonly host: string; readonly port: number };
  #socket: Socket | undefined;

  constructor(address: { readonly host: string; readonly port: number }) {
    this.#address = address;
  }

  /** Resolves when messages can come; refused with `sip-mirror-taken` when the address cannot be had. */
  start(heard: (message: MirroredMessage) => void): Promise<void> {
    const { host, port } = this.#address;
    const socket = createSocket('udp4');
    this.#socket = socket;
    return new Promise((resolve, reject) => {
      socket.once('error', (cause) => {
        this.stop();
        reject(
          new OperationalError('sip-mirror-taken', `The SIP that Asterisk mirrors cannot be read at ${host}:${port}.`, {
            hint: 'Another outdial or a Homer may have the port: give another in asterisk.sip_mirror and hep.conf.',
            cause,
            httpCode: 503,
          }),
        );
      });
      socket.bind(port, host, () => {
        socket.removeAllListeners('error');
        socket.on('error', () => undefined); // of one datagram: the next may be read
        enlarge(socket);
        socket.on('message', (datagram) => {
          const message = readHep(datagram, mayMatter);
          if (message) heard(message);
        });
        resolve();
      });
    });
  }

  stop(): void {
    this.#socket?.removeAllListeners();
    this.#socket?.close();
    this.#socket = undefined;
  }
}

/** The kernel may grant less, which is no reason not to listen. */
function enlarge(socket: Socket): void {
  try {
    socket.setRecvBufferSize(BUFFER_BYTES);
  } catch {
    // it stays as it is
  }
}
