// The pages that browsers show, as the build made them in dist/web. Its few files are read once and kept, and a request
// is a look-up of an exact name: no address can lead out of the folder. Every page comes with a policy that lets it load
// and run nothing but files from here.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Api } from './context.ts';

/** By its address, such as `/assets/agent-1a2b.js`. */
type Files = ReadonlyMap<string, PageFile>;

interface PageFile {
  readonly type: string;
  readonly tag: string;
  readonly plain: Buffer;
  readonly zipped: Buffer;
}

const BUILT = path.resolve(import.meta.dirname, '../../dist/web');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};
/** Where each page is, and the file that the build made of it. */
const PAGES: Readonly<Record<string, string>> = { '/agent': '/agent.html', '/console': '/console.html' };

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const PAGE_HEADERS = {
  'content-security-policy': POLICY,
  'permissions-policy': 'microphone=(self), camera=(), geolocation=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};
/** Names of these files hold a sum of their content: one that is known never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>outdial</title>
<h1>The pages are not built yet</h1>
<p>On the machine of the daemon, in the folder of outdial:</p><pre>npm run build</pre><p>Then load this page again.</p></html>`;

/** Adds the pages to the server; `folder`: what the build made, else dist/web. */
export function pages(api: Api, folder = BUILT): void {
  let known: Promise<Files> | undefined;
  // One that was built after the daemon's start is found too.
  const files = async (): Promise<Files> => {
    const read = await (known ??= readFiles(folder));
    if (read.size === 0) known = undefined;
    return read;
  };
  for (const [address, file] of Object.entries(PAGES)) {
    api.get(address, { schema: { hide: true } }, async (request, reply) => {
      void reply.headers(PAGE_HEADERS);
      const page = (await files()).get(file);
      if (page) return sendFile(request, reply, page);
      return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);
    });
  }
  api.get('/assets/*', { schema: { hide: true } }, async (request, reply) => {
    const file = (await files()).get(request.url.replace(/\?.*$/s, ''));
    if (!file) {
      reply.callNotFound();
      return reply;
    }
    return sendFile(request, reply.headers(PAGE_HEADERS).header('cache-control', FOR_EVER), file);
  });
}

async function readFiles(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const places = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  const read = places.map(async (place): Promise<readonly [string, PageFile]> => {
    const plain = await readFile(place);
    const tag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 16)}"`;
    const type = TYPES[path.extname(place)] ?? 'application/octet-stream';
    return [
      `/${path.relative(folder, place)}`,
      { type, tag, plain, zipped: await promisify(gzip)(plain, { level: 9 }) },
    ];
  });
  return new Map(await Promise.all(read));
}

function sendFile(request: FastifyRequest, reply: FastifyReply, { type, tag, plain, zipped }: PageFile): FastifyReply {
  void reply.headers({ etag: tag, vary: 'accept-encoding' });
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  const unpacks = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  return reply
    .type(type)
    .headers(unpacks ? { 'content-encoding': 'gzip' } : {})
    .send(unpacks ? zipped : plain);
}
