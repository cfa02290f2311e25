import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

function databaseProject(name: string, server: string | undefined): TestProjectConfiguration {
  return {
    test: {
      name,
      include: ['test/**/*.db.test.ts'],
      globalSetup: ['test/helpers/database-server.ts'],
      env: server ? { TRADEWIND_TEST_SERVER: server } : {},
      testTimeout: 60_000,
      hookTimeout: 60_000,
      maxWorkers: 2,
    },
  }
}

// Database tests run on the embedded Postgres, and once more on the server that TEST_DATABASE_URL names.
const givenServer = process.env.TEST_DATABASE_URL

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.db.test.ts'],
          testTimeout: 60_000,
        },
      },
      databaseProject('db', undefined),
      {
        test: {
          name: 'web',
          include: ['test/web/*.e2e.ts'],
          globalSetup: ['test/web/service.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          // A page may be slower than its patience when the machine is busy with something else.
          retry: 1,
          // After the others: a browser test waits for pages as long as a person would.
          sequence: { groupOrder: 1 },
        },
      },
      ...(givenServer ? [databaseProject('db-url', givenServer)] : []),
    ],
  },
})
