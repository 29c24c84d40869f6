-- Finds in a Supabase or plain PostgreSQL database what goes around row level security. Prints one line a finding, nothing if all is well.
-- usage: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -AtX -f check_rls.sql        (exit 0 and no line; reads the catalogue only; schema public)
with api_roles as (
  select oid, rolname from pg_roles where rolname in ('anon', 'authenticated')
), tables as (
  select c.oid, c.relname, c.relkind, c.relrowsecurity, coalesce(c.reloptions, '{}') as options
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
), policies as (
  select p.*, t.relname, pg_get_expr(p.polqual, p.polrelid) as uses, pg_get_expr(p.polwithcheck, p.polrelid) as checks
  from pg_policy p join tables t on t.oid = p.polrelid
)
select 'table ' || relname || ': no row level security' from tables where relkind in ('r', 'p') and not relrowsecurity
union all
select 'table ' || relname || ': row level security without a policy, so that only owners and service roles see rows'
from tables t where relkind in ('r', 'p') and relrowsecurity and not exists (select from pg_policy p where p.polrelid = t.oid)
union all
select 'policy "' || polname || '" of ' || relname || ': everybody who has the key may write'
from policies where polcmd in ('*', 'a', 'w', 'd') and polpermissive and coalesce(checks, uses) ~ '^\(?(true|1 = 1)\)?$'
  and (polroles && (select coalesce(array_agg(oid), '{}') from api_roles) or 0 = any (polroles))
union all
select 'policy "' || polname || '" of ' || relname || ': rights from user_metadata, which users write themselves'
from policies where coalesce(uses, '') || coalesce(checks, '') like '%user_metadata%'
union all
select 'view ' || relname || ': runs with its owner''s rights; set security_invoker = on'
from tables where relkind = 'v' and not options && array['security_invoker=on', 'security_invoker=true', 'security_invoker=1']
  and exists (select from api_roles r where has_table_privilege(r.oid, tables.oid, 'select'))
union all
select 'materialized view ' || relname || ': has no row level security, yet can be read with the public key'
from tables where relkind = 'm' and exists (select from api_roles r where has_table_privilege(r.oid, tables.oid, 'select'))
union all
select 'function ' || p.oid::regprocedure || ': security definer without a fixed search_path'
from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
  and not exists (select from unnest(p.proconfig) s where s like 'search_path=%')
order by 1;
