// The arrows between features (src/README.md); wiring lives in http, jobs and cli only.
const features = ['reference', 'ingest', 'indicators', 'warnings', 'rcep', 'enterprises', 'analysis']

/** Which other features each feature may use. */
const arrows = {
  reference: [],
  ingest: ['reference'],
  indicators: ['reference'],
  warnings: ['reference', 'indicators'],
  rcep: ['reference'],
  enterprises: [],
  analysis: ['indicators'],
}

const featureRules = features.map((from) => ({
  name: `${from}-uses-only-its-arrows`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: `^src/(${features.filter((to) => to !== from && !arrows[from].includes(to)).join('|')})/` },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...featureRules,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'features-do-not-know-the-wiring',
      comment: 'http/schema.ts holds the contract of every route and is a leaf',
      severity: 'error',
      from: { path: `^src/(${features.join('|')}|db)/` },
      to: { path: '^src/(http|jobs|cli|web)/', pathNot: '^src/http/schema\\.ts$' },
    },
    {
      name: 'pure-files-do-no-io',
      comment:
        'every file of a feature is pure except queries, load, routes, job and the file readers of import/',
      severity: 'error',
      from: {
        path: `^src/(${features.join('|')})/`,
        pathNot: ['queries', 'load', 'routes', 'job', 'facts', 'read', 'secrets'].map(
          (word) => `^src/[a-z]+/.*${word}`,
        ),
      },
      to: {
        path: '^(node:)?(fs|net|http|https|child_process|worker_threads|os)(/|$)|^src/db/|^node_modules/(pg|kysely|fastify|nodemailer)/',
        pathNot: '^src/db/copy-text\\.ts$', // text alone
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'data-frames-are-loaded-in-their-thread',
      comment: 'the library takes half a second and 150 MB: nothing else may load it, not even by accident',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/analysis/answer\\.ts$' },
      to: { path: '^node_modules/danfojs-node/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-takes-only-types-from-the-server',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/(?!web/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'src-never-imports-scripts-or-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(scripts|test)/' },
    },
    {
      name: 'no-development-packages-in-the-server',
      severity: 'error',
      // the bench loads DuckDB only when it runs, and goes without where it is missing
      from: { path: '^src/', pathNot: '^src/(web/|cli/bench-query-duckdb)' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
    builtInModules: { add: [] },
  },
}
