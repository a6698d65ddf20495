# What waits to be sent and who takes nothing, as the desk sees it when an athlete says that nothing came.
{"at": "2026-07-06T06:00:00Z"}
{"call": "Directory.CreateOrganisation", "with": {"organisation_id": "0195531a-0000-7000-8000-0000000000e7", "name": "Staff"}}
{"key": "v.lead", "roles": "clinic_lead,front_desk", "organisation": "0195531a-0000-7000-8000-0000000000e7"}
{"key": "v.other", "roles": "clinic_lead,front_desk", "organisation": "0195531a-0000-7000-8000-0000000000e8"}
{"call": "Directory.CreateClinic", "as": "v.lead", "with": {"name": "Prater", "zone": "Europe/Vienna"}, "keep": "clinic"}
{"call": "Directory.CreateRoom", "as": "v.lead", "with": {"clinic_id": "${clinic.clinic_id}", "name": "1"}}
{"call": "Directory.CreatePractitioner", "as": "v.lead", "with": {"given_name": "Mira", "family_name": "Novak", "clinic_ids": ["${clinic.clinic_id}"]}, "keep": "mira"}
{"call": "Scheduling.PutService", "as": "v.lead", "with": {"name": "Visit", "duration_minutes": 45}, "keep": "service"}
{"call": "Scheduling.SetWorkingHours", "as": "v.lead", "with": {"practitioner_id": "${mira.practitioner_id}", "clinic_id": "${clinic.clinic_id}", "hours": [{"weekday": 5, "opens": "08:00", "closes": "18:00"}]}}
{"call": "Directory.RegisterAthlete", "as": "v.lead", "with": {"athlete": {"given_name": "Ana", "family_name": "Berger", "birth_date": "1994-05-11", "zone": "Europe/Vienna", "home_clinic_id": "${clinic.clinic_id}", "contact_points": [{"channel": "sms", "value": "+43 660 7770001"}]}}, "keep": "ana"}
{"call": "Directory.RecordConsent", "as": "v.lead", "with": {"athlete_id": "${ana.athlete_id}", "purpose": "reminders", "channel": "sms", "granted": true, "text_version": "1"}}
{"call": "Reminders.GetQueue", "as": "v.lead", "with": {}, "expect": {"lanes": null}}
{"call": "Scheduling.Book", "as": "v.lead", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${clinic.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-07-10T08:00:00Z"}}
{"at": "2026-07-06T06:30:00Z"}
{"call": "Reminders.GetQueue", "as": "v.lead", "with": {}, "expect": {"lanes": [{"clinic_id": "${clinic.clinic_id}", "priority": "visit", "waiting": 2, "overdue": null, "next_due_at": "2026-07-08T08:00:00Z"}, {"priority": "care", "waiting": 1}]}}
{"call": "Reminders.ListQueue", "as": "v.lead", "with": {"clinic_id": "${clinic.clinic_id}", "limit": 1}, "keep": "page", "expect": {"messages": [{"purpose": "reminder_48h", "athlete_id": "${ana.athlete_id}", "priority": "visit", "due_at": "2026-07-08T08:00:00Z"}]}}
{"call": "Reminders.ListQueue", "as": "v.lead", "with": {"clinic_id": "${clinic.clinic_id}", "after_at": "${page.messages[0].due_at}", "after_id": "${page.messages[0].message_id}"}, "expect": {"messages": [{"purpose": "preparation"}, {"purpose": "reminder_3h"}]}}
{"call": "Reminders.ListQueue", "as": "v.lead", "with": {}, "expect": {"messages": null}}
{"call": "Reminders.ListQueue", "as": "v.other", "with": {"clinic_id": "${clinic.clinic_id}"}, "expect": {"messages": null}}
{"call": "Reminders.ListQueue", "as": "v.lead", "with": {"clinic_id": "x", "limit": -1, "after_id": "y"}, "fails": "INVALID_ARGUMENT", "faults": ["clinic_id", "after_id", "limit"]}
{"call": "Reminders.ListOptOuts", "as": "v.lead", "with": {}, "expect": {"opt_outs": null}}
{"call": "Reminders.ReceiveText", "as": "operator", "organisation": "0195531a-0000-7000-8000-0000000000e7", "with": {"provider_message_id": "v1", "from": "00436607770001", "channel": "sms", "text": "STOP"}, "expect": {"understood_as": "opt_out"}}
{"call": "Reminders.ReceiveText", "as": "operator", "organisation": "0195531a-0000-7000-8000-0000000000e7", "with": {"provider_message_id": "v2", "from": "00436607770002", "channel": "sms", "text": "STOP"}, "expect": {"understood_as": "opt_out"}}
{"call": "Reminders.ListOptOuts", "as": "v.lead", "with": {"limit": 1}, "keep": "outs", "expect": {"opt_outs": [{"address": "+436607770001", "opted_out_at": "2026-07-06T06:30:00Z", "athlete_ids": ["${ana.athlete_id}"]}]}}
{"call": "Reminders.ListOptOuts", "as": "v.lead", "with": {"after_address": "${outs.opt_outs[0].address}"}, "expect": {"opt_outs": [{"address": "+436607770002", "athlete_ids": null}]}}
{"call": "Reminders.ListOptOuts", "as": "v.other", "with": {}, "expect": {"opt_outs": null}}
{"call": "Reminders.GetQueue", "as": "v.lead", "with": {}, "expect": {"lanes": null}}
{"call": "Reminders.ReceiveText", "as": "operator", "organisation": "0195531a-0000-7000-8000-0000000000e7", "with": {"provider_message_id": "v3", "from": "00436607770001", "channel": "sms", "text": "START"}, "expect": {"understood_as": "opt_in"}}
{"call": "Reminders.ListOptOuts", "as": "v.lead", "with": {}, "expect": {"opt_outs": [{"address": "+436607770002"}]}}
{"call": "Reminders.GetQueue", "as": "v.lead", "with": {}, "expect": {"lanes": [{"waiting": 2}, {"waiting": 1}]}}
