# A note is signed, added to, signed by a second person and amended; each version stays as it was.
{"at": "2026-03-02T06:00:00Z"}
{"call": "Directory.CreateOrganisation", "with": {"organisation_id": "0195531a-0000-7000-8000-0000000000e1", "name": "Signatures"}}
{"key": "s.lead", "roles": "clinic_lead,front_desk", "organisation": "0195531a-0000-7000-8000-0000000000e1"}
{"key": "s.other", "roles": "clinic_lead,practitioner", "organisation": "0195531a-0000-7000-8000-0000000000e2"}
{"call": "Directory.CreateClinic", "as": "s.lead", "with": {"name": "One", "zone": "UTC"}, "keep": "clinic"}
{"call": "Directory.CreateRoom", "as": "s.lead", "with": {"name": "R", "clinic_id": "${clinic.clinic_id}"}}
{"call": "Directory.CreatePractitioner", "as": "s.lead", "with": {"given_name": "Tom", "family_name": "Trainee", "clinic_ids": ["${clinic.clinic_id}"]}, "keep": "tom"}
{"call": "Directory.CreatePractitioner", "as": "s.lead", "with": {"given_name": "Sue", "family_name": "Senior", "clinic_ids": ["${clinic.clinic_id}"]}, "keep": "sue"}
{"call": "Directory.CreatePractitioner", "as": "s.lead", "with": {"given_name": "Lee", "family_name": "Later", "clinic_ids": ["${clinic.clinic_id}"]}, "keep": "lee"}
{"key": "s.tom", "roles": "practitioner", "organisation": "0195531a-0000-7000-8000-0000000000e1", "subject": "${tom.practitioner_id}"}
{"key": "s.sue", "roles": "practitioner", "organisation": "0195531a-0000-7000-8000-0000000000e1", "subject": "${sue.practitioner_id}"}
{"call": "Scheduling.PutService", "as": "s.lead", "with": {"name": "Visit", "duration_minutes": 30}, "keep": "service"}
{"call": "Scheduling.SetWorkingHours", "as": "s.lead", "with": {"practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}", "hours": [{"weekday": 1, "opens": "00:00", "closes": "24:00"}]}}
{"call": "Directory.RegisterAthlete", "as": "s.lead", "with": {"athlete": {"given_name": "Ana", "family_name": "Berger", "birth_date": "1994-05-11", "zone": "UTC", "home_clinic_id": "${clinic.clinic_id}"}}, "keep": "ana"}
{"key": "s.ana", "roles": "athlete", "organisation": "0195531a-0000-7000-8000-0000000000e1", "subject": "${ana.athlete_id}"}
{"call": "Directory.RecordConsent", "as": "s.lead", "with": {"athlete_id": "${ana.athlete_id}", "purpose": "treatment", "granted": true, "text_version": "v1", "copy_given": true}}
{"call": "Scheduling.Book", "as": "s.lead", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${clinic.clinic_id}", "practitioner_id": "${tom.practitioner_id}", "starts_at": "2026-03-02T09:00:00Z"}, "keep": "visit"}
{"call": "Notes.RecordScreening", "as": "s.tom", "with": {"athlete_id": "${ana.athlete_id}", "appointment_id": "${visit.appointment_id}"}}
{"call": "Notes.OpenEncounter", "as": "s.tom", "with": {"appointment_id": "${visit.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "keep": "e"}
{"at": "2026-03-02T09:30:00Z"}

# Who is asked to sign too is a practitioner, and another one.
{"call": "Notes.SignNote", "as": "s.tom", "with": {"encounter_id": "${e.encounter_id}", "cosigner_id": "0195531a-0000-7000-8000-00000000dead", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "modalities": [{"kind": "coaching", "minutes": 5}]}}, "fails": "INVALID_ARGUMENT"}
{"call": "Notes.SignNote", "as": "s.tom", "with": {"encounter_id": "${e.encounter_id}", "cosigner_id": "${tom.practitioner_id}", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "modalities": [{"kind": "coaching", "minutes": 5}]}}, "fails": "INVALID_ARGUMENT"}

# R2, O2: what follows from the note is said at once.
{"call": "Notes.SignNote", "as": "s.tom", "with": {"encounter_id": "${e.encounter_id}", "cosigner_id": "${sue.practitioner_id}", "note": {"complaint": "Left calf tight", "history": "Twice this season", "red_flags": ["Asked for night pain: none"], "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "drivers": ["load"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left", "instrument": "knee_to_wall", "value": {"value": 7.5}, "rater": "Tom", "device": "tape"}], "sites": [{"muscle": "gastrocnemius", "side": "left", "approach": "deep", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}], "modalities": [{"kind": "stretching", "minutes": 5, "dose": "3 x 30 s", "area": "calf", "side": "left"}], "measures": [{"instrument": "nprs", "area": "calf", "side": "left", "value": {"value": 5}, "moment": "before"}], "plan": [{"kind": "light_mobility", "day": 0, "last_day": 2, "text": "Ankle rocks", "dose": "5 min"}, {"kind": "activation", "day": 5, "text": "Calf raises"}]}}, "keep": "n", "expect": {"distinct_muscles": 1, "procedure_code": "20560", "due": [{"instrument": "nprs", "window": "48h", "due_at": "2026-03-04T09:30:00Z"}, {"window": "10d", "due_at": "2026-03-12T09:30:00Z"}, {"window": "4w", "due_at": "2026-03-30T09:30:00Z"}]}}
{"call": "Notes.GetNote", "as": "s.tom", "with": {"note_id": "${n.note_id}"}, "expect": {"version": 1, "amends_note_id": null, "amended_by_note_id": null, "cosigner_id": "${sue.practitioner_id}", "signatures": [{"seal": {"meaning": "author", "signer": "s.tom", "signer_id": "${tom.practitioner_id}", "number": 1, "content_hash": "${n.content_hash}"}}]}}

