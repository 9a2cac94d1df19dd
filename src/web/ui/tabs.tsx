// Leaves of one place, of which one is seen.

import type { ReactElement, ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as KitTabs } from 'react-aria-components';

interface TabsProps {
  readonly name: string;
  readonly tabs: readonly { readonly id: string; readonly label: string; readonly content: ReactNode }[];
}

export function Tabs({ name, tabs }: TabsProps): ReactElement {
  return (
    <KitTabs className="tabs">
      <TabList className="tab-list" aria-label={name}>
        {tabs.map(({ id, label }) => (
          <Tab key={id} id={id} className="tab">
            {label}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content }) => (
        <TabPanel key={id} id={id} className="tab-panel">
          {content}
        </TabPanel>
      ))}
    </KitTabs>
  );
}
