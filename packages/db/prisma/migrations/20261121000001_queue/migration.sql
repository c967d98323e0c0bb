-- What @secateur/queue needs in the database, as the migration holds it. Run as the server's admin.
-- graphile-worker's own tables are installed beside it, one schema a lane: queue_critical, queue_standard,
-- queue_background, all owned by secateur_queue.

CREATE SCHEMA IF NOT EXISTS queue AUTHORIZATION secateur_queue;
GRANT USAGE ON SCHEMA queue TO secateur_web, secateur_worker;

SET LOCAL ROLE secateur_queue;

-- The worker processes now alive. A row without a living process is a dead member that nobody has swept yet.
CREATE TABLE queue.fleet (
  member_id uuid PRIMARY KEY,
  name text NOT NULL,
  -- What graphile-worker writes into locked_by for this member, one for each lane that it runs.
  pool_ids text[] NOT NULL DEFAULT '{}',
  -- Key of the session-level advisory lock that the member holds while it lives.
  lock_key bigint NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Written on the connection that holds the lock: a beat proves that the lock was held then.
  beat_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  host text NOT NULL,
  pid integer NOT NULL
);

-- Since when the server has not crashed. Unlogged on purpose: a crash empties it, also one after which the postmaster
-- starts its processes again under its old start time. Every advisory lock is gone then although the members live.
CREATE UNLOGGED TABLE queue.era (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  began timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO queue.era DEFAULT VALUES;

-- Adds jobs in the caller's transaction and returns how many there are now (a repeated key counts once).
-- payloads: a JSON array of objects; job_keys: as long, null where a job has no key.
-- A waiting job with the same key is replaced. A running one is left alone and a second one follows it, since the
-- first may already have read the rows that this transaction changes.
CREATE FUNCTION queue.enqueue_many(
  lane text, task text, payloads json, job_keys text[], priority integer, max_attempts integer
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  keyed integer;
  keyless integer;
  added integer;
BEGIN
  IF lane IS NULL OR lane NOT IN ('critical', 'standard', 'background') THEN
    RAISE EXCEPTION 'unknown lane %', lane USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF json_array_length(payloads) <> coalesce(cardinality(job_keys), 0) THEN
    RAISE EXCEPTION 'payloads and job_keys differ in length' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT count(DISTINCT k), count(*) FILTER (WHERE k IS NULL) INTO keyed, keyless FROM unnest(job_keys) AS t(k);
  IF keyed + keyless = 0 THEN
    RETURN 0;
  END IF;
  -- graphile-worker's add_jobs looks for a running job with the key, then inserts. A worker that takes the job between
  -- the two makes the insert do nothing, and the wake-up would be lost: another look sees it running.
  FOR attempt IN 1..10 LOOP
    -- Ordered by key, so that two transactions with the same keys wait for each other instead of deadlocking.
    EXECUTE format($add$
      SELECT count(*) FROM %1$I.add_jobs((
        SELECT array_agg(
          ROW($1, j.payload, NULL::text, NULL::timestamptz, $4::smallint, j.key, $5::smallint, NULL::text[])::%1$I.job_spec
          ORDER BY j.key, j.ord)
        FROM (
          SELECT DISTINCT ON (k.key, CASE WHEN k.key IS NULL THEN p.ord END) p.payload, k.key, p.ord
          FROM json_array_elements($2) WITH ORDINALITY AS p(payload, ord)
          JOIN unnest($3) WITH ORDINALITY AS k(key, ord) USING (ord)
          WHERE $6 = 1 OR k.key IS NOT NULL
          ORDER BY k.key, CASE WHEN k.key IS NULL THEN p.ord END, p.ord DESC
        ) AS j
      ))$add$, 'queue_' || lane)
    INTO added USING task, payloads, job_keys, max_attempts, priority, attempt;
    IF added >= keyed + (CASE attempt WHEN 1 THEN keyless ELSE 0 END) THEN
      RETURN keyed + keyless;
    END IF;
  END LOOP;
  RAISE EXCEPTION 'job % could not be added', task USING ERRCODE = 'serialization_failure';
END;
$$;

-- One job: see queue.enqueue_many.
CREATE FUNCTION queue.enqueue(
  lane text, task text, payload json, job_key text, priority integer, max_attempts integer
) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT queue.enqueue_many(lane, task, json_build_array(payload), ARRAY[job_key], priority, max_attempts);
$$;

REVOKE ALL ON FUNCTION queue.enqueue_many(text, text, json, text[], integer, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION queue.enqueue(text, text, json, text, integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION queue.enqueue_many(text, text, json, text[], integer, integer) TO secateur_web, secateur_worker;
GRANT EXECUTE ON FUNCTION queue.enqueue(text, text, json, text, integer, integer) TO secateur_web, secateur_worker;

RESET ROLE;
