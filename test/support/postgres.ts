// A real PostgreSQL server of this machine's Debian package, in a temporary directory on a free port of 127.0.0.1; gone
// after the tests. Sorting follows a language there, so that whoever relies on the order of bytes says so.

import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';

const VERSIONS = '/usr/lib/postgresql';
const START_MS = 30_000;
const NAME = 'outdial';
const PASSWORD = 'te/st pass';

export interface ServerOptions {
  /** Commits reach the disk, as in production; the tests have no use for it. */
  readonly durable?: boolean;
  /** Lines of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
}

export class PostgresServer {
  readonly port: number;
  /** Has the cluster, in `data`. */
  readonly folder: string;
  readonly #options: ServerOptions;
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor(folder: string, port: number, options: ServerOptions) {
    this.folder = folder;
    this.port = port;
    this.#options = options;
  }

  /** Makes a cluster and starts its server; takes about a second. */
  static async start(options: ServerOptions = {}): Promise<PostgresServer> {
    const folder = mkdtempSync(path.join(tmpdir(), 'outdial-postgres-'));
    const user = serverUser();
    if (user) chownSync(folder, user.uid, user.gid);
    const server = new PostgresServer(folder, await freePort(), options);
    // ICU's root order is not that of bytes, and is there on every machine.
    const args = ['-D', path.join(folder, 'data'), '-U', NAME, '--auth=trust', '--no-sync', '-E', 'UTF8'];
    execFileSync(
      ...asServer(tool('initdb'), [...args, '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=und']),
      {
        stdio: 'ignore',
        cwd: folder,
      },
    );
    await server.run();
    await server.query('postgres', `ALTER ROLE ${NAME} PASSWORD '${PASSWORD}'`);
    return server;
  }

  /** Runs the server, again after `stop`. */
  async run(): Promise<void> {
    const { durable = false, settings = {} } = this.#options;
    const all = {
      listen_addresses: '127.0.0.1',
      port: String(this.port),
      unix_socket_directories: this.folder,
      ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
      ...settings,
    };
    const flags = Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const [file, args] = asServer(tool('postgres'), ['-D', path.join(this.folder, 'data'), ...flags]);
    const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: this.folder });
    this.#process = child;
    let lastWords = '';
    child.stderr.on('data', (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(-2000);
    });
    const deadline = Date.now() + START_MS;
    for (;;) {
      try {
        await this.query('postgres', 'SELECT 1');
        return;
      } catch (error) {
        if (child.exitCode !== null || Date.now() > deadline)
          throw new Error(`no PostgreSQL: ${lastWords}`, { cause: error });
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
      }
    }
  }

  /** Ends the server as `pg_ctl stop -m …` does; its data stays. */
  async stop(how: 'fast' | 'immediate' = 'fast'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await gone;
  }

  /** Ends the server and removes its data. */
  async remove(): Promise<void> {
    await this.stop('immediate');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A new empty database; its address, as it stands in outdial.yaml. */
  async database(): Promise<string> {
    this.#databases += 1;
    const name = `test_${this.#databases}`;
    await this.query('postgres', `CREATE DATABASE ${name}`);
    return this.address(name);
  }

  /** Path of a program of the server's version. */
  tool(name: string): string {
    return tool(name);
  }

  address(database: string): string {
    return `postgres://${NAME}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${this.port}/${database}`;
  }

  /** What a statement gives in a database, beside outdial. */
  async query(database: string, statement: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const client = new pg.Client({ connectionString: this.address(database), connectionTimeoutMillis: START_MS });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  }
}

/** A program of the newest of the machine’s PostgreSQL versions. */
function tool(name: string): string {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
  const there = versions.filter((version) => existsSync(path.join(VERSIONS, version, 'bin', name)));
  const newest = there.sort((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) throw new Error('there is no PostgreSQL server; packaging/postgresql.sh installs Debian’s');
  return path.join(VERSIONS, newest, 'bin', name);
}

/** PostgreSQL refuses to run as root: the user that Debian's package has made for it. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** As that user; ended with the tests, also when they are killed. */
function asServer(file: string, args: readonly string[]): [string, string[]] {
  const user = process.getuid?.() === 0 ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];
  return ['setpriv', [...user, '--pdeathsig=QUIT', file, ...args]];
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
