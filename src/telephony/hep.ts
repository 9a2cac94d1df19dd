// SIP messages as Asterisk mirrors them (res_hep): datagrams of the Homer Encapsulation Protocol, version 3. Pure.
//
// `HEP3`, the length of all, then chunks: vendor, type, length with these six octets, and the value. What is no such
// datagram gives nothing.

export interface MirroredMessage {
  readonly text: string;
  /** When it passed Asterisk, by its clock, epoch ms. */
  readonly at: number;
}

const HEAD_BYTES = 6;
/** `HEP3` as a number: every message of every call comes through here. */
const MARK = 0x48455033;
const SECONDS = 0x09;
const MICROSECONDS = 0x0a;
const PAYLOAD = 0x0f;

/** The message in a datagram; undefined when there is none, or none that is wanted: most are not worth reading. */
export function readHep(
  datagram: Buffer,
  isWanted: (payload: Buffer) => boolean = () => true,
): MirroredMessage | undefined {
  if (datagram.length < HEAD_BYTES || datagram.readUInt32BE(0) !== MARK) return undefined;
  let [text, seconds, microseconds] = ['', 0, 0];
  for (let from = HEAD_BYTES; from + HEAD_BYTES <= datagram.length;) {
    const type = datagram.readUInt16BE(from + 2);
    const length = datagram.readUInt16BE(from + 4);
    if (length < HEAD_BYTES || from + length > datagram.length) return undefined;
    const [start, end] = [from + HEAD_BYTES, from + length];
    if (type === PAYLOAD && isWanted(datagram.subarray(start, end))) text = datagram.toString('utf8', start, end);
    if (type === SECONDS && end - start === 4) seconds = datagram.readUInt32BE(start);
    if (type === MICROSECONDS && end - start === 4) microseconds = datagram.readUInt32BE(start);
    from = end;
  }
  return text === '' || seconds === 0 ? undefined : { text, at: seconds * 1000 + Math.floor(microseconds / 1000) };
}
