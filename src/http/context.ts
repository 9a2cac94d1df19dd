// What every route may use, and who is asking.

import type { FastifyInstance, FastifyRequest, RawServerDefault, FastifyBaseLogger } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Settings } from '../config/settings.ts';
import type { PhoneReading } from '../numbers/phone.ts';
import type { Emergencies } from '../engine/campaigns/emergencies.ts';
import type { Control } from '../engine/control.ts';
import type { Store } from '../engine/store/store.ts';
import type { Access } from './access/access.ts';
import { callerOf } from './access/caller.ts';
import type { SignIns } from './access/sign-in.ts';
import type { WebAddress } from './access/web-address.ts';
import type { CampaignCatalogue } from './campaign-files.ts';
import type { ListImporter, ListImportJobs } from '../imports/list-imports.ts';
import type { BoardHub } from './board/board-hub.ts';
import type { LiveHub } from './live.ts';
import type { OutboxPort } from './outbox-port.ts';
import type { ProgramsPort } from './programs-port.ts';
import type { DeskCommands } from './desk/commands.ts';
import type { Workspaces } from './desk/workspaces.ts';
import type { ListeningLines } from './phone/listening-lines.ts';
import type { PhoneLines } from './phone/lines.ts';
import type { Refusals } from './refusals.ts';
import type { Tokens } from './tokens.ts';
import type { NumberImporter, NumberImportJobs } from '../imports/number-imports.ts';
import { nameOf, type Actor } from '../engine/actor.ts';

export interface HttpOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly token: string;
  readonly control: Control;
  readonly store: Store;
  readonly campaigns: CampaignCatalogue;
  readonly emergencies: Pick<Emergencies, 'declare' | 'end'>;
  readonly importer: ListImporter;
  readonly numberImporter: NumberImporter;
  /** Where the sound of recordings is; absent: nothing is recorded. */
  readonly recordings?: RecordingSounds;
  /** A number as a person wrote it, read with the default country. */
  readonly readNumber: (text: string) => PhoneReading;
  /** What carries messages to the outside; absent: nothing does. */
  readonly outbox?: OutboxPort;
  /** Works out reports and forecasts; absent: nothing does. */
  readonly programs?: ProgramsPort;
  /** The folder of the built pages, when it is not dist/web. */
  readonly pages?: string;
  readonly settings: Settings;
  readonly log: Log;
  readonly clock: Clock;
}

interface RecordingSounds {
  /** A recording as `audio/wav`; refused with `recording-missing`. */
  read(recording: string): Promise<OpenSound>;
  remove(recording: string): Promise<boolean>;
}

interface OpenSound {
  readonly bytes: number;
  /** Its sound, or the part from `start` to `end` (both included); closes it when it has been read. */
  stream(part?: { readonly start: number; readonly end: number }): Readable;
  /** When nothing of it is read. */
  close(): Promise<void>;
}

export interface RouteContext extends HttpOptions {
  readonly live: LiveHub;
  readonly board: BoardHub;
  readonly imports: ListImportJobs;
  readonly numberImports: NumberImportJobs;
  readonly tokens: Tokens;
  readonly refusals: Refusals;
  readonly access: Access;
  readonly signIns: SignIns;
  readonly web: WebAddress;
  readonly workspaces: Workspaces;
  readonly deskCommands: DeskCommands;
  readonly phoneLines: PhoneLines;
  readonly listeningLines: ListeningLines;
}

export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/**
 * The name that changes are recorded under: `user:NAME`, `token:NAME`; of the holder of the token file its own word in
 * X-Outdial-By, which has no colon, else `api`.
 */
export const byWhom = (request: FastifyRequest): string => nameOf(actorOf(request));

/** Who asks, for the engine and the audit log. */
export function actorOf(request: FastifyRequest): Actor {
  const caller = callerOf(request);
  if (caller?.kind === 'user') return { kind: 'user', name: caller.name, role: caller.role };
  if (caller?.kind === 'token') return { kind: 'token', name: caller.name };
  const given = request.headers['x-outdial-by'];
  const isWord = typeof given === 'string' && /^[\w.@-]{1,64}$/.test(given);
  return { kind: 'token-file', ...(isWord ? { word: given } : {}) };
}
