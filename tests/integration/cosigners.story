# Who is asked to sign too, and has not yet, is another by an amendment; one that names nobody asks the same person, and
# one that says so asks nobody. What waits for a signature is on the list of whom it asks, and of nobody else.
{"at": "2026-03-02T06:00:00Z"}
{"call": "Directory.CreateOrganisation", "with": {"organisation_id": "0195531a-0000-7000-8000-0000000000e3", "name": "Co-signers"}}
{"key": "k.lead", "roles": "clinic_lead,front_desk", "organisation": "0195531a-0000-7000-8000-0000000000e3"}
{"call": "Directory.CreateClinic", "as": "k.lead", "with": {"name": "One", "zone": "UTC"}, "keep": "clinic"}
{"call": "Directory.CreatePractitioner", "as": "k.lead", "with": {"given_name": "Tom", "family_name": "Hale", "clinic_ids": ["${clinic.clinic_id}"]}, "keep": "tom"}
{"key": "k.tom", "roles": "practitioner", "organisation": "0195531a-0000-7000-8000-0000000000e3", "subject": "${tom.practitioner_id}"}
{"call": "Directory.CreatePractitioner", "as": "k.lead", "with": {"given_name": "Sue", "family_name": "Hale", "clinic_ids": ["${clinic.clinic_id}"]}, "keep": "sue"}
{"key": "k.sue", "roles": "practitioner", "organisation": "0195531a-0000-7000-8000-0000000000e3", "subject": "${sue.practitioner_id}"}
{"call": "Directory.CreatePractitioner", "as": "k.lead", "with": {"given_name": "Lee", "family_name": "Hale", "clinic_ids": ["${clinic.clinic_id}"]}, "keep": "lee"}
{"key": "k.lee", "roles": "practitioner", "organisation": "0195531a-0000-7000-8000-0000000000e3", "subject": "${lee.practitioner_id}"}
{"call": "Directory.RegisterAthlete", "as": "k.lead", "with": {"athlete": {"given_name": "Ana", "family_name": "Berger", "birth_date": "1994-05-11", "zone": "UTC", "home_clinic_id": "${clinic.clinic_id}"}}, "keep": "ana"}
{"call": "Directory.RecordConsent", "as": "k.lead", "with": {"athlete_id": "${ana.athlete_id}", "purpose": "treatment", "granted": true, "text_version": "v1", "copy_given": true}}
{"call": "Notes.OpenEncounter", "as": "k.tom", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "keep": "e"}
{"call": "Notes.RecordScreening", "as": "k.tom", "with": {"athlete_id": "${ana.athlete_id}", "encounter_id": "${e.encounter_id}"}}
{"call": "Notes.SignNote", "as": "k.tom", "with": {"encounter_id": "${e.encounter_id}", "cosigner_id": "${sue.practitioner_id}", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "modalities": [{"kind": "coaching", "minutes": 5}]}}, "keep": "n"}
{"call": "Notes.ListNotesToCosign", "as": "k.sue", "with": {}, "expect": {"notes": [{"note_id": "${n.note_id}", "practitioner_id": "${tom.practitioner_id}", "athlete_id": "${ana.athlete_id}"}], "next": null}}
{"call": "Notes.ListNotesToCosign", "as": "k.lee", "with": {}, "expect": {"notes": null}}
{"call": "Notes.AmendNote", "as": "k.tom", "with": {"note_id": "${n.note_id}", "reason": "Sue is away", "cosigner_id": "${lee.practitioner_id}", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "modalities": [{"kind": "coaching", "minutes": 5}]}}, "keep": "m", "expect": {"version": 2}}
{"call": "Notes.GetNote", "as": "k.tom", "with": {"note_id": "${m.note_id}"}, "expect": {"cosigner_id": "${lee.practitioner_id}", "signatures": [{"seal": {"meaning": "author", "cosigner_id": "${lee.practitioner_id}"}}]}}
{"call": "Notes.ListNotesToCosign", "as": "k.sue", "with": {}, "expect": {"notes": null}}
{"call": "Notes.CosignNote", "as": "k.sue", "with": {"note_id": "${n.note_id}"}, "fails": "FAILED_PRECONDITION"}
{"call": "Notes.CosignNote", "as": "k.sue", "with": {"note_id": "${m.note_id}"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.AmendNote", "as": "k.tom", "with": {"note_id": "${m.note_id}", "reason": "A word", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "modalities": [{"kind": "coaching", "minutes": 5}]}}, "keep": "o", "expect": {"version": 3}}
{"call": "Notes.GetNote", "as": "k.tom", "with": {"note_id": "${o.note_id}"}, "expect": {"cosigner_id": "${lee.practitioner_id}"}}
{"call": "Notes.CosignNote", "as": "k.lee", "with": {"note_id": "${o.note_id}"}, "expect": {"number": 2}}
{"call": "Notes.ListNotesToCosign", "as": "k.lee", "with": {}, "expect": {"notes": null}}
{"call": "Notes.ListNotesToCosign", "as": "k.lead", "with": {}, "fails": "FAILED_PRECONDITION"}
{"call": "Notes.ListNotesToCosign", "as": "k.lee", "with": {"limit": 201, "after": {"note_id": "x", "signed_at": 1}}, "fails": "INVALID_ARGUMENT"}
{"say": "${refusal}"}

# Pages: two notes wait, one on each.
{"call": "Notes.OpenEncounter", "as": "k.tom", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "keep": "e2"}
{"call": "Notes.SignNote", "as": "k.tom", "with": {"encounter_id": "${e2.encounter_id}", "cosigner_id": "${sue.practitioner_id}", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "modalities": [{"kind": "coaching", "minutes": 5}]}}, "keep": "n2"}
{"at": "2026-03-02T07:00:00Z"}
{"call": "Notes.OpenEncounter", "as": "k.tom", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "keep": "e3"}
{"call": "Notes.SignNote", "as": "k.tom", "with": {"encounter_id": "${e3.encounter_id}", "cosigner_id": "${sue.practitioner_id}", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "modalities": [{"kind": "coaching", "minutes": 5}]}}, "keep": "n3"}
{"call": "Notes.ListNotesToCosign", "as": "k.sue", "with": {"limit": 1}, "keep": "page", "expect": {"notes": [{"note_id": "${n2.note_id}"}]}}
{"call": "Notes.ListNotesToCosign", "as": "k.sue", "with": {"limit": 1, "after": "${page.next}"}, "expect": {"notes": [{"note_id": "${n3.note_id}"}]}}
# Each athlete sees who was shown that a note of theirs waits.
{"call": "notes.ListAudit", "as": "k.lead", "with": {"athlete_id": "${ana.athlete_id}", "limit": 1}, "expect": {"rows": [{"row": {"actor": "k.sue", "method": "soleus.v1.Notes.ListNotesToCosign"}}]}}

