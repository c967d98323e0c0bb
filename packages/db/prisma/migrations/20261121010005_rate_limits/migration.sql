-- How often something was tried: the hash of what, how often, and until when (milliseconds since 1970). No tenant's rows:
-- whoever tries may not have signed in yet. The library names no columns when it inserts: their order matters.
CREATE TABLE rate_limits (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
CREATE INDEX rate_limits_by_expire ON rate_limits (expire);

GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO secateur_web;
