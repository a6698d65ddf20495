-- Whose doing an alert is about: that practitioner does not acknowledge it. NULL: nobody's.
ALTER TABLE alert ADD about_id uuid;
