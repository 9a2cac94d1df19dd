// What is live, changed by the one reducer.

import { AT_FIRST, reduce, type Live, type LiveEvent } from './live.ts';
import { Value } from './value.ts';

export class LiveStore extends Value<Live> {
  constructor() {
    super(AT_FIRST);
  }

  readonly take = (event: LiveEvent): void => this.set(reduce(this.get(), event));
}
