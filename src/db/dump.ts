import type pg from 'pg'

/**
 * The structure of the database as text, so that a migration's effect is reviewed as a diff. Partitions are left out:
 * they repeat their parent. Same text on every supported Postgres version.
 */
export async function dumpSchema(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ name: string; lines: string[] }>(tables)
  return rows
    .map((table) => `table ${table.name}\n${table.lines.map((line) => `  ${line}\n`).join('')}`)
    .join('\n')
}

const tables = `
  with relation as (
    select c.oid, c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  ), line as (
    select r.oid, 1 as kind, a.attnum::int as place,
      a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || case when a.attnotnull then ' not null' else '' end
        || case when a.attidentity <> '' then ' identity' else '' end
        || coalesce(case when a.attgenerated <> '' then ' generated ' else ' default ' end
             || pg_get_expr(d.adbin, d.adrelid), '') as text
    from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    union all
    select r.oid, 2, row_number() over (partition by r.oid order by c.conname)::int,
      'constraint ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
    from relation r join pg_constraint c on c.conrelid = r.oid and c.contype in ('p', 'u', 'f', 'c', 'x')
    union all
    select r.oid, 3, row_number() over (partition by r.oid order by i.indexrelid::regclass::text)::int,
      pg_get_indexdef(i.indexrelid)
    from relation r join pg_index i on i.indrelid = r.oid
    where not exists (select from pg_constraint c where c.conindid = i.indexrelid)
    union all
    select r.oid, 4, row_number() over (partition by r.oid order by p.polname)::int,
      'policy ' || p.polname || ' using ' || coalesce(pg_get_expr(p.polqual, p.polrelid), 'true')
    from relation r join pg_policy p on p.polrelid = r.oid
  )
  select r.relname as name, array_agg(l.text order by l.kind, l.place) as lines
  from relation r join line l using (oid) group by r.relname order by r.relname`
