// The picture of a workspace, numbered: which section has changed since which number. A reader that has read one number is
// sent the sections that are newer; one that has read nothing, or of another run of the daemon, the whole.

import type { Sections } from './workspace-view.ts';

type Name = keyof Sections;

interface Section {
  readonly value: Sections[Name];
  readonly text: string;
  /** The number of the picture that it was first in. */
  readonly version: number;
}

export class NumberedPicture {
  /** Of this run of the daemon: numbers of another run mean nothing here. */
  readonly #epoch: string;
  readonly #shown = new Map<Name, Section>();
  #version = 0;

  constructor(epoch: string) {
    this.#epoch = epoch;
  }

  get version(): number {
    return this.#version;
  }

  /** Of the picture, as the id of an event. */
  get id(): string {
    return `${this.#epoch}-${this.#version}`;
  }

  /** The picture has a new number when a section is other. */
  take(sections: Sections): void {
    const next = this.#version + 1;
    for (const name of Object.keys(sections) as Name[]) {
      const value = sections[name];
      const before = this.#shown.get(name);
      if (before !== undefined && before.value === value) continue;
      const text = JSON.stringify(value);
      if (before?.text === text) continue;
      this.#shown.set(name, { value, text, version: next });
      this.#version = next;
    }
  }

  /** The number that was read; undefined where the reader has to begin again. */
  versionIn(id: string | undefined): number | undefined {
    const [, epoch, text = ''] = /^([\w]{1,32})-(\d{1,15})$/.exec(id ?? '') ?? [];
    const version = Number(text);
    return epoch === this.#epoch && version <= this.#version ? version : undefined;
  }

  /** A `DeskChange` as JSON: each section has been written for its number already. */
  changeSince(version: number, at: number): string {
    const changed = [...this.#shown].filter(([, section]) => section.version > version);
    const sections = changed.map(([name, { text }]) => `,"${name}":${text}`);
    return `{"at":${at},"version":${this.#version}${sections.join('')}}`;
  }
}
