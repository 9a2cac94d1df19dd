import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Two cores, but most of the time is spent in waiting for phones.
    maxWorkers: 3,
    // Real phones and real Asterisks on a busy machine: what fails once is tried again, what is broken fails thrice.
    retry: process.env.CI === 'true' ? 2 : 0,
  },
});
