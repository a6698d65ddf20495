# Two practitioners write one note before it is signed: what merges, what is a conflict, and what the signature ends.
{"at": "2026-03-02T06:00:00Z"}
{"call": "Directory.CreateOrganisation", "with": {"organisation_id": "0195531a-0000-7000-8000-0000000000d1", "name": "Signatures"}}
{"key": "d.lead", "roles": "clinic_lead,front_desk", "organisation": "0195531a-0000-7000-8000-0000000000d1"}
{"key": "d.other", "roles": "clinic_lead,practitioner", "organisation": "0195531a-0000-7000-8000-0000000000d2"}
{"call": "Directory.CreateClinic", "as": "d.lead", "with": {"name": "One", "zone": "UTC"}, "keep": "clinic"}
{"call": "Directory.CreateRoom", "as": "d.lead", "with": {"name": "R", "clinic_id": "${clinic.clinic_id}"}}
{"call": "Directory.CreatePractitioner", "as": "d.lead", "with": {"given_name": "Tom", "family_name": "Trainee", "clinic_ids": ["${clinic.clinic_id}"]}, "keep": "tom"}
{"call": "Directory.CreatePractitioner", "as": "d.lead", "with": {"given_name": "Sue", "family_name": "Senior", "clinic_ids": ["${clinic.clinic_id}"]}, "keep": "sue"}
{"key": "d.tom", "roles": "practitioner", "organisation": "0195531a-0000-7000-8000-0000000000d1", "subject": "${tom.practitioner_id}"}
{"key": "d.sue", "roles": "practitioner", "organisation": "0195531a-0000-7000-8000-0000000000d1", "subject": "${sue.practitioner_id}"}
{"call": "Scheduling.PutService", "as": "d.lead", "with": {"name": "Visit", "duration_minutes": 30}, "keep": "service"}
{"call": "Scheduling.SetWorkingHours", "as": "d.lead", "with": {"practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}", "hours": [{"weekday": 1, "opens": "00:00", "closes": "24:00"}]}}
{"call": "Directory.RegisterAthlete", "as": "d.lead", "with": {"athlete": {"given_name": "Ana", "family_name": "Berger", "birth_date": "1994-05-11", "zone": "UTC", "home_clinic_id": "${clinic.clinic_id}"}}, "keep": "ana"}
{"key": "d.ana", "roles": "athlete", "organisation": "0195531a-0000-7000-8000-0000000000d1", "subject": "${ana.athlete_id}"}
{"call": "Directory.RecordConsent", "as": "d.lead", "with": {"athlete_id": "${ana.athlete_id}", "purpose": "treatment", "granted": true, "text_version": "v1", "copy_given": true}}
{"call": "Scheduling.Book", "as": "d.lead", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${clinic.clinic_id}", "practitioner_id": "${tom.practitioner_id}", "starts_at": "2026-03-02T09:00:00Z"}, "keep": "visit"}
{"call": "Notes.RecordScreening", "as": "d.tom", "with": {"athlete_id": "${ana.athlete_id}", "appointment_id": "${visit.appointment_id}"}}
{"call": "Notes.OpenEncounter", "as": "d.tom", "with": {"appointment_id": "${visit.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "keep": "e"}
{"call": "Notes.GetDraft", "as": "d.tom", "with": {"encounter_id": "${e.encounter_id}"}, "expect": {"draft": null}}

# Tom begins; Sue reads it and goes on; Tom goes on with what he had: other fields, and one text of both.
{"call": "Notes.SaveDraft", "as": "d.tom", "with": {"encounter_id": "${e.encounter_id}", "note": {"complaint": "Left calf tight.", "drivers": ["load"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left", "value": {"value": 7.5}}]}}, "keep": "d1", "expect": {"draft": {"version": 1, "saved_by": "d.tom"}, "merged": null}}
{"call": "Notes.SaveDraft", "as": "d.sue", "with": {"encounter_id": "${e.encounter_id}", "base_version": 1, "note": {"complaint": "Left calf tight. Worse uphill.", "history": "Twice this season.", "drivers": ["load", "sleep"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left", "value": {"value": 7.5}, "device": "tape"}]}}, "expect": {"draft": {"version": 2}, "merged": null}}
{"call": "Notes.SaveDraft", "as": "d.tom", "with": {"encounter_id": "${e.encounter_id}", "base_version": 1, "note": {"complaint": "Left calf tight. Since May.", "drivers": ["load"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left", "value": {"value": 8}}], "sites": [{"muscle": "soleus", "side": "left", "needles_in": 2, "finding_keys": ["f1", "f2"], "referral": true}]}}, "expect": {"draft": {"version": 3, "saved_by": "d.tom", "note": {"complaint": "Left calf tight. Worse uphill. Since May.", "history": "Twice this season.", "drivers": ["load", "sleep"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left", "value": {"value": 8}, "device": "tape"}], "sites": [{"muscle": "soleus", "side": "left", "needles_in": 2, "finding_keys": ["f1", "f2"], "referral": true}]}}, "merged": true}}

# A list that could not be signed is not saved.
{"call": "Notes.SaveDraft", "as": "d.tom", "with": {"encounter_id": "${e.encounter_id}", "base_version": 1, "note": {"findings": [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}], "plan": [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]}}, "fails": "INVALID_ARGUMENT", "faults": ["note.findings", "note.plan"]}

# A save that changes nothing writes nothing but the trail: what it tells was read.
{"call": "Notes.SaveDraft", "as": "d.tom", "with": {"encounter_id": "${e.encounter_id}", "base_version": 1, "note": {"complaint": "Left calf tight.", "drivers": ["load"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left", "value": {"value": 7.5}}]}}, "expect": {"draft": {"version": 3}}}

# Sue still has version 2, and sets what Tom set: refused, kept beside the draft, and readable.
{"call": "Notes.SaveDraft", "as": "d.sue", "with": {"encounter_id": "${e.encounter_id}", "base_version": 2, "note": {"complaint": "Left calf tight. Worse uphill.", "history": "Three times this season.", "drivers": ["load", "sleep"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left", "value": {"value": 9}, "device": "tape"}]}}, "fails": "FAILED_PRECONDITION", "faults": ["findings[f1].value"], "expect": {"draft": {"version": 3, "saved_by": "d.tom", "note": {"history": "Twice this season."}}, "refused_version": 4}}
{"call": "Notes.SaveDraft", "as": "d.sue", "with": {"encounter_id": "${e.encounter_id}", "base_version": 2, "note": {"complaint": "Left calf tight. Worse uphill.", "history": "Three times this season.", "drivers": ["load", "sleep"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left", "value": {"value": 9}, "device": "tape"}]}}, "fails": "FAILED_PRECONDITION", "faults": ["findings[f1].value"], "expect": {"draft": {"version": 3, "saved_by": "d.tom", "note": {"history": "Twice this season."}}, "refused_version": 4}}
{"call": "Notes.GetDraft", "as": "d.sue", "with": {"encounter_id": "${e.encounter_id}"}, "expect": {"draft": {"version": 3, "note": {"history": "Twice this season."}}}}
{"call": "Notes.ListDraftVersions", "as": "d.sue", "with": {"encounter_id": "${e.encounter_id}", "after_version": 2}, "expect": {"versions": [{"draft": {"version": 3}, "base_version": 1, "refused": null, "typed": {"complaint": "Left calf tight. Since May."}}, {"draft": {"version": 4, "saved_by": "d.sue", "note": {"history": "Three times this season."}}, "base_version": 2, "refused": true, "typed": null}]}}
{"call": "Notes.SaveDraft", "as": "d.sue", "with": {"encounter_id": "${e.encounter_id}", "base_version": 4, "note": {"complaint": "x"}}, "fails": "FAILED_PRECONDITION"}
{"call": "Notes.OpenEncounter", "as": "d.tom", "with": {"appointment_id": "${visit.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "expect": {"encounter_id": "${e.encounter_id}", "draft": {"version": 3}}}

# Not of another organisation, nor the athlete's to read.
{"call": "Notes.GetDraft", "as": "d.other", "with": {"encounter_id": "${e.encounter_id}"}, "fails": "NOT_FOUND"}
{"call": "Notes.SaveDraft", "as": "d.other", "with": {"encounter_id": "${e.encounter_id}", "base_version": 3, "note": {"complaint": "x"}}, "fails": "NOT_FOUND"}
{"call": "Notes.ListDraftVersions", "as": "d.other", "with": {"encounter_id": "${e.encounter_id}"}, "expect": {"versions": null}}
{"call": "Notes.GetDraft", "as": "d.ana", "with": {"encounter_id": "${e.encounter_id}"}, "fails": "PERMISSION_DENIED"}

# The signature ends the draft; an amendment has one of its own.
{"call": "Notes.SignNote", "as": "d.tom", "with": {"encounter_id": "${e.encounter_id}", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "modalities": [{"kind": "coaching", "minutes": 5}]}}, "keep": "n"}
{"call": "Notes.SaveDraft", "as": "d.sue", "with": {"encounter_id": "${e.encounter_id}", "base_version": 3, "note": {"complaint": "More"}}, "fails": "FAILED_PRECONDITION"}
{"call": "Notes.GetDraft", "as": "d.sue", "with": {"encounter_id": "${e.encounter_id}"}, "expect": {"draft": null}}
{"call": "Notes.SaveDraft", "as": "d.tom", "with": {"encounter_id": "${e.encounter_id}", "amends_note_id": "${n.note_id}", "note": {"complaint": "Right calf tight"}}, "expect": {"draft": {"version": 1}}}
{"call": "Notes.ListDraftVersions", "as": "d.sue", "with": {"encounter_id": "${e.encounter_id}", "note_version": 1, "after_version": 3}, "expect": {"versions": [{"draft": {"version": 4}, "refused": true}]}}
