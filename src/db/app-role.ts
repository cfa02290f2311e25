import type pg from 'pg'

/** Works with the rows and owns no table, so that row-level security holds and no request can change the structure. */
export const appRole = 'tradewind_app'

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
    await makeRole(client)
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

async function makeRole(client: pg.PoolClient): Promise<void> {
  const found = await client.query('select from pg_roles where rolname = $1', [appRole])
  // Roles belong to the server: a service on another database of it may make the same one at this moment.
  if (found.rowCount === 0) await client.query(`create role ${appRole} nologin`).catch(ignoreExisting)
  if (!(await mayTakeOn(client))) await client.query(`grant ${appRole} to current_user`)
}

async function mayTakeOn(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query(`set role ${appRole}`)
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
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
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
    `To separate them, an administrator runs: create role ${appRole} nologin; grant ${appRole} to ${user};`
  )
}
