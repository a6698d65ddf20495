# All that a record can be opened with: three visits for one calf without lasting change, and a fourth one that is
# booked and screened. It is opened, and what that costs counted, by test_pre_fill.c.
{"at": "2026-03-02T06:00:00Z"}
{"call": "Directory.CreateOrganisation", "with": {"organisation_id": "0195531a-0000-7000-8000-0000000000d6", "name": "Fill"}}
{"key": "f.lead", "roles": "clinic_lead,front_desk", "organisation": "0195531a-0000-7000-8000-0000000000d6"}
{"call": "Directory.CreateClinic", "as": "f.lead", "with": {"name": "One", "zone": "UTC"}, "keep": "clinic"}
{"call": "Directory.CreateRoom", "as": "f.lead", "with": {"name": "R", "clinic_id": "${clinic.clinic_id}"}}
{"call": "Directory.CreatePractitioner", "as": "f.lead", "with": {"given_name": "Tom", "family_name": "Hale", "clinic_ids": ["${clinic.clinic_id}"]}, "keep": "tom"}
{"key": "f.tom", "roles": "practitioner", "organisation": "0195531a-0000-7000-8000-0000000000d6", "subject": "${tom.practitioner_id}"}
{"call": "Scheduling.PutService", "as": "f.lead", "with": {"name": "Visit", "duration_minutes": 30}, "keep": "service"}
{"call": "Scheduling.SetWorkingHours", "as": "f.lead", "with": {"practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}", "hours": [{"weekday": 1, "opens": "00:00", "closes": "24:00"}]}}
{"call": "Directory.RegisterAthlete", "as": "f.lead", "with": {"athlete": {"given_name": "Ana", "family_name": "Berger", "birth_date": "1994-05-11", "zone": "UTC", "home_clinic_id": "${clinic.clinic_id}"}}, "keep": "ana"}
{"call": "Directory.RecordConsent", "as": "f.lead", "with": {"athlete_id": "${ana.athlete_id}", "purpose": "treatment", "granted": true, "text_version": "v1", "copy_given": true}}
{"call": "Notes.PutPlanTemplate", "as": "f.lead", "with": {"clinic_id": "${clinic.clinic_id}", "area": "calf", "steps": [{"kind": "light_mobility", "text": "Rocks"}, {"kind": "positional_breathing", "day": 1, "text": "Breathing"}, {"kind": "activation", "day": 2, "text": "Raises"}, {"kind": "return_to_loading", "day": 4, "text": "Jog"}]}}

{"at": "2026-03-02T08:00:00Z"}
{"call": "Notes.OpenEncounter", "as": "f.tom", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "keep": "e"}
{"call": "Notes.RecordScreening", "as": "f.tom", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${e.encounter_id}"}}
{"call": "Notes.SignNote", "as": "f.tom", "with": {"encounter_id": "${e.encounter_id}", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "findings": [{"key": "f1", "movement": "hop"}], "sites": [{"muscle": "gastrocnemius", "side": "left", "approach": "deep", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}], "measures": [{"instrument": "nprs", "area": "calf", "side": "left", "moment": "before", "value": {"value": 5}}]}}}

{"at": "2026-03-07T08:00:00Z"}
{"call": "Notes.OpenEncounter", "as": "f.tom", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "keep": "e"}
{"call": "Notes.RecordScreening", "as": "f.tom", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${e.encounter_id}"}}
{"call": "Notes.SignNote", "as": "f.tom", "with": {"encounter_id": "${e.encounter_id}", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "findings": [{"key": "f1", "movement": "hop"}], "sites": [{"muscle": "gastrocnemius", "side": "left", "approach": "deep", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}], "measures": [{"instrument": "nprs", "area": "calf", "side": "left", "moment": "before", "value": {"value": 5}}]}}}

{"at": "2026-03-12T08:00:00Z"}
{"call": "Notes.OpenEncounter", "as": "f.tom", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "keep": "e"}
{"call": "Notes.RecordScreening", "as": "f.tom", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${e.encounter_id}"}}
{"call": "Notes.SignNote", "as": "f.tom", "with": {"encounter_id": "${e.encounter_id}", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "findings": [{"key": "f1", "movement": "hop"}], "sites": [{"muscle": "gastrocnemius", "side": "left", "approach": "deep", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}], "measures": [{"instrument": "nprs", "area": "calf", "side": "left", "moment": "before", "value": {"value": 5}}]}}}

# What went wrong is known to who opens the next visit.
{"call": "Notes.ListNotes", "as": "f.tom", "with": {"athlete_id": "${ana.athlete_id}", "limit": 1}, "keep": "last"}
{"call": "Notes.RecordAdverseEvent", "as": "f.tom", "with": {"note_id": "${last.notes[0].note_id}", "kind": "pneumothorax", "occurred_at": "2026-03-12T08:00:00Z"}}
{"call": "Notes.RecordAdverseEvent", "as": "f.tom", "with": {"note_id": "${last.notes[0].note_id}", "kind": "bruising", "occurred_at": "2026-03-12T08:00:00Z"}}
{"call": "Notes.RecordAdverseEvent", "as": "f.tom", "with": {"note_id": "${last.notes[0].note_id}", "kind": "bruising", "occurred_at": "2026-03-12T08:00:00Z"}}
{"call": "Notes.RecordAdverseEvent", "as": "f.tom", "with": {"note_id": "${last.notes[0].note_id}", "kind": "bruising", "occurred_at": "2026-03-12T08:00:00Z"}}
{"call": "Notes.RecordAdverseEvent", "as": "f.tom", "with": {"note_id": "${last.notes[0].note_id}", "kind": "bruising", "occurred_at": "2026-03-12T08:00:00Z"}}
{"call": "Notes.RecordAdverseEvent", "as": "f.tom", "with": {"note_id": "${last.notes[0].note_id}", "kind": "bruising", "occurred_at": "2026-03-12T08:00:00Z"}}

{"call": "Analytics.ListUpstreamReviews", "as": "f.tom", "with": {"open_only": true}, "expect": {"reviews": [{"area": "calf", "side": "left", "visits": 3}]}}
{"call": "Scheduling.Book", "as": "f.lead", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${clinic.clinic_id}", "practitioner_id": "${tom.practitioner_id}", "starts_at": "2026-03-23T08:00:00Z"}, "keep": "visit"}
{"at": "2026-03-23T07:50:00Z"}
{"call": "Notes.RecordScreening", "as": "f.tom", "with": {"athlete_id": "${ana.athlete_id}", "appointment_id": "${visit.appointment_id}", "items": ["bruises_easily"]}}
