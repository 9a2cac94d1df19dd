// Consoles that are open while calls are measured: each reads the stream of the board, as a page does, and takes no time
// of this machine beyond that.

import { request, type ClientRequest } from 'node:http';
import { readFileSync } from 'node:fs';
import type { Settings } from '../../../src/config/settings.ts';

interface Readers {
  /** Bytes that came to all of them so far. */
  readonly bytes: () => number;
  readonly close: () => void;
}

/** Opens so many; resolves when each has begun. */
export async function openBoards({ http }: Settings, count: number): Promise<Readers> {
  const authorization = `Bearer ${readFileSync(http.tokenFile, 'utf8').trim()}`;
  let bytes = 0;
  const open = (): Promise<ClientRequest> =>
    new Promise((resolve, reject) => {
      const url = `http://${http.host}:${http.port}/api/board/stream`;
      const asked = request(url, { headers: { authorization } }, (answer) => {
        if (answer.statusCode !== 200) return reject(new Error(`the board answers ${answer.statusCode ?? 0}`));
        answer.on('data', (part: Buffer) => (bytes += part.length));
        answer.on('error', () => undefined);
        resolve(asked);
      });
      asked.on('error', reject);
      asked.end();
    });
  const readers = await Promise.all(Array.from({ length: count }, open));
  return { bytes: () => bytes, close: () => readers.forEach((one) => one.destroy()) };
}
