// A fault in what it holds takes nothing else of the page with it: something else is shown in its place.

import { Component, type ReactNode } from 'react';

interface GuardProps {
  readonly children: ReactNode;
  readonly broken: ReactNode;
}

interface GuardState {
  readonly isBroken: boolean;
}

export class Guard extends Component<GuardProps, GuardState> {
  override state: GuardState = { isBroken: false };

  static getDerivedStateFromError(): GuardState {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? this.props.broken : this.props.children;
  }
}
