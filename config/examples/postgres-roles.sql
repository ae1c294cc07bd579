-- Least privilege for the central store in PostgreSQL. Run it once as a superuser, in the store's database, after the
-- hub has created its tables there as their owner; run it again after the catalogue has changed (docs/postgres.md).
--
--   musubi_writer   the hub: adds and changes records, reads them; creates, alters and drops nothing
--   musubi_reader   who asks: reads the records of one jurisdiction, the one in the setting musubi.jurisdiction
--
-- The two are given no password here:  \password musubi_writer
-- The name of the schema is the one below. Without the field report.jurisdiction.code there are no policies.
DO $roles$
DECLARE
  store CONSTANT text := 'musubi';
  owner CONSTANT text := (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = store);
  kind text;
  item record;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'musubi_writer') THEN
    -- COPY does not go into a table whose rows are chosen by policies, so the hub stands above them.
    CREATE ROLE musubi_writer LOGIN NOINHERIT BYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'musubi_reader') THEN
    CREATE ROLE musubi_reader LOGIN NOINHERIT NOBYPASSRLS;
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO musubi_writer, musubi_reader', store);
  EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO musubi_writer, musubi_reader', store);
  EXECUTE format('GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO musubi_writer', store);
  EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I.musubi_store FROM musubi_writer', store);
  EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO musubi_writer', store);
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO musubi_writer', current_database());
  EXECUTE format('REVOKE ALL ON %I.delivery_receipt FROM musubi_reader', store);
  -- What the owner will create is for the hub at once; for readers only when its policies stand, by this script.
  EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES '
                 'TO musubi_writer', owner, store);

  FOREACH kind IN ARRAY ARRAY['case_report', 'health_observation', 'facility_report', 'published_count'] LOOP
    -- A table without the field shows nothing: what nobody released to a jurisdiction is not its.
    EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', store, kind);
    EXECUTE format('DROP POLICY IF EXISTS musubi_jurisdiction ON %I.%I', store, kind);
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = format('%I.%I', store, kind)::regclass
               AND attname = 'report_jurisdiction_code' AND NOT attisdropped) THEN
      EXECUTE format('CREATE POLICY musubi_jurisdiction ON %I.%I FOR SELECT TO musubi_reader USING '
                     '(report_jurisdiction_code = current_setting(''musubi.jurisdiction'', true))', store, kind);
    END IF;
    -- History and items: those of the cases that are to be seen.
    FOR item IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = store::regnamespace AND c.relkind = 'r'
                AND starts_with(c.relname, kind || '_') LOOP
      EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', store, item.relname);
      EXECUTE format('DROP POLICY IF EXISTS musubi_jurisdiction ON %I.%I', store, item.relname);
      EXECUTE format('CREATE POLICY musubi_jurisdiction ON %I.%I FOR SELECT TO musubi_reader USING '
                     '(EXISTS (SELECT FROM %I.%I AS c WHERE c.record = %I.record))',
                     store, item.relname, store, kind, item.relname);
    END LOOP;
  END LOOP;
END
$roles$;
