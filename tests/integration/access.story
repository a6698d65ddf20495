# Who reads an athlete's record: the own clinics, the athlete, the lead; another breaks the glass.
{"at": "2026-03-02T06:00:00Z"}
{"call": "Directory.CreateOrganisation", "with": {"organisation_id": "0195531a-0000-7000-8000-0000000000f1", "name": "Access"}}
{"key": "a.lead", "roles": "clinic_lead,front_desk", "organisation": "0195531a-0000-7000-8000-0000000000f1"}
{"call": "Directory.CreateClinic", "as": "a.lead", "with": {"name": "Home", "zone": "UTC"}, "keep": "home"}
{"call": "Directory.CreateClinic", "as": "a.lead", "with": {"name": "Far", "zone": "UTC"}, "keep": "far"}
{"call": "Directory.CreateRoom", "as": "a.lead", "with": {"name": "H", "clinic_id": "${home.clinic_id}"}}
{"call": "Directory.CreateRoom", "as": "a.lead", "with": {"name": "F", "clinic_id": "${far.clinic_id}"}}
{"call": "Directory.CreatePractitioner", "as": "a.lead", "with": {"given_name": "Hanna", "family_name": "Home", "clinic_ids": ["${home.clinic_id}"]}, "keep": "hanna"}
{"call": "Directory.CreatePractitioner", "as": "a.lead", "with": {"given_name": "Finn", "family_name": "Far", "clinic_ids": ["${far.clinic_id}"]}, "keep": "finn"}
{"call": "Directory.CreatePractitioner", "as": "a.lead", "with": {"given_name": "Sue", "family_name": "Senior", "clinic_ids": ["${far.clinic_id}"]}, "keep": "sue"}
{"key": "a.hanna", "roles": "practitioner", "organisation": "0195531a-0000-7000-8000-0000000000f1", "subject": "${hanna.practitioner_id}"}
{"key": "a.finn", "roles": "practitioner,front_desk", "organisation": "0195531a-0000-7000-8000-0000000000f1", "subject": "${finn.practitioner_id}"}
{"key": "a.sue", "roles": "practitioner", "organisation": "0195531a-0000-7000-8000-0000000000f1", "subject": "${sue.practitioner_id}"}
# A practitioner's key that names nobody.
{"key": "a.locum", "roles": "practitioner", "organisation": "0195531a-0000-7000-8000-0000000000f1"}
{"key": "a.other", "roles": "practitioner", "organisation": "0195531a-0000-7000-8000-0000000000f2", "subject": "${finn.practitioner_id}"}
{"call": "Scheduling.PutService", "as": "a.lead", "with": {"name": "Visit", "duration_minutes": 30}, "keep": "service"}
{"call": "Scheduling.SetWorkingHours", "as": "a.lead", "with": {"practitioner_id": "${hanna.practitioner_id}", "clinic_id": "${home.clinic_id}", "hours": [{"weekday": 1, "opens": "00:00", "closes": "24:00"}, {"weekday": 2, "opens": "00:00", "closes": "24:00"}]}}
{"call": "Scheduling.SetWorkingHours", "as": "a.lead", "with": {"practitioner_id": "${finn.practitioner_id}", "clinic_id": "${far.clinic_id}", "hours": [{"weekday": 1, "opens": "00:00", "closes": "24:00"}, {"weekday": 2, "opens": "00:00", "closes": "24:00"}]}}
{"call": "Directory.RegisterAthlete", "as": "a.lead", "with": {"athlete": {"given_name": "Ana", "family_name": "Berger", "birth_date": "1994-05-11", "zone": "UTC", "home_clinic_id": "${home.clinic_id}"}}, "keep": "ana"}
{"key": "a.ana", "roles": "athlete", "organisation": "0195531a-0000-7000-8000-0000000000f1", "subject": "${ana.athlete_id}"}
{"call": "Directory.RecordConsent", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}", "purpose": "treatment", "granted": true, "text_version": "v1", "copy_given": true}}
{"call": "Scheduling.Book", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${home.clinic_id}", "practitioner_id": "${hanna.practitioner_id}", "starts_at": "2026-03-02T16:00:00Z"}, "keep": "hers"}
{"call": "Notes.CreateScreeningLink", "as": "a.finn", "with": {"appointment_id": "${hers.appointment_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.CreateScreeningLink", "as": "a.hanna", "with": {"appointment_id": "${hers.appointment_id}"}}
{"at": "2026-03-02T08:00:00Z"}

# Her home clinic treats her; Sue of the other clinic is asked to sign too.
{"call": "Notes.OpenEncounter", "as": "a.hanna", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${hanna.practitioner_id}", "clinic_id": "${home.clinic_id}"}, "keep": "e"}
{"call": "Notes.RecordScreening", "as": "a.hanna", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${e.encounter_id}"}}
{"call": "Notes.SignNote", "as": "a.hanna", "with": {"encounter_id": "${e.encounter_id}", "cosigner_id": "${sue.practitioner_id}", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "drivers": ["load"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left"}], "sites": [{"muscle": "gastrocnemius", "side": "left", "approach": "deep", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}]}}, "keep": "n"}
{"call": "Notes.RecordAdverseEvent", "as": "a.hanna", "with": {"note_id": "${n.note_id}", "kind": "bruising", "occurred_at": "2026-03-02T08:00:00Z"}}
{"call": "Notes.GetNote", "as": "a.hanna", "with": {"note_id": "${n.note_id}"}, "expect": {"athlete_id": "${ana.athlete_id}"}}
{"call": "Notes.GetNote", "as": "a.ana", "with": {"note_id": "${n.note_id}"}}
{"call": "Notes.ListNotes", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}"}, "expect": {"notes": [{}]}}
{"call": "Notes.GetNote", "as": "a.locum", "with": {"note_id": "${n.note_id}"}, "fails": "PERMISSION_DENIED"}

# Nobody gives the right to read to a colleague of another clinic by opening a record for them.
{"call": "Notes.OpenEncounter", "as": "a.hanna", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${finn.practitioner_id}", "clinic_id": "${home.clinic_id}"}, "fails": "PERMISSION_DENIED"}

# Finn of the other clinic is refused by every door, and nothing is opened for him.
{"call": "Notes.GetNote", "as": "a.finn", "with": {"note_id": "${n.note_id}"}, "fails": "PERMISSION_DENIED"}
{"say": "${refusal}"}
{"call": "Notes.ListNotes", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.OpenEncounter", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${finn.practitioner_id}", "clinic_id": "${far.clinic_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.RecordScreening", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${e.encounter_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.AddAddendum", "as": "a.finn", "with": {"note_id": "${n.note_id}", "text": "More", "reason": "Seen"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.CosignNote", "as": "a.finn", "with": {"note_id": "${n.note_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.RecordAdverseEvent", "as": "a.finn", "with": {"note_id": "${n.note_id}", "kind": "bruising", "occurred_at": "2026-03-02T08:00:00Z"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.ListAdverseEvents", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.ListAdverseEvents", "as": "a.finn", "with": {}, "expect": {"events": null}}
{"call": "Notes.SearchNotes", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.SearchNotes", "as": "a.finn", "with": {"text": "calf"}, "expect": {"notes": null}}
{"call": "Notes.SearchNotes", "as": "a.hanna", "with": {"text": "calf"}, "expect": {"notes": [{"note_id": "${n.note_id}"}]}}
{"call": "Notes.SearchNotes", "as": "a.locum", "with": {"text": "calf"}, "expect": {"notes": null}}
{"call": "Notes.ListAdverseEvents", "as": "a.hanna", "with": {}, "expect": {"events": [{}], "next_at": null}}
# Two of one instant: no page loses one, of all or of one athlete, and what came of it is told.
{"call": "Notes.RecordAdverseEvent", "as": "a.hanna", "with": {"note_id": "${n.note_id}", "kind": "pneumothorax", "occurred_at": "2026-03-02T08:00:00Z", "admission": true}, "keep": "worse"}
{"call": "Notes.ListAdverseEvents", "as": "a.hanna", "with": {"limit": 1}, "keep": "page", "expect": {"events": [{"adverse_event_id": "${worse.adverse_event_id}", "admission": true, "death": null}]}}
{"call": "Notes.ListAdverseEvents", "as": "a.hanna", "with": {"limit": 1, "before_at": "${page.next_at}", "before_id": "${page.next_id}"}, "keep": "page", "expect": {"events": [{"kind": "bruising", "admission": null}]}}
{"call": "Notes.ListAdverseEvents", "as": "a.hanna", "with": {"limit": 1, "before_at": "${page.next_at}", "before_id": "${page.next_id}"}, "expect": {"events": null, "next_at": null}}
{"call": "Notes.ListAdverseEvents", "as": "a.hanna", "with": {"athlete_id": "${ana.athlete_id}", "limit": 1}, "keep": "page", "expect": {"events": [{"kind": "pneumothorax"}]}}
{"call": "Notes.ListAdverseEvents", "as": "a.hanna", "with": {"athlete_id": "${ana.athlete_id}", "limit": 1, "before_at": "${page.next_at}", "before_id": "${page.next_id}"}, "expect": {"events": [{"kind": "bruising"}]}}
{"call": "Notes.GetNote", "as": "a.finn", "with": {"note_id": "0195531a-0000-7000-8000-00000000dead"}, "fails": "NOT_FOUND"}
{"call": "Notes.GetNote", "as": "a.other", "with": {"note_id": "${n.note_id}"}, "fails": "NOT_FOUND"}
{"call": "Notes.ListNotes", "as": "a.other", "with": {"athlete_id": "${ana.athlete_id}"}, "fails": "NOT_FOUND"}
{"call": "Notes.BreakGlass", "as": "a.other", "with": {"athlete_id": "${ana.athlete_id}", "reason": "Is she known here?"}, "fails": "NOT_FOUND"}

# Who is asked to sign one note reads that note, not the rest.
{"call": "Notes.GetNote", "as": "a.sue", "with": {"note_id": "${n.note_id}"}}
{"call": "Notes.CosignNote", "as": "a.sue", "with": {"note_id": "${n.note_id}", "text": "Seen"}}
{"call": "Notes.ListNotes", "as": "a.sue", "with": {"athlete_id": "${ana.athlete_id}"}, "fails": "PERMISSION_DENIED"}

# The glass: a reason, four hours, an alert for the lead; who may read anyway does not break it.
{"call": "Notes.BreakGlass", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "reason": "urgent"}, "fails": "INVALID_ARGUMENT"}
{"call": "Notes.BreakGlass", "as": "a.hanna", "with": {"athlete_id": "${ana.athlete_id}", "reason": "Out of curiosity"}, "fails": "FAILED_PRECONDITION"}
{"call": "Notes.BreakGlass", "as": "a.locum", "with": {"athlete_id": "${ana.athlete_id}", "reason": "Out of curiosity"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.BreakGlass", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "reason": "She is here with chest pain"}, "keep": "glass", "expect": {"until_at": "2026-03-02T12:00:00Z"}}
{"call": "Notes.GetNote", "as": "a.finn", "with": {"note_id": "${n.note_id}"}}
{"call": "Notes.ListNotes", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}"}, "expect": {"notes": [{}]}}
{"call": "Notes.SearchNotes", "as": "a.finn", "with": {"text": "calf"}, "expect": {"notes": [{"note_id": "${n.note_id}"}]}}
{"call": "Notes.BreakGlass", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "reason": "She is here with chest pain"}, "fails": "FAILED_PRECONDITION"}
# It is for reading and for treating at his own clinic: what others write takes nothing of his.
{"call": "Notes.SaveDraft", "as": "a.finn", "with": {"encounter_id": "${e.encounter_id}", "amends_note_id": "${n.note_id}", "note": {"complaint": "Mine"}}, "fails": "PERMISSION_DENIED"}
{"say": "${refusal}"}
{"call": "Notes.AddAddendum", "as": "a.finn", "with": {"note_id": "${n.note_id}", "text": "More", "reason": "Seen"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.CosignNote", "as": "a.finn", "with": {"note_id": "${n.note_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.ListNotes", "as": "a.sue", "with": {"athlete_id": "${ana.athlete_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Reminders.ListAlerts", "as": "a.lead", "with": {"open_only": true}, "keep": "alerts", "expect": {"alerts": [{"athlete_id": "${ana.athlete_id}", "clinic_id": "${home.clinic_id}"}]}}
{"say": "${alerts.alerts[0].reason}"}
{"call": "Reminders.AcknowledgeAlert", "as": "a.finn", "with": {"alert_id": "${alerts.alerts[0].alert_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Reminders.AcknowledgeAlert", "as": "a.lead", "with": {"alert_id": "${alerts.alerts[0].alert_id}"}}
{"call": "notes.ListAudit", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}", "limit": 4}, "expect": {"rows": [{"row": {"actor": "a.finn", "method": "soleus.v1.Notes.SearchNotes"}}, {"row": {"actor": "a.finn", "method": "soleus.v1.Notes.ListNotes"}}, {"row": {"actor": "a.finn", "method": "soleus.v1.Notes.GetNote", "record_id": "${n.note_id}"}}, {"row": {"actor": "a.finn", "method": "soleus.v1.Notes.BreakGlass", "record_id": "${glass.glass_id}", "reason": "She is here with chest pain"}}]}}
# What is asked before the visit is not his to answer or to lift.
{"call": "Notes.RecordScreening", "as": "a.hanna", "with": {"athlete_id": "${ana.athlete_id}", "appointment_id": "${hers.appointment_id}", "items": ["anticoagulants"]}, "expect": {"outcome": "proceed_with_care"}}
{"call": "Notes.RecordScreening", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "appointment_id": "${hers.appointment_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.RecordScreening", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${e.encounter_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.CreateScreeningLink", "as": "a.finn", "with": {"appointment_id": "${hers.appointment_id}"}, "fails": "PERMISSION_DENIED"}
# No other place's rules are his, and no colleague's name.
# Hanna's visit is not taken to his clinic, by nobody.
{"call": "Notes.OpenEncounter", "as": "a.finn", "with": {"appointment_id": "${hers.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${finn.practitioner_id}", "clinic_id": "${far.clinic_id}"}, "fails": "FAILED_PRECONDITION"}
{"say": "${refusal}"}
{"call": "Notes.OpenEncounter", "as": "a.lead", "with": {"appointment_id": "${hers.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${finn.practitioner_id}", "clinic_id": "${far.clinic_id}"}, "fails": "FAILED_PRECONDITION"}
{"call": "Scheduling.CheckIn", "as": "a.lead", "with": {"appointment_id": "${hers.appointment_id}"}}
{"call": "Notes.OpenEncounter", "as": "a.finn", "with": {"appointment_id": "${hers.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${finn.practitioner_id}", "clinic_id": "${far.clinic_id}"}, "fails": "FAILED_PRECONDITION"}
{"call": "Notes.OpenEncounter", "as": "a.hanna", "with": {"appointment_id": "${hers.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${hanna.practitioner_id}", "clinic_id": "${home.clinic_id}"}, "expect": {"practitioner_id": "${hanna.practitioner_id}"}}
{"call": "Notes.OpenEncounter", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${finn.practitioner_id}", "clinic_id": "${home.clinic_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.OpenEncounter", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${hanna.practitioner_id}", "clinic_id": "${home.clinic_id}"}, "fails": "PERMISSION_DENIED"}
{"at": "2026-03-02T11:59:59Z"}
{"call": "Notes.GetNote", "as": "a.finn", "with": {"note_id": "${n.note_id}"}}
{"call": "Notes.OpenEncounter", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${finn.practitioner_id}", "clinic_id": "${far.clinic_id}"}}
# A visit that he opened under it and wrote nothing of gives him a day.
{"at": "2026-03-03T11:59:58Z"}
{"call": "Notes.GetNote", "as": "a.finn", "with": {"note_id": "${n.note_id}"}}
{"at": "2026-03-03T12:00:00Z"}
{"call": "Notes.GetNote", "as": "a.finn", "with": {"note_id": "${n.note_id}"}, "fails": "PERMISSION_DENIED"}
# One that he signed lets him read on, and write under his own note, not under what others wrote.
{"call": "Notes.BreakGlass", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "reason": "She is here again with chest pain"}}
{"call": "Notes.OpenEncounter", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${finn.practitioner_id}", "clinic_id": "${far.clinic_id}"}, "keep": "his"}
{"call": "Notes.RecordScreening", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${his.encounter_id}"}}
{"call": "Notes.SignNote", "as": "a.finn", "with": {"encounter_id": "${his.encounter_id}", "note": {"complaint": "Chest pain", "tissue_to_calm": "None", "why_overloaded": "Not known", "modalities": [{"kind": "coaching", "minutes": 5}]}}, "keep": "signed"}
{"at": "2026-03-08T12:00:00Z"}
{"call": "Notes.GetNote", "as": "a.finn", "with": {"note_id": "${n.note_id}"}}
{"call": "Notes.AddAddendum", "as": "a.finn", "with": {"note_id": "${signed.note_id}", "text": "It was the calf again", "reason": "She called"}}
{"call": "Notes.AddAddendum", "as": "a.finn", "with": {"note_id": "${n.note_id}", "text": "More", "reason": "Seen"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.SaveDraft", "as": "a.finn", "with": {"encounter_id": "${e.encounter_id}", "amends_note_id": "${n.note_id}", "note": {"complaint": "Mine"}}, "fails": "PERMISSION_DENIED"}

# Who books, or moves a visit to themselves, gives themselves no right to read; what the desk books does.
{"call": "Scheduling.SetWorkingHours", "as": "a.lead", "with": {"practitioner_id": "${sue.practitioner_id}", "clinic_id": "${far.clinic_id}", "hours": [{"weekday": 1, "opens": "00:00", "closes": "24:00"}, {"weekday": 2, "opens": "00:00", "closes": "24:00"}]}}
{"call": "Scheduling.Book", "as": "a.sue", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${far.clinic_id}", "practitioner_id": "${sue.practitioner_id}", "starts_at": "2026-03-16T10:00:00Z"}, "keep": "own"}
{"call": "Notes.ListNotes", "as": "a.sue", "with": {"athlete_id": "${ana.athlete_id}"}, "fails": "PERMISSION_DENIED"}
{"say": "${refusal}"}
{"call": "Scheduling.CancelAppointment", "as": "a.sue", "with": {"appointment_id": "${own.appointment_id}", "reason": "not mine to book"}}
{"call": "Scheduling.Book", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${home.clinic_id}", "practitioner_id": "${hanna.practitioner_id}", "starts_at": "2026-03-16T11:00:00Z"}, "keep": "hannas"}
{"call": "Scheduling.Reschedule", "as": "a.sue", "with": {"appointment_id": "${hannas.appointment_id}", "clinic_id": "${far.clinic_id}", "practitioner_id": "${sue.practitioner_id}", "starts_at": "2026-03-16T12:00:00Z", "reason": "to me"}}
{"call": "Notes.ListNotes", "as": "a.sue", "with": {"athlete_id": "${ana.athlete_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Scheduling.CancelAppointment", "as": "a.lead", "with": {"appointment_id": "${hannas.appointment_id}", "reason": "to nobody"}}

# Who stands in at her clinic for one visit writes of that visit, not on what others wrote.
{"call": "Scheduling.Book", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${home.clinic_id}", "practitioner_id": "${finn.practitioner_id}", "starts_at": "2026-03-10T12:00:00Z", "override_reason": "stands in for Hanna"}, "keep": "standin"}
{"call": "Notes.AddAddendum", "as": "a.finn", "with": {"note_id": "${n.note_id}", "text": "More", "reason": "Seen"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.SaveDraft", "as": "a.finn", "with": {"encounter_id": "${e.encounter_id}", "amends_note_id": "${n.note_id}", "note": {"complaint": "Mine"}}, "fails": "PERMISSION_DENIED"}
{"call": "Scheduling.CancelAppointment", "as": "a.lead", "with": {"appointment_id": "${standin.appointment_id}", "reason": "Hanna is back"}}

# A visit at his clinic lets Finn read; a cancelled one does not.
{"call": "Scheduling.Book", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${far.clinic_id}", "practitioner_id": "${finn.practitioner_id}", "starts_at": "2026-03-10T10:00:00Z"}, "keep": "visit"}
{"call": "Notes.ListNotes", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}"}, "expect": {"notes": [{}]}}
{"call": "Notes.ListNotes", "as": "a.sue", "with": {"athlete_id": "${ana.athlete_id}"}, "expect": {"notes": [{}]}}
{"call": "Scheduling.CancelAppointment", "as": "a.lead", "with": {"appointment_id": "${visit.appointment_id}", "reason": "travels"}}
{"call": "Notes.RecordScreening", "as": "a.hanna", "with": {"athlete_id": "${ana.athlete_id}", "appointment_id": "${visit.appointment_id}"}, "fails": "FAILED_PRECONDITION"}
{"call": "Notes.ListNotes", "as": "a.sue", "with": {"athlete_id": "${ana.athlete_id}"}, "fails": "PERMISSION_DENIED"}

# Who moves to her clinic reads there; who leaves it reads what they treated.
{"call": "Directory.UpdatePractitioner", "as": "a.lead", "with": {"practitioner_id": "${finn.practitioner_id}", "given_name": "Finn", "family_name": "Far", "clinic_ids": ["${home.clinic_id}"]}}
{"call": "Directory.UpdatePractitioner", "as": "a.lead", "with": {"practitioner_id": "${hanna.practitioner_id}", "given_name": "Hanna", "family_name": "Home", "clinic_ids": ["${far.clinic_id}"]}}
{"call": "Notes.ListNotes", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}"}, "expect": {"notes": [{}]}}
{"call": "Notes.GetNote", "as": "a.hanna", "with": {"note_id": "${n.note_id}"}}

# Each daemon keeps a trail of who read or wrote what is one athlete's.
{"call": "Directory.GetAthlete", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}"}}
{"call": "directory.ListAudit", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}", "limit": 3}, "expect": {"rows": [{"row": {"actor": "a.finn", "actor_id": "${finn.practitioner_id}", "method": "soleus.v1.Directory.GetAthlete"}}, {"row": {"actor": "a.lead", "method": "soleus.v1.Directory.RecordConsent"}}, {"row": {"actor": "a.lead", "method": "soleus.v1.Directory.RegisterAthlete"}}]}}
{"call": "Scheduling.GetAppointment", "as": "a.finn", "with": {"appointment_id": "${visit.appointment_id}"}}
{"call": "scheduling.ListAudit", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}", "limit": 1}, "expect": {"rows": [{"row": {"actor": "a.finn", "method": "soleus.v1.Scheduling.GetAppointment", "record_id": "${visit.appointment_id}"}}]}}
{"call": "Scheduling.PutAthleteTiming", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "warn_hours": 20, "competition_hours": -1, "reason": "recovers fast"}}
{"call": "scheduling.ListAudit", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}", "limit": 1}, "expect": {"rows": [{"row": {"actor": "a.finn", "method": "soleus.v1.Scheduling.PutAthleteTiming"}}]}}
{"call": "Reminders.ListMessages", "as": "a.ana", "with": {"athlete_id": "${ana.athlete_id}"}}
{"call": "reminders.ListAudit", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}", "limit": 1}, "expect": {"rows": [{"row": {"actor": "a.ana", "actor_id": "${ana.athlete_id}", "method": "soleus.v1.Reminders.ListMessages"}}]}}
{"call": "Analytics.GetOutcome", "as": "a.hanna", "with": {"athlete_id": "${ana.athlete_id}"}}
{"call": "analytics.ListAudit", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}", "limit": 1}, "expect": {"rows": [{"row": {"actor": "a.hanna", "method": "soleus.v1.Analytics.GetOutcome"}}]}}
{"call": "directory.ListAudit", "as": "a.finn", "with": {}, "fails": "PERMISSION_DENIED"}
{"call": "notes.ListAudit", "as": "a.other", "with": {}, "fails": "PERMISSION_DENIED"}

# The desk adds to what was answered; who treats takes it back.
{"key": "a.desk", "roles": "front_desk", "organisation": "0195531a-0000-7000-8000-0000000000f1"}
{"call": "Notes.OpenEncounter", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${finn.practitioner_id}", "clinic_id": "${home.clinic_id}"}, "keep": "asked"}
{"call": "Notes.RecordScreening", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${asked.encounter_id}", "items": ["emergency"]}, "expect": {"outcome": "do_not_treat"}}
{"call": "Notes.RecordScreening", "as": "a.desk", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${asked.encounter_id}"}, "expect": {"outcome": "do_not_treat"}}
{"call": "Notes.RecordScreening", "as": "a.finn", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${asked.encounter_id}"}, "expect": {"outcome": "clear"}}

# Neither what is said of screening afterwards nor a withdrawal keeps a mistake from being put right; a slip of the
# keyboard is told.
{"call": "Notes.RecordScreening", "as": "a.hanna", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${e.encounter_id}", "items": ["ill"]}, "fails": "FAILED_PRECONDITION"}
{"call": "Directory.RecordConsent", "as": "a.lead", "with": {"athlete_id": "${ana.athlete_id}", "purpose": "treatment", "granted": false, "text_version": "v1"}}
{"call": "Notes.AmendNote", "as": "a.hanna", "with": {"note_id": "${n.note_id}", "reason": "A slip", "note": {"complaint": "Left calf tight, put right", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "drivers": ["load"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left"}], "sites": [{"muscle": "gastrocnemius", "side": "left", "approach": "deep", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 20000, "pain_during": {"value": 3}, "needles_in": 2000, "needles_out": 2000, "finding_keys": ["f1"]}]}}, "fails": "INVALID_ARGUMENT"}
{"call": "Notes.AmendNote", "as": "a.hanna", "with": {"note_id": "${n.note_id}", "reason": "A slip", "note": {"complaint": "Left calf tight, put right", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "drivers": ["load"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left"}], "sites": [{"muscle": "gastrocnemius", "side": "left", "approach": "deep", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}]}}, "expect": {"procedure_code": "20560"}}
