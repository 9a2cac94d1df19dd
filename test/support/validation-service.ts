// A small validation service that keeps to docs/validation.md, for tests and for trying things out: blocks the numbers
// that it is reported to, and can be slow, broken or away. Run by itself it blocks the numbers given as arguments:
//
//   npx tsx test/support/validation-service.ts 9300 +12125550100

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';

export interface Question {
  readonly campaign: string;
  readonly numbers: readonly string[];
}

export class ValidationService {
  /** Numbers that must not be dialed, with the reason. */
  readonly blocked = new Map<string, string>();
  /** Numbers that nothing is said of. */
  readonly unknown = new Set<string>();
  /** Everything that was asked, in order. */
  readonly asked: Question[] = [];
  /** How it behaves. */
  mode: 'well' | 'error' | 'nonsense' | 'silent' | 'endless' = 'well';
  /** Bytes of an endless answer that were taken. */
  sent = 0;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      bodyOf(request).then(
        (body) => {
          const question = JSON.parse(body) as Question;
          this.asked.push(question);
          if (this.mode === 'silent') return;
          if (this.mode === 'endless') return this.#babble(response);
          const code = this.mode === 'error' ? 500 : 200;
          response.writeHead(code, { 'content-type': 'application/json' });
          response.end(JSON.stringify(this.mode === 'nonsense' ? { verdict: 'maybe' } : this.#answer(question)));
        },
        () => response.destroy(),
      );
    });
  }

  /** Listens on loopback, on any free port unless one is given. */
  static async start(port = 0): Promise<ValidationService> {
    const service = new ValidationService();
    await new Promise<void>((resolve) => {
      service.#server.listen(port, '127.0.0.1', resolve);
    });
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/check`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  /** Without a length and without an end, as fast as it is taken. */
  #babble(response: ServerResponse): void {
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(65_536))) this.sent += 65_536;
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.on('drain', more);
    more();
  }

  #answer({ numbers }: Question): unknown {
    const known = numbers.filter((number) => !this.unknown.has(number));
    return {
      results: known.map((number) => {
        const reason = this.blocked.get(number);
        return reason === undefined ? { number, allowed: true } : { number, allowed: false, reason };
      }),
    };
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const [, script = '', port = '9300', ...numbers] = process.argv;
if (import.meta.url === pathToFileURL(script).href) {
  const service = await ValidationService.start(Number(port));
  for (const number of numbers) service.blocked.set(number, 'listed');
  process.stdout.write(`${service.url} blocks ${numbers.join(', ') || 'nothing'}\n`);
}
