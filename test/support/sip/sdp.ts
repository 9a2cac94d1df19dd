// Session descriptions (RFC 8866) of one stream of audio: what the other side offers, and what our peer answers.

export interface RemoteAudio {
  readonly host: string;
  /** 0: the stream is refused. */
  readonly port: number;
  readonly direction: Direction;
}

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** Payload types that are spoken here. */
export const ULAW = 0;
export const KEYS = 101;

export interface OwnAudio {
  readonly host: string;
  readonly port: number;
  readonly codec?: 'ulaw' | 'g722';
  readonly direction?: Direction;
  readonly version?: number;
}

/** The audio stream of a description; undefined when there is none that can be read. */
export function readSdp(body: string): RemoteAudio | undefined {
  const media = /^m=audio (\d+) /m.exec(body);
  const hosts = [...body.matchAll(/^c=IN IP4 (\S+)/gm)].map((found) => found[1]);
  if (!media) return undefined;
  const direction = /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(body)?.[1] ?? 'sendrecv';
  return { host: hosts.at(-1) ?? '0.0.0.0', port: Number(media[1]), direction: direction as Direction };
}

/** Our own description: one stream, one codec and telephone events. */
export function writeSdp({ host, port, codec = 'ulaw', direction = 'sendrecv', version = 1 }: OwnAudio): string {
  const payload = codec === 'ulaw' ? `${ULAW}` : '9';
  return [
    'v=0',
    `o=peer 1 ${version} IN IP4 ${host}`,
    's=peer',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} RTP/AVP ${payload} ${KEYS}`,
    `a=rtpmap:${payload} ${codec === 'ulaw' ? 'PCMU' : 'G722'}/8000`,
    `a=rtpmap:${KEYS} telephone-event/8000`,
    `a=fmtp:${KEYS} 0-16`,
    'a=ptime:20',
    `a=${direction}`,
    '',
  ].join('\r\n');
}
