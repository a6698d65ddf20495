-- The language in which an athlete is written to (BCP 47, such as de-AT); '': not known.
ALTER TABLE athlete ADD COLUMN language text NOT NULL DEFAULT '';
