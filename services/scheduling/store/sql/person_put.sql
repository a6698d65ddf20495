-- What record $2 has with person $3 goes to person $4, behind person_lock. Visits that overlap the new
-- person's stay. By appointment_by_athlete, training_session_near, visit_plan_of_athlete,
-- open_review_of_person and waitlist_entry_of_athlete. Locks: the rows.
SELECT person_put($1, $2, $3, $4)
