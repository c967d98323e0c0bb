SET LOCAL ROLE secateur_owner;

-- Intent first, where a network has keys at all: elsewhere the committed row alone is the intent, and sending it twice is harmless.
ALTER TABLE "effects" ADD COLUMN "keyed" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE effects DROP CONSTRAINT effects_key_before_write;
ALTER TABLE effects ADD CONSTRAINT effects_key_before_write
  CHECK (NOT keyed OR action = 'mute' OR state NOT IN ('applying', 'applied', 'lifting') OR key IS NOT NULL);

RESET ROLE;