# The second signature: by who was asked, once.
{"call": "Notes.ListNotes", "as": "s.sue", "with": {"athlete_id": "${ana.athlete_id}"}, "expect": {"notes": [{"note_id": "${n.note_id}", "version": 1, "awaits_cosignature": true}]}}
{"call": "Notes.CosignNote", "as": "s.tom", "with": {"note_id": "${n.note_id}"}, "fails": "FAILED_PRECONDITION"}
{"call": "Notes.CosignNote", "as": "s.other", "with": {"note_id": "${n.note_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.CosignNote", "as": "s.sue", "with": {"note_id": "${n.note_id}", "text": "Seen and discussed"}, "expect": {"number": 2}}
{"call": "Notes.CosignNote", "as": "s.sue", "with": {"note_id": "${n.note_id}"}, "fails": "FAILED_PRECONDITION"}
{"call": "Notes.ListNotes", "as": "s.sue", "with": {"athlete_id": "${ana.athlete_id}"}, "expect": {"notes": [{"note_id": "${n.note_id}", "awaits_cosignature": null}]}}

# Words are added; the note stays.
{"call": "Notes.AddAddendum", "as": "s.tom", "with": {"note_id": "${n.note_id}", "text": " ", "reason": ""}, "fails": "INVALID_ARGUMENT"}
{"call": "Notes.AddAddendum", "as": "s.tom", "with": {"note_id": "${n.note_id}", "text": "She called: no soreness", "reason": "Call of the next day"}, "expect": {"number": 3}}

# An amendment is a whole note, checked like one, with a reason, of the newest version, by who signed.
{"call": "Notes.AmendNote", "as": "s.tom", "with": {"note_id": "${n.note_id}", "reason": "", "note": {"complaint": "x", "modalities": [{"kind": "rest"}]}}, "fails": "INVALID_ARGUMENT", "faults": ["reason", "note.tissue_to_calm", "note.why_overloaded", "note.modalities[0].kind", "note.modalities[0].minutes"]}
{"call": "Notes.AmendNote", "as": "s.sue", "with": {"note_id": "${n.note_id}", "reason": "Not mine", "note": {"complaint": "x"}}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.AmendNote", "as": "s.other", "with": {"note_id": "${n.note_id}", "reason": "Not mine", "note": {"complaint": "x"}}, "fails": "NOT_FOUND"}
{"call": "Notes.AmendNote", "as": "s.tom", "with": {"note_id": "${n.note_id}", "reason": "Wrong side", "note": {"complaint": "Right calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "sites": [{"muscle": "gastrocnemius", "side": "right", "approach": "deep", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 1, "finding_keys": ["f1"]}]}}, "fails": "INVALID_ARGUMENT"}
{"at": "2026-03-03T10:00:00Z"}
{"call": "Notes.AmendNote", "as": "s.tom", "with": {"note_id": "${n.note_id}", "reason": "Wrong side", "cosigner_id": "${lee.practitioner_id}", "note": {"complaint": "Right calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "drivers": ["load"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "right"}], "sites": [{"muscle": "gastrocnemius", "side": "right", "approach": "deep", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}], "measures": [{"instrument": "nprs", "area": "calf", "side": "right", "value": {"value": 5}, "moment": "before"}], "plan": [{"kind": "light_mobility", "day": 0, "last_day": 2, "text": "Ankle rocks", "dose": "5 min"}]}}, "keep": "m", "expect": {"version": 2, "due": [{"window": "48h", "due_at": "2026-03-04T09:30:00Z"}, {}, {}]}}
{"call": "Notes.AmendNote", "as": "s.tom", "with": {"note_id": "${n.note_id}", "reason": "Again", "note": {"complaint": "x", "modalities": [{"kind": "coaching", "minutes": 5}]}}, "fails": "FAILED_PRECONDITION"}
{"call": "Notes.AddAddendum", "as": "s.tom", "with": {"note_id": "${n.note_id}", "text": "More", "reason": "Late"}, "fails": "FAILED_PRECONDITION"}
{"call": "Notes.GetNote", "as": "s.ana", "with": {"note_id": "${n.note_id}"}, "expect": {"version": 1, "amended_by_note_id": "${m.note_id}", "content_hash": "${n.content_hash}", "note": {"sites": [{"side": "left"}]}, "signatures": [{}, {"seal": {"meaning": "cosigner", "signer": "s.sue", "text": "Seen and discussed"}}, {"seal": {"meaning": "addendum", "text": "She called: no soreness"}}]}}
{"call": "Notes.GetNote", "as": "s.ana", "with": {"note_id": "${m.note_id}"}, "expect": {"version": 2, "cosigner_id": "${lee.practitioner_id}", "amends_note_id": "${n.note_id}", "reason": "Wrong side", "note": {"sites": [{"side": "right"}]}, "earlier_addenda": [{"seal": {"text": "She called: no soreness", "note_id": "${n.note_id}"}}], "signatures": [{"seal": {"cosigner_id": "${lee.practitioner_id}", "amends_note_id": "${n.note_id}", "reason": "Wrong side", "signed_at": "2026-03-03T10:00:00Z"}}]}}
{"call": "Notes.ListNotes", "as": "s.tom", "with": {"athlete_id": "${ana.athlete_id}"}, "expect": {"notes": [{"note_id": "${m.note_id}", "version": 2, "areas": [{"area": "calf", "side": "right"}]}]}}
{"call": "Notes.ListSigningKeys", "as": "s.tom", "with": {}, "expect": {"keys": [{"holder": "notes"}]}}

# Analytics and reminders follow: the left calf was never treated, and the activation is not sent.
{"call": "Analytics.GetOutcome", "as": "s.tom", "with": {"athlete_id": "${ana.athlete_id}"}, "expect": {"areas": [{"area": "calf", "side": "right"}]}}

# A walk-in: opened once by its key, screened and signed without an appointment; O2: what is due is said.
{"at": "2026-03-12T10:00:00Z"}
{"call": "Notes.OpenEncounter", "as": "s.tom", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "keep": "w", "expect": {"screening_outcome": null, "practitioner_id": "${tom.practitioner_id}", "measures_due": [{"instrument": "nprs", "area": "calf", "side": "right", "window": "10d", "baseline": 5, "treated_at": "2026-03-02T09:30:00Z"}]}}
{"call": "Notes.RecordScreening", "as": "s.tom", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${w.encounter_id}", "appointment_id": "${visit.appointment_id}"}, "fails": "INVALID_ARGUMENT"}
{"call": "Notes.RecordScreening", "as": "s.other", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${w.encounter_id}"}, "fails": "NOT_FOUND"}
{"call": "Notes.RecordScreening", "as": "s.tom", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${w.encounter_id}"}, "expect": {"outcome": "clear"}}
{"call": "Notes.SignNote", "as": "s.tom", "with": {"encounter_id": "${w.encounter_id}", "note": {"complaint": "Right calf, again", "tissue_to_calm": "Soleus", "why_overloaded": "Hills", "findings": [{"key": "f1", "movement": "hop", "side": "right"}], "sites": [{"muscle": "soleus", "side": "right", "approach": "deep", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}]}}, "keep": "wn"}
{"call": "Notes.GetNote", "as": "s.tom", "with": {"note_id": "${wn.note_id}"}, "expect": {"encounter_id": "${w.encounter_id}", "signatures": [{"seal": {"appointment_id": null, "treated_at": "2026-03-12T10:00:00Z"}}]}}

# The record is open at the check-in, and is taken over by who treats.
{"at": "2026-03-16T08:00:00Z"}
{"call": "Scheduling.Book", "as": "s.lead", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${clinic.clinic_id}", "practitioner_id": "${tom.practitioner_id}", "starts_at": "2026-03-16T09:00:00Z"}, "keep": "visit"}
{"call": "Scheduling.CheckIn", "as": "s.lead", "with": {"appointment_id": "${visit.appointment_id}"}}
# Not by a wrong athlete or at a place that is not known: that leaves it as it was.
{"call": "Directory.RegisterAthlete", "as": "s.lead", "with": {"athlete": {"given_name": "Eva", "family_name": "Fox", "birth_date": "1991-01-01", "zone": "UTC", "home_clinic_id": "${clinic.clinic_id}"}}, "keep": "eva"}
{"call": "Notes.OpenEncounter", "as": "s.lead", "with": {"appointment_id": "${visit.appointment_id}", "athlete_id": "${eva.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "fails": "NOT_FOUND"}
{"call": "Notes.OpenEncounter", "as": "s.lead", "with": {"appointment_id": "${visit.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${ana.athlete_id}"}, "fails": "NOT_FOUND"}
{"call": "Notes.OpenEncounter", "as": "s.sue", "with": {"appointment_id": "${visit.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${sue.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "keep": "c", "expect": {"practitioner_id": "${sue.practitioner_id}"}}
{"call": "Notes.OpenEncounter", "as": "s.tom", "with": {"appointment_id": "${visit.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "expect": {"encounter_id": "${c.encounter_id}", "practitioner_id": "${sue.practitioner_id}"}}

# R3: recorded against the treatment at any later time; the grade follows from the facts; a serious one is in
# front of the lead until it is acknowledged.
{"at": "2026-03-17T08:00:00Z"}
{"call": "Notes.RecordAdverseEvent", "as": "s.tom", "with": {"note_id": "${m.note_id}", "kind": "sore", "occurred_at": "2027-01-01T00:00:00Z", "muscle": "heart"}, "fails": "INVALID_ARGUMENT"}
{"call": "Notes.RecordAdverseEvent", "as": "s.tom", "with": {"note_id": "${m.note_id}", "kind": "bruising", "occurred_at": "2026-03-03T10:00:00Z", "muscle": "soleus"}, "fails": "INVALID_ARGUMENT"}
{"call": "Notes.RecordAdverseEvent", "as": "s.other", "with": {"note_id": "${m.note_id}", "kind": "bruising", "occurred_at": "2026-03-03T10:00:00Z"}, "fails": "NOT_FOUND"}
{"call": "Notes.RecordAdverseEvent", "as": "s.tom", "with": {"note_id": "${m.note_id}", "kind": "bruising", "occurred_at": "2026-03-03T10:00:00Z", "muscle": "gastrocnemius"}, "expect": {"grade": "minor"}}
{"call": "Reminders.ListAlerts", "as": "s.lead", "with": {"open_only": true}, "expect": {"alerts": null}}
{"call": "Notes.RecordAdverseEvent", "as": "s.tom", "with": {"note_id": "${m.note_id}", "kind": "infection", "occurred_at": "2026-03-06T10:00:00Z", "text": "Hospital, antibiotics", "medical_care": true, "admission": true}, "keep": "adverse", "expect": {"grade": "serious"}}
{"call": "Reminders.ListAlerts", "as": "s.lead", "with": {"open_only": true}, "keep": "alerts", "expect": {"alerts": [{"athlete_id": "${ana.athlete_id}", "reason": "R3: a serious adverse event was recorded"}]}}
{"call": "Reminders.AcknowledgeAlert", "as": "s.lead", "with": {"alert_id": "${alerts.alerts[0].alert_id}"}}
{"call": "Notes.ListAdverseEvents", "as": "s.lead", "with": {"athlete_id": "${ana.athlete_id}"}, "expect": {"events": [{"adverse_event_id": "${adverse.adverse_event_id}", "grade": "serious", "treated_at": "2026-03-02T09:30:00Z"}, {"kind": "bruising", "grade": "minor"}]}}
{"call": "Notes.ListAdverseEvents", "as": "s.lead", "with": {}, "expect": {"events": [{}, {}]}}
{"call": "Notes.ListAdverseEvents", "as": "s.other", "with": {}, "expect": {"events": null}}

# Notes are found by words and codes, in their newest versions; a page follows a page.
{"call": "Notes.SearchNotes", "as": "s.sue", "with": {"text": "HILLS"}, "expect": {"notes": [{"note_id": "${wn.note_id}", "complaint": "Right calf, again"}]}}
{"call": "Notes.SearchNotes", "as": "s.sue", "with": {"text": "calf right", "limit": 1}, "keep": "hits", "expect": {"notes": [{"note_id": "${wn.note_id}"}]}}
{"call": "Notes.SearchNotes", "as": "s.sue", "with": {"text": "calf right", "limit": 1, "after": "${hits.next}"}, "keep": "hits", "expect": {"notes": [{"note_id": "${m.note_id}", "version": 2}]}}
{"call": "Notes.SearchNotes", "as": "s.sue", "with": {"text": "calf right", "limit": 1, "after": "${hits.next}"}, "expect": {"notes": null}}
{"call": "Notes.SearchNotes", "as": "s.sue", "with": {"muscle": "soleus", "area": "calf", "practitioner_id": "${tom.practitioner_id}"}, "expect": {"notes": [{"note_id": "${wn.note_id}"}]}}
{"call": "Notes.SearchNotes", "as": "s.sue", "with": {"muscle": "gastrocnemius", "driver": "load", "until_at": "2026-03-10T00:00:00Z"}, "expect": {"notes": [{"note_id": "${m.note_id}"}]}}
{"call": "Notes.SearchNotes", "as": "s.sue", "with": {"text": "left"}, "expect": {"notes": null}}
{"call": "Notes.SearchNotes", "as": "s.sue", "with": {"from_at": "2026-03-12T00:00:00Z"}, "expect": {"notes": [{"note_id": "${wn.note_id}"}]}}
{"call": "Notes.SearchNotes", "as": "s.other", "with": {"text": "calf"}, "expect": {"notes": null}}
{"call": "Notes.SearchNotes", "as": "s.sue", "with": {"muscle": "heart", "limit": 1000, "area": "knees", "driver": "haste", "from_at": "2026-03-12T00:00:00Z", "until_at": "2026-03-11T00:00:00Z"}, "fails": "INVALID_ARGUMENT"}

# A walk-in that is signed a day late was treated when it was opened; consent that was withdrawn since, and what
# the athlete answers when it is over, change nothing of what was done.
{"at": "2026-03-23T10:00:00Z"}
{"call": "Directory.RecordConsent", "as": "s.lead", "with": {"athlete_id": "${eva.athlete_id}", "purpose": "treatment", "granted": true, "text_version": "v1", "copy_given": true}}
{"key": "s.eva", "roles": "athlete", "organisation": "0195531a-0000-7000-8000-0000000000e1", "subject": "${eva.athlete_id}"}
{"call": "Notes.OpenEncounter", "as": "s.tom", "with": {"athlete_id": "${eva.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "keep": "late", "expect": {"treatment_consent": true}}
{"call": "Notes.RecordScreening", "as": "s.tom", "with": {"athlete_id": "${eva.athlete_id}", "encounter_id": "${late.encounter_id}"}, "expect": {"outcome": "clear"}}
{"at": "2026-03-24T10:00:00Z"}
{"call": "Directory.RecordConsent", "as": "s.lead", "with": {"athlete_id": "${eva.athlete_id}", "purpose": "treatment", "granted": false, "text_version": "v1"}}
{"call": "Notes.RecordScreening", "as": "s.eva", "with": {"athlete_id": "${eva.athlete_id}", "encounter_id": "${late.encounter_id}", "items": ["ill"]}, "expect": {"outcome": "defer"}}
{"call": "Notes.SignNote", "as": "s.tom", "with": {"encounter_id": "${late.encounter_id}", "note": {"complaint": "Right calf, again", "tissue_to_calm": "Soleus", "why_overloaded": "Hills", "findings": [{"key": "f1", "movement": "hop", "side": "right"}], "sites": [{"muscle": "soleus", "side": "right", "approach": "deep", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}]}}, "keep": "late_note"}
{"call": "Notes.GetNote", "as": "s.tom", "with": {"note_id": "${late_note.note_id}"}, "expect": {"signatures": [{"seal": {"treated_at": "2026-03-23T10:00:00Z", "signed_at": "2026-03-24T10:00:00Z"}}]}}
{"call": "Notes.RecordAdverseEvent", "as": "s.tom", "with": {"note_id": "${late_note.note_id}", "kind": "bruising", "occurred_at": "2026-03-23T10:30:00Z"}, "expect": {"grade": "minor"}}
