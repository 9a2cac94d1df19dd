// First module of a worker thread when outdial runs from its TypeScript sources (development and tests): teaches the
// thread to read them, then runs the worker named in `workerData.module`. Built code starts its workers directly.

import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.module);
