// Hands a file over to the daemon piece by piece: no more of it than one piece is ever held here or there. What was cut
// off goes on where it stood: the same file has the same id, also after the page was closed.

import type { z } from 'zod';
import type { incomingFile, incomingFiles } from '../../../http/wire/imports.ts';
import type { Refusal } from '../data.tsx';

export const PIECE_BYTES = 4 * 1024 * 1024;
/** What of a file makes its id, besides its size: its beginning and its end. */
const KNOWN_BY_BYTES = 64 * 1024;
/** Without an answer it is tried again after these, then the upload waits for the person. */
const AGAIN_AFTER_MS = [1_000, 3_000, 10_000, 30_000];

export interface UploadedFile {
  readonly id: string;
  /** Where it is on the daemon's machine. */
  readonly file: string;
  readonly name: string;
  readonly bytes: number;
}

type Answer = { readonly body: unknown } | { readonly refusal: Refusal };

export interface UploadPorts {
  /** JSON, or a piece of the file; never throws: no answer is the refusal `unanswered`. */
  readonly send: (method: string, path: string, body?: object | Blob) => Promise<Answer>;
  readonly wait: (ms: number) => Promise<void>;
  readonly onProgress: (bytes: number) => void;
  readonly isStopped: () => boolean;
}

type Uploaded = { readonly file: UploadedFile } | { readonly refusal: Refusal } | { readonly isStopped: true };

/** The name as the daemon takes it: without what no file's name has. */
export function nameFor(name: string): string {
  // eslint-disable-next-line no-control-regex -- what the daemon's names have none of
  const plain = name.replaceAll(/[\u0000-\u001f/\\]/g, '_').replace(/^\./, '_');
  const dot = plain.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [plain.slice(0, dot), plain.slice(dot)] : [plain, ''];
  return `${stem.slice(0, 150)}${ending.slice(0, 20)}` || '_';
}

/** 16 hex digits: of name, size, beginning and end. */
export async function idOf(file: File): Promise<string> {
  const head = await file.slice(0, KNOWN_BY_BYTES).arrayBuffer();
  const tail = await file.slice(Math.max(0, file.size - KNOWN_BY_BYTES)).arrayBuffer();
  const named = new TextEncoder().encode(`${file.name}\n${file.size}\n${file.lastModified}\n`);
  const sum = await crypto.subtle.digest('SHA-256', await new Blob([named, head, tail]).arrayBuffer());
  return [...new Uint8Array(sum).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Hands the file over, from where it stood before. */
export async function upload(file: File, id: string, ports: UploadPorts): Promise<Uploaded> {
  const name = nameFor(file.name);
  const begun = await patiently(ports, () => begin({ id, name, size: file.size }, ports));
  if (!('body' in begun)) return begun;
  const { file: there, bytes: from } = begun.body as z.output<typeof incomingFile>;
  let at = from;
  ports.onProgress(at);
  while (at < file.size) {
    const piece = file.slice(at, at + PIECE_BYTES);
    const path = `/api/incoming/${id}/${encodeURIComponent(name)}?at=${at}`;
    const sent = await patiently(ports, () => ports.send('PUT', path, piece));
    if ('body' in sent) at = (sent.body as z.output<typeof incomingFile>).bytes;
    else if ('refusal' in sent && sent.refusal.code === 'incoming-out-of-step') {
      // The answer to a piece was lost on the way, not the piece: asked where it stands.
      const stands = await patiently(ports, () => standsAt({ id, name }, ports));
      if (!('body' in stands)) return stands;
      at = (stands.body as z.output<typeof incomingFile>).bytes;
    } else return sent;
    ports.onProgress(at);
  }
  return { file: { id, file: there, name, bytes: file.size } };
}

interface Whole {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/** Goes on with what is there of the same file; a whole or larger one of that name is begun again. */
async function begin({ id, name, size }: Whole, ports: UploadPorts): Promise<Answer> {
  const stands = await standsAt({ id, name }, ports);
  if ('body' in stands && (stands.body as z.output<typeof incomingFile>).bytes <= size) return stands;
  if ('refusal' in stands && stands.refusal.code !== 'incoming-unknown') return stands;
  return ports.send('POST', '/api/incoming', { id, name });
}

async function standsAt({ id, name }: Omit<Whole, 'size'>, { send }: UploadPorts): Promise<Answer> {
  const answer = await send('GET', `/api/incoming/${id}`);
  if (!('body' in answer)) return answer;
  const found = (answer.body as z.output<typeof incomingFiles>).find((one) => one.name === name);
  const unknown = { code: 'incoming-unknown', message: '', hint: '' };
  return found ? { body: { file: found.file, bytes: found.bytes } } : { refusal: unknown };
}

type Tried = Answer | { readonly isStopped: true };

/** Tries again while the daemon does not answer. */
async function patiently(ports: UploadPorts, work: () => Promise<Answer>): Promise<Tried> {
  for (const pause of [...AGAIN_AFTER_MS, undefined]) {
    if (ports.isStopped()) return { isStopped: true };
    const answer = await work();
    const isUnanswered = 'refusal' in answer && answer.refusal.code === 'unanswered';
    if (!isUnanswered || pause === undefined) return answer;
    await ports.wait(pause);
  }
  return { isStopped: true };
}
