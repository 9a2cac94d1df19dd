// Whether an offer and an answer have a codec for speech in common (RFC 3264). Pure, and careful: where it is not certain
// what is meant it says nothing.

/** Static payload types (RFC 3551) that are met on telephone trunks. */
const STATIC: Readonly<Record<string, string>> = {
  0: 'pcmu/8000',
  3: 'gsm/8000',
  4: 'g723/8000',
  8: 'pcma/8000',
  9: 'g722/8000',
  15: 'g728/8000',
  18: 'g729/8000',
};
/** They carry no speech. */
const NO_SPEECH = /^(telephone-event|cn|red)\//;

/** Codecs for speech in both; empty: none; undefined: it is not known. */
export function commonCodecs(offer: string, answer: string): readonly string[] | undefined {
  const [offered, answered] = [codecsOf(offer), codecsOf(answer)];
  return offered && answered?.filter((codec) => offered.includes(codec));
}

function codecsOf(sdp: string): readonly string[] | undefined {
  const lines = sdp.split(/\r?\n/);
  const audio = lines.filter((line) => line.startsWith('m=audio '));
  const media = /^m=audio (\d+) \S+ ([\d ]+)$/.exec(audio[0]?.trim() ?? '');
  if (!media || audio.length !== 1 || media[1] === '0') return undefined;
  const named = new Map<string, string>();
  for (const line of lines) {
    const [, type, codec] = /^a=rtpmap:(\d+) ([\w.-]+\/\d+)/.exec(line) ?? [];
    if (type !== undefined && codec !== undefined) named.set(type, codec.toLowerCase());
  }
  const codecs = (media[2] ?? '')
    .trim()
    .split(/ +/)
    .map((type) => named.get(type) ?? STATIC[type]);
  if (codecs.includes(undefined)) return undefined;
  return codecs.filter((codec) => codec !== undefined && !NO_SPEECH.test(codec)) as string[];
}
