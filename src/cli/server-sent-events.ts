// Server-Sent Events out of a stream of bytes.

export interface ServerSentEvent {
  readonly type: string;
  readonly data: unknown;
}

/** Each complete event of `stream`, its data read as JSON; comments and events without data are passed over. */
export async function* readServerSentEvents(
  stream: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of stream as AsyncIterable<Uint8Array>) {
    const blocks = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseBlock(block);
      if (event) yield event;
    }
  }
}

function parseBlock(block: string): ServerSentEvent | undefined {
  const lines = block.split('\n');
  const field = (name: string): string[] =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trimStart());
  const data = field('data').join('\n');
  return data === '' ? undefined : { type: field('event')[0] ?? 'message', data: JSON.parse(data) as unknown };
}
