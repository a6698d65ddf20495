-- K2: who is a minor is known from the birth date, and not left to whoever asks. NULL: not known. A copy of
-- directory's, which goes when the athlete is erased.
ALTER TABLE athlete ADD birth_date date;
GRANT UPDATE (birth_date) ON athlete TO {{service}};