# Nobody is asked any longer: a colleague is not heard, a lead is.
{"call": "Notes.AmendNote", "as": "k.tom", "with": {"note_id": "${n3.note_id}", "reason": "Not needed", "no_cosigner": true, "cosigner_id": "${sue.practitioner_id}", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "modalities": [{"kind": "coaching", "minutes": 5}]}}, "fails": "INVALID_ARGUMENT"}
{"call": "Notes.AmendNote", "as": "k.tom", "with": {"note_id": "${n3.note_id}", "reason": "Not needed", "no_cosigner": true, "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "modalities": [{"kind": "coaching", "minutes": 5}]}}, "keep": "m3"}
{"call": "Notes.ListNotesToCosign", "as": "k.sue", "with": {}, "expect": {"notes": [{"note_id": "${n2.note_id}"}], "next": null}}
{"call": "Notes.CosignNote", "as": "k.sue", "with": {"note_id": "${m3.note_id}"}, "fails": "PERMISSION_DENIED"}
{"say": "${refusal}"}
{"key": "k.head", "roles": "practitioner,clinic_lead", "organisation": "0195531a-0000-7000-8000-0000000000e3", "subject": "${lee.practitioner_id}"}
{"call": "Notes.CosignNote", "as": "k.head", "with": {"note_id": "${m3.note_id}", "text": "Seen"}, "expect": {"number": 2}}
{"call": "Notes.GetNote", "as": "k.tom", "with": {"note_id": "${m3.note_id}"}, "expect": {"cosigner_id": null, "signatures": [{"seal": {"cosigner_id": null, "form": 1}}, {"seal": {"meaning": "cosigner"}}]}}

# Who was asked has left: a lead signs in their place, and says why.
{"call": "Notes.CosignNote", "as": "k.head", "with": {"note_id": "${n2.note_id}"}, "fails": "PERMISSION_DENIED"}
{"say": "${refusal}"}
{"call": "Notes.CosignNote", "as": "k.head", "with": {"note_id": "${n2.note_id}", "text": "For Sue, who has left us"}, "expect": {"number": 2}}
{"call": "Notes.ListNotesToCosign", "as": "k.sue", "with": {}, "expect": {"notes": null}}

# One is left waiting, for whom an upgrade finds (test_what_waited_before_the_list_is_on_it).
{"call": "Notes.OpenEncounter", "as": "k.tom", "with": {"athlete_id": "${ana.athlete_id}", "practitioner_id": "${tom.practitioner_id}", "clinic_id": "${clinic.clinic_id}"}, "keep": "e4"}
{"call": "Notes.SignNote", "as": "k.tom", "with": {"encounter_id": "${e4.encounter_id}", "cosigner_id": "${sue.practitioner_id}", "note": {"complaint": "Left calf tight", "tissue_to_calm": "Gastrocnemius", "why_overloaded": "Long runs", "modalities": [{"kind": "coaching", "minutes": 5}]}}}
