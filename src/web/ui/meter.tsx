// How loud it is now: a bar with its name. To a screen reader it is a meter that is read when asked for.

import type { ReactElement } from 'react';
import { Label, Meter as KitMeter } from 'react-aria-components';

const WIDTH = 100;

export function Meter({ label, share }: { readonly label: string; readonly share: number }): ReactElement {
  return (
    <KitMeter className="meter" value={Math.round(share * 100)}>
      <Label className="label">{label}</Label>
      <svg className="meter-bar" viewBox={`0 0 ${WIDTH} 6`} preserveAspectRatio="none" aria-hidden="true">
        <rect className="track" width={WIDTH} height="6" />
        <rect className="share" width={Math.round(share * WIDTH)} height="6" />
      </svg>
    </KitMeter>
  );
}
