-- Phrases and note templates come with the programs too; they are not in the table. A row without content
-- takes the one of that code out, for its clinic or its organisation.
ALTER TABLE wording ALTER COLUMN content DROP NOT NULL;
