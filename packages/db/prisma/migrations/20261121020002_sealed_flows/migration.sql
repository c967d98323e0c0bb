SET LOCAL ROLE secateur_owner;

-- Of a sign-in at a network one sees across tenants what it is sealed to, and nothing else.
CREATE POLICY across_tenants ON oauth_flows FOR SELECT TO secateur_across USING (true);
GRANT SELECT (secret, answer) ON oauth_flows TO secateur_across;

RESET ROLE;
SET LOCAL ROLE secateur_across;

-- What is on its way in a sign-in is sealed to the workers' key too.
CREATE OR REPLACE FUNCTION across.sealed_to() RETURNS TABLE (key_id text, secrets bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT encode(substr(s.sealed, 2, 8), 'hex'), count(*)
  FROM (SELECT c.sealed FROM connections c
        UNION ALL SELECT f.secret FROM oauth_flows f
        UNION ALL SELECT f.answer FROM oauth_flows f) s
  WHERE substr(s.sealed, 1, 1) IN ('\x01', '\x03') GROUP BY 1 ORDER BY 1
$$;

RESET ROLE;
