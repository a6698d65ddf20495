# What the demo does not do, of its organisation, so that test_wrong_tenant has every statement: the
# training calendar, calendars to subscribe to, holidays, screening from home, and what follows a
# signature.
{"at": "2026-03-23T06:00:00Z"}
{"call": "Directory.ListClinics", "as": "nora.lead", "with": {}, "keep": "c"}
{"call": "Scheduling.ListServices", "as": "nora.lead", "with": {}, "keep": "s"}
{"call": "Directory.ListAthletes", "as": "nora.lead", "with": {}, "keep": "a"}
{"call": "Scheduling.FindAvailability", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}", "service_id": "${s.services[0].service_id}", "from_at": "2026-03-25T00:00:00Z", "until_at": "2026-04-10T00:00:00Z", "first_free": true, "limit": 1}, "keep": "free"}
{"call": "Scheduling.Book", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}", "service_id": "${s.services[0].service_id}", "clinic_id": "${free.slots[0].clinic_id}", "practitioner_id": "${free.slots[0].practitioner_id}", "starts_at": "${free.slots[0].starts_at}", "timing_override_reason": "for the test"}, "keep": "visit"}
{"at": "2026-03-23T07:00:00Z"}
{"call": "Reminders.RemindOfVisit", "as": "nora.lead", "with": {"appointment_id": "${visit.appointment_id}", "due_at": "2026-01-01T00:00:00Z"}}
{"call": "Scheduling.ImportTraining", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}", "source": "plan", "ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:done\r\nSUMMARY:Zirkel\r\nDTSTART:20260322T080000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:gone\r\nSUMMARY:Easy run\r\nDTSTART:20260420T080000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"}, "expect": {"put": {"added": 2}}}
{"call": "Scheduling.PutTraining", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}", "source": "hand", "sessions": [{"uid": "r", "title": "Race", "starts_at": "${free.slots[0].starts_at}", "ends_at": "${free.slots[0].ends_at}"}]}, "expect": {"added": 1}}
{"call": "Scheduling.ListClashes", "as": "nora.lead", "with": {"clinic_id": "${free.slots[0].clinic_id}"}, "expect": {"clashes": [{"appointment": {"appointment_id": "${visit.appointment_id}"}}]}}
{"call": "Scheduling.ImportTraining", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}", "source": "plan", "ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:done\r\nSUMMARY:Zirkel\r\nDTSTART:20260322T080000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"}, "expect": {"put": {"removed": 1}}}
{"call": "Scheduling.ListTraining", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}", "from_at": "2026-03-01T00:00:00Z", "until_at": "2026-05-01T00:00:00Z"}, "expect": {"sessions": [{}, {}]}}
{"call": "Scheduling.RecordLoad", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}", "source": "plan", "uid": "done", "rpe": 5, "minutes": 60}}
{"call": "Scheduling.GetLoad", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}"}, "expect": {"acute": 300}}
{"call": "Scheduling.PutTrainingWords", "as": "nora.lead", "with": {"words": [{"phrase": "zirkel", "kind": "high_intensity"}, {"phrase": "fahrtspiel", "kind": "moderate"}]}, "expect": {"reclassified": 1}}
{"call": "Scheduling.PutTrainingWords", "as": "nora.lead", "with": {"words": [{"phrase": "fahrtspiel"}, {"phrase": "zirkel", "kind": "low"}]}, "expect": {"reclassified": 1}}
{"call": "Scheduling.ListTrainingWords", "as": "nora.lead", "with": {}, "expect": {"words": [{"phrase": "zirkel"}]}}
{"call": "Scheduling.CorrectTraining", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}", "source": "hand", "uid": "r", "kind": "low"}}
{"call": "Scheduling.PutTimingDefaults", "as": "nora.lead", "with": {"windows": {"warn_hours": 30, "competition_hours": 60, "after_block_hours": 48, "early_days": 10}}}
{"call": "Scheduling.PutAthleteTiming", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}", "warn_hours": 20, "competition_hours": -1, "reason": "recovers fast"}}
{"call": "Scheduling.GetTiming", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}"}, "expect": {"windows": {"warn_hours": 20, "competition_hours": 60}}}
{"call": "Scheduling.SubscribeTraining", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}", "url": "http://127.0.0.1:1/plan.ics"}, "keep": "feed"}
{"call": "Scheduling.ListTrainingFeeds", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}"}, "expect": {"feeds": [{"failures": 1}]}}
{"call": "Scheduling.SubscribeTraining", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}", "url": "http://127.0.0.1:1/other.ics"}}
{"call": "Scheduling.UnsubscribeTraining", "as": "nora.lead", "with": {"feed_id": "${feed.feed_id}"}}
{"call": "Scheduling.CreateFeed", "as": "nora.lead", "with": {"practitioner_id": "${free.slots[0].practitioner_id}"}, "keep": "ics"}
{"call": "Scheduling.ReadFeed", "as": "nora.lead", "with": {"token": "${ics.token}"}}
{"call": "Scheduling.ListFeeds", "as": "nora.lead", "with": {"subject_id": "${free.slots[0].practitioner_id}"}, "expect": {"feeds": [{}]}}
{"call": "Scheduling.RevokeFeed", "as": "nora.lead", "with": {"feed_id": "${ics.feed_id}"}}
{"call": "Scheduling.CreateFeed", "as": "nora.lead", "with": {"practitioner_id": "${free.slots[0].practitioner_id}"}}
{"call": "Scheduling.ImportHolidays", "as": "nora.lead", "with": {"source": "ours", "clinic_ids": ["${free.slots[0].clinic_id}"], "ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Closed\r\nDTSTART;VALUE=DATE:20260324\r\nDTEND;VALUE=DATE:20260415\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nSUMMARY:Closed\r\nDTSTART;VALUE=DATE:20260504\r\nDTEND;VALUE=DATE:20260505\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"}, "expect": {"added": 2, "affected": [{}]}}
{"call": "Scheduling.ImportHolidays", "as": "nora.lead", "with": {"source": "ours", "clinic_ids": ["${free.slots[0].clinic_id}"], "ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Closed\r\nDTSTART;VALUE=DATE:20260324\r\nDTEND;VALUE=DATE:20260415\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"}, "expect": {"unchanged": 1, "removed": 1}}
{"call": "Scheduling.ListClashes", "as": "nora.lead", "with": {}}
{"call": "Notes.CreateScreeningLink", "as": "nora.lead", "with": {"appointment_id": "${visit.appointment_id}"}, "keep": "link"}
{"call": "Notes.AnswerScreening", "as": "nora.lead", "with": {"token": "${link.token}", "language": "en", "answers": [{"item": "ill", "answer": "no"}]}, "expect": {"outcome": "incomplete"}}
{"call": "Directory.UpdatePractitioner", "as": "nora.lead", "with": {"practitioner_id": "${free.slots[0].practitioner_id}", "given_name": "Mira", "family_name": "Novak", "clinic_ids": ["${free.slots[0].clinic_id}"], "needling_training_hours": 80}}
{"call": "Directory.ListAthletes", "as": "nora.lead", "with": {}, "keep": "signed"}
{"call": "Notes.ListNotes", "as": "mira.novak", "with": {"athlete_id": "${signed.athletes[0].athlete_id}"}, "keep": "notes"}
{"call": "Notes.GetNote", "as": "mira.novak", "with": {"note_id": "${notes.notes[0].note_id}"}, "keep": "note"}
{"call": "Notes.ListNotesToCosign", "as": "sam.ortiz", "with": {}}
{"call": "Notes.CosignNote", "as": "sam.ortiz", "with": {"note_id": "${notes.notes[0].note_id}", "text": "Read"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.BreakGlass", "as": "sam.ortiz", "with": {"athlete_id": "${signed.athletes[0].athlete_id}", "reason": "Asked for a second signature"}}
{"call": "Notes.ListAdverseEvents", "as": "sam.ortiz", "with": {}}
{"call": "Notes.CosignNote", "as": "sam.ortiz", "with": {"note_id": "${notes.notes[0].note_id}", "text": "Read"}, "fails": "PERMISSION_DENIED"}
{"call": "Notes.AddAddendum", "as": "mira.novak", "with": {"note_id": "${notes.notes[0].note_id}", "text": "A word more", "reason": "For the test"}}
{"call": "Notes.AmendNote", "as": "mira.novak", "with": {"note_id": "${notes.notes[0].note_id}", "note": "${note.note}", "reason": "For the test"}}
{"call": "Notes.ListSigningKeys", "as": "mira.novak", "with": {}}
{"call": "Notes.PutPlanTemplate", "as": "nora.lead", "with": {"clinic_id": "${free.slots[0].clinic_id}", "area": "calf", "steps": [{"kind": "light_mobility", "text": "Rocks"}, {"kind": "positional_breathing", "day": 1, "text": "Breathe"}, {"kind": "activation", "day": 2, "text": "Raises"}, {"kind": "return_to_loading", "day": 4, "text": "Run"}]}, "expect": {"version": 1}}
{"call": "Notes.PutPhrase", "as": "nora.lead", "with": {"code": "ktw", "text": "Knee-to-wall reduced"}}
{"call": "Notes.PutPhrase", "as": "nora.lead", "with": {"code": "gone", "text": "Out of use"}}
{"call": "Notes.ListPhrases", "as": "nora.lead", "with": {}}
{"call": "Notes.RemovePhrase", "as": "nora.lead", "with": {"code": "gone"}}
{"call": "Notes.ListPlanTemplates", "as": "nora.lead", "with": {"clinic_id": "${free.slots[0].clinic_id}", "area": "calf"}, "expect": {"templates": [{}]}}
{"call": "Notes.ListPlanTemplates", "as": "nora.lead", "with": {"clinic_id": "${free.slots[0].clinic_id}"}}
{"call": "Notes.GetRulePack", "as": "nora.lead", "with": {"clinic_id": "${free.slots[0].clinic_id}"}, "expect": {"pack": {}}}
{"call": "Notes.RecordAdverseEvent", "as": "mira.novak", "with": {"note_id": "${notes.notes[0].note_id}", "kind": "bruising", "occurred_at": "2026-03-23T07:00:00Z", "admission": true}}
{"call": "Notes.ListAdverseEvents", "as": "mira.novak", "with": {"athlete_id": "${signed.athletes[0].athlete_id}"}, "expect": {"events": [{}]}}
{"call": "Notes.ListAdverseEvents", "as": "mira.novak", "with": {}, "expect": {"events": [{}]}}
{"call": "Notes.SearchNotes", "as": "mira.novak", "with": {"text": "calf", "driver": "load"}, "expect": {"notes": [{}]}}
{"call": "Notes.OpenEncounter", "as": "mira.novak", "with": {"athlete_id": "${signed.athletes[0].athlete_id}", "practitioner_id": "${free.slots[0].practitioner_id}", "clinic_id": "${free.slots[0].clinic_id}"}, "keep": "walk"}
{"call": "Notes.SaveDraft", "as": "mira.novak", "with": {"encounter_id": "${walk.encounter_id}", "note": {"complaint": "Calf"}}}
{"call": "Notes.SaveDraft", "as": "nora.lead", "with": {"encounter_id": "${walk.encounter_id}", "base_version": 1, "note": {"complaint": "Left calf"}}}
{"call": "Notes.SaveDraft", "as": "mira.novak", "with": {"encounter_id": "${walk.encounter_id}", "base_version": 1, "note": {"complaint": "Right calf"}}, "fails": "FAILED_PRECONDITION", "faults": ["complaint"]}
{"call": "Notes.GetDraft", "as": "mira.novak", "with": {"encounter_id": "${walk.encounter_id}"}, "expect": {"draft": {"version": 2}}}
{"call": "Notes.ListDraftVersions", "as": "nora.lead", "with": {"encounter_id": "${walk.encounter_id}"}, "expect": {"versions": [{}, {}, {"refused": true}]}}
{"call": "Notes.DiscardDraft", "as": "mira.novak", "with": {"encounter_id": "${walk.encounter_id}", "draft_version": 2}, "expect": {"discarded_version": 4}}
{"call": "Directory.RegisterAthlete", "as": "nora.lead", "with": {"athlete": {"given_name": "E", "family_name": "R", "birth_date": "1990-01-01", "zone": "UTC", "contact_points": [{"channel": "sms", "value": "+43 660 9990001"}]}}, "keep": "gone"}
{"call": "Directory.UpdateAthlete", "as": "nora.lead", "with": {"expected_revision": 1, "athlete": {"athlete_id": "${gone.athlete_id}", "given_name": "E", "family_name": "R", "birth_date": "1990-01-01", "zone": "Europe/Vienna", "contact_points": [{"channel": "sms", "value": "+43 660 9990002"}], "identifiers": [{"system": "urn:club", "value": "E-1"}]}}, "expect": {"revision": 2}}
{"call": "Directory.EraseAthlete", "as": "nora.lead", "with": {"athlete_id": "${gone.athlete_id}", "reason": "for the test"}}
{"call": "Directory.ListRetention", "as": "nora.lead", "with": {}}
{"call": "Notes.ListRecord", "as": "mira.novak", "with": {"athlete_id": "${signed.athletes[0].athlete_id}", "limit": 3}, "expect": {"parts": [{}, {}, {}]}}
{"call": "Analytics.ListMeasures", "as": "mira.novak", "with": {"athlete_id": "${signed.athletes[0].athlete_id}"}, "expect": {"measures": [{}]}}
{"call": "Reminders.ListTexts", "as": "nora.lead", "with": {"athlete_id": "${signed.athletes[0].athlete_id}"}}
{"call": "notes.ListAudit", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[0].athlete_id}"}}
{"call": "notes.ListAudit", "as": "nora.lead", "with": {"left_out": true}}
{"call": "Reminders.PutProgramme", "as": "nora.lead", "with": {"programme": {"daily_cap": 1, "steps": [{"step": "preparation", "due": "day -1 17:00", "texts": [{"language": "de", "text": "{clinic}: bis {when}."}]}]}}, "expect": {"version": 1}}
{"call": "Reminders.GetProgramme", "as": "nora.lead", "with": {}, "expect": {"programme": {"version": 1}}}
{"call": "Reminders.ListProgrammeVersions", "as": "nora.lead", "with": {}, "expect": {"versions": [{}]}}
{"call": "Reminders.PreviewProgramme", "as": "nora.lead", "with": {"days": 30}, "expect": {"messages": [{}]}}
{"call": "Reminders.ListRecall", "as": "nora.lead", "with": {"not_seen_weeks": 1}}
{"call": "Reminders.SendRecall", "as": "nora.lead", "with": {"athlete_ids": ["${a.athletes[0].athlete_id}"], "not_seen_weeks": 1}}
{"call": "Directory.MergeAthletes", "as": "nora.lead", "with": {"survivor_id": "${a.athletes[0].athlete_id}", "merged_id": "${a.athletes[1].athlete_id}", "reason": "for the test"}, "keep": "merge"}
{"call": "Directory.GetAthlete", "as": "nora.lead", "with": {"athlete_id": "${a.athletes[1].athlete_id}"}, "expect": {"merged": [{}]}}
{"call": "Directory.UnmergeAthletes", "as": "nora.lead", "with": {"merge_id": "${merge.merge_id}", "reason": "for the test"}}
{"call": "Directory.MergeAthletes", "as": "nora.lead", "with": {"survivor_id": "${a.athletes[0].athlete_id}", "merged_id": "${a.athletes[1].athlete_id}", "reason": "for the test"}}
{"call": "Reminders.RecordDelivery", "as": "operator", "organisation": "0195531a-0000-7000-8000-000000000001", "with": {"message_id": "0195531a-0000-7000-8000-000000000001", "provider": "kannel", "outcome": "delivered"}, "fails": "NOT_FOUND"}
{"call": "Reminders.ListMessages", "as": "nora.lead", "with": {"athlete_id": "${signed.athletes[0].athlete_id}", "limit": 1}, "keep": "told"}
{"call": "Reminders.GetLink", "as": "nora.lead", "with": {"message_id": "${told.messages[0].message_id}"}}
# What waits, and who takes nothing.
{"call": "Reminders.GetQueue", "as": "nora.lead", "with": {}}
{"call": "Reminders.ListQueue", "as": "nora.lead", "with": {"clinic_id": "${free.slots[0].clinic_id}"}}
{"call": "Reminders.ListOptOuts", "as": "nora.lead", "with": {}}
# Who is told of an alert, and a task that is closed.
{"call": "Reminders.PutEscalation", "as": "nora.lead", "with": {"chain": {"kind": "red_flag", "steps": [{"name": "Nora", "channel": "sms", "address": "+436605559901"}]}}}
{"call": "Reminders.ListEscalations", "as": "nora.lead", "with": {}, "expect": {"chains": [{"kind": "red_flag"}]}}
{"call": "Reminders.ReceiveText", "as": "operator", "organisation": "0195531a-0000-7000-8000-000000000001", "with": {"provider_message_id": "tenancy-1", "from": "+436605559902", "channel": "sms", "text": "Atemnot"}, "expect": {"understood_as": "red_flag"}}
{"call": "Reminders.ListAlerts", "as": "nora.lead", "with": {"open_only": true}, "expect": {"alerts": [{"steps": [{"name": "Nora"}]}]}}
{"call": "Reminders.ReceiveText", "as": "operator", "organisation": "0195531a-0000-7000-8000-000000000001", "with": {"provider_message_id": "tenancy-2", "from": "+436605559902", "channel": "sms", "text": "who is this"}, "expect": {"understood_as": "unknown"}}
{"call": "Reminders.ListTasks", "as": "nora.lead", "with": {"open_only": true, "limit": 1}, "keep": "open"}
{"call": "Reminders.CloseTask", "as": "nora.lead", "with": {"task_id": "${open.tasks[0].task_id}", "done": "for the test"}}
