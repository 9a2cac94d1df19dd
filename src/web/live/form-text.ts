// A half-typed form as one text, so that it is kept as any other that is typed: what stands in its inputs, or nothing where
// it is closed. Pure.

export type Inputs = Readonly<Record<string, string>>;

export const textOfInputs = (inputs: Inputs | null): string => (inputs === null ? '' : JSON.stringify(inputs));

/** Undefined: nothing is half typed. */
export const inputsOf = (text: string): Inputs | undefined => (text === '' ? undefined : (JSON.parse(text) as Inputs));

/** What somebody typed in words of their own; empty: they only chose. */
export const wordsOfForm = (text: string): string => inputsOf(text)?.['text']?.trim() ?? '';
