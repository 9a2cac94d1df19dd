// The records: the table of those that are asked for, and one of them on a page.

import type { ReactElement } from 'react';
import type { ViewProps } from '../view.tsx';
import { RecordPage } from './record-page.tsx';
import '../parts.css';
import './records.css';
import { RecordTable } from './record-table.tsx';

export function Records({ rest, query }: ViewProps): ReactElement {
  const [id = ''] = rest;
  return /^\d+$/.test(id) ? <RecordPage key={id} id={Number(id)} /> : <RecordTable query={query} />;
}
