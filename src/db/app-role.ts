import type pg from 'pg'

/** Works with the rows and owns no table, so that row-level security holds and no request can change the structure. */
export const appRole = 'tradewind_app'

/** Takes its place for work in the scope of one firm: it reaches that firm's rows and what is every firm's to read, nothing else. */
export const firmRole = 'tradewind_firm'

/** Reference facts, and what was loaded without any figure of it. Trade and the register are read through the views of schema firm. */
const sharedTables = [
  'country',
  'country_group',
  'district',
  'hs_chapter',
  'hs_concordance',
  'hs_line',
  'hs_section',
  'hs_subheading',
  'notice',
  'ownership',
  'province',
  'slice',
  'slice_gap',
  'supervision_mode',
  'trade_mode',
  'training_event',
  'transport_mode',
  'unit',
]

/** Any number that nothing else in this database uses as an advisory lock. */
const roleLock = 7_420_002

export interface AppRole {
  /** Role to connect the service with; null where the server does not allow one. */
  role: string | null
  /** What an administrator should know; null when all is well. */
  note: string | null
}

/**
 * Makes the role where it is missing, gives it the rows of every table and checks that this user may take it on. Where the
 * user lacks CREATEROLE the service goes on as the owner: the policies are forced and hold for an owner too, unless it is
 * a superuser or has BYPASSRLS.
 */
export async function ensureAppRole(pool: pg.Pool): Promise<AppRole> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [roleLock])
    for (const role of [appRole, firmRole]) await makeRole(client, role)
    await grantRows(client)
    return { role: appRole, note: null }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { role: null, note: await refusalNote(client, (error as Error).message) }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [roleLock]).catch(() => {})
    client.release()
  }
}

async function makeRole(client: pg.PoolClient, role: string): Promise<void> {
  const found = await client.query('select from pg_roles where rolname = $1', [role])
  // Roles belong to the server: a service on another database of it may make the same one at this moment.
  if (found.rowCount === 0) await client.query(`create role ${role} nologin`).catch(ignoreExisting)
  if (!(await mayTakeOn(client, role))) await client.query(`grant ${role} to current_user`)
}

async function mayTakeOn(client: pg.PoolClient, role: string): Promise<boolean> {
  try {
    await client.query(`set role ${role}`)
    await client.query('reset role')
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

async function grantRows(client: pg.PoolClient): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`grant usage on schema public to ${appRole}`)
    await client.query(`grant select, insert, update, delete on all tables in schema public to ${appRole}`)
    await client.query(`grant usage on all sequences in schema public to ${appRole}`)
    // What was done stays on record, and the structure's own record is the migrations'.
    await client.query(`revoke insert, update, delete on migration from ${appRole}`)
    await client.query(`revoke update, delete on audit_entry from ${appRole}`)
    await grantFirmRows(client)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** The tables of enterprises, where row-level security is forced; a new table of another kind is out of reach until it is named above. */
async function grantFirmRows(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
     where relnamespace = 'public'::regnamespace and relrowsecurity and relforcerowsecurity order by 1`,
  )
  const owned = rows.map(({ name }) => name).join(', ')
  await client.query(`grant usage on schema public, firm to ${firmRole}`)
  await client.query(`grant select on all tables in schema firm to ${firmRole}`)
  await client.query(`grant select on ${sharedTables.join(', ')} to ${firmRole}`)
  await client.query(`grant select, insert, update, delete on ${owned} to ${firmRole}`)
  await client.query(`grant update (taken) on training_event to ${firmRole}`)
  await client.query(`grant usage on all sequences in schema public to ${firmRole}`)
}

function ignoreExisting(error: { code?: string }): void {
  if (error.code !== '42710' && error.code !== '23505') throw error
}

/** insufficient_privilege, or a grant the server does not let this user make. */
function isRefusal(error: unknown): boolean {
  return ['42501', '0LP01'].includes((error as { code?: string }).code ?? '')
}

async function refusalNote(client: pg.PoolClient, reason: string): Promise<string> {
  const { rows } = await client.query<{ user: string; exempt: boolean }>(
    'select current_user as user, rolsuper or rolbypassrls as exempt from pg_roles where rolname = current_user',
  )
  const user = rows[0]?.user ?? 'the user'
  const holds = rows[0]?.exempt
    ? 'and row-level security does not hold for it: only the checks of the service keep firms apart'
    : 'and row-level security is forced on it'
  return (
    `DATABASE_URL: ${user}: may not use role ${appRole} (${reason}); the service runs as ${user}, ${holds}. ` +
    `To separate them, an administrator runs: create role ${appRole} nologin; create role ${firmRole} nologin; grant ${appRole}, ${firmRole} to ${user};`
  )
}
