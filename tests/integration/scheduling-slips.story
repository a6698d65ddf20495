# What goes wrong at a desk, and must be said: a slot that is taken, a window that was left out, hours that
# leave visits without any, a clinic where nobody works, a calendar that cannot be read any more.
{"at": "2026-03-02T06:00:00Z"}
{"call": "Directory.CreateOrganisation", "with": {"organisation_id": "0195531a-0000-7000-8000-0000000000f1", "name": "Slips"}}
{"key": "p.lead", "roles": "clinic_lead,front_desk", "organisation": "0195531a-0000-7000-8000-0000000000f1"}
{"call": "Directory.CreateClinic", "as": "p.lead", "with": {"name": "Prater", "zone": "UTC"}, "keep": "prater"}
{"call": "Directory.CreateRoom", "as": "p.lead", "with": {"name": "R", "clinic_id": "${prater.clinic_id}", "capacity": 3}}
{"call": "Directory.CreateClinic", "as": "p.lead", "with": {"name": "Harbor", "zone": "UTC"}, "keep": "harbor"}
{"call": "Directory.CreateRoom", "as": "p.lead", "with": {"name": "R", "clinic_id": "${harbor.clinic_id}", "capacity": 3}}
{"call": "Directory.CreatePractitioner", "as": "p.lead", "with": {"given_name": "Mira", "family_name": "N", "clinic_ids": ["${prater.clinic_id}", "${harbor.clinic_id}"]}, "keep": "mira"}
{"call": "Directory.CreatePractitioner", "as": "p.lead", "with": {"given_name": "Bert", "family_name": "N", "clinic_ids": ["${prater.clinic_id}"]}, "keep": "bert"}
{"call": "Scheduling.PutService", "as": "p.lead", "with": {"name": "Visit", "duration_minutes": 30}, "keep": "s"}
{"call": "Directory.RegisterAthlete", "as": "p.lead", "with": {"athlete": {"given_name": "Ana", "family_name": "B", "birth_date": "1990-05-11", "zone": "UTC", "home_clinic_id": "${prater.clinic_id}"}}, "keep": "ana"}
{"call": "Directory.RegisterAthlete", "as": "p.lead", "with": {"athlete": {"given_name": "Dan", "family_name": "B", "birth_date": "1991-05-11", "zone": "UTC", "home_clinic_id": "${prater.clinic_id}"}}, "keep": "dan"}
{"call": "Directory.RegisterAthlete", "as": "p.lead", "with": {"athlete": {"given_name": "Eve", "family_name": "B", "birth_date": "1992-05-11", "zone": "UTC", "home_clinic_id": "${prater.clinic_id}"}}, "keep": "eve"}
{"key": "p.eve", "roles": "athlete", "organisation": "0195531a-0000-7000-8000-0000000000f1", "subject": "${eve.athlete_id}"}

# Hours where the directory does not know the practitioner are refused.
{"call": "Scheduling.SetWorkingHours", "as": "p.lead", "with": {"practitioner_id": "${bert.practitioner_id}", "clinic_id": "${harbor.clinic_id}", "hours": [{"weekday": 1, "opens": "08:00", "closes": "18:00"}, {"weekday": 2, "opens": "08:00", "closes": "18:00"}]}, "fails": "FAILED_PRECONDITION"}
{"call": "Scheduling.SetWorkingHours", "as": "p.lead", "with": {"practitioner_id": "${mira.practitioner_id}", "clinic_id": "${prater.clinic_id}", "hours": [{"weekday": 1, "opens": "08:00", "closes": "18:00"}, {"weekday": 2, "opens": "08:00", "closes": "18:00"}]}}
{"call": "Scheduling.SetWorkingHours", "as": "p.lead", "with": {"practitioner_id": "${mira.practitioner_id}", "clinic_id": "${harbor.clinic_id}", "hours": [{"weekday": 1, "opens": "08:00", "closes": "18:00"}, {"weekday": 2, "opens": "08:00", "closes": "18:00"}]}}
{"call": "Scheduling.PutTravelTime", "as": "p.lead", "with": {"from_clinic_id": "${prater.clinic_id}", "to_clinic_id": "${harbor.clinic_id}", "minutes": 45}}

# A taken slot is taken, with alternatives, also of a practitioner who works at two clinics.
{"call": "Scheduling.Book", "as": "p.lead", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-02T10:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.lead", "with": {"athlete_id": "${dan.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-02T10:00:00Z"}, "fails": "ALREADY_EXISTS", "expect": {"alternatives": [{}, {}]}}
{"call": "Scheduling.Book", "as": "p.lead", "with": {"athlete_id": "${dan.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${harbor.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-02T10:15:00Z"}, "fails": "ALREADY_EXISTS"}
{"call": "Scheduling.Book", "as": "p.lead", "with": {"athlete_id": "${dan.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${harbor.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-02T11:00:00Z"}, "fails": "FAILED_PRECONDITION", "expect": {"refusals": ["travel"]}}

# A window that is left out does not switch a rule off.
{"call": "Scheduling.PutTimingDefaults", "as": "p.lead", "with": {"windows": {"warn_hours": 36}}, "fails": "INVALID_ARGUMENT"}
{"call": "Scheduling.PutTimingDefaults", "as": "p.lead", "with": {"windows": {}}, "fails": "INVALID_ARGUMENT"}
{"call": "Scheduling.PutTimingDefaults", "as": "p.lead", "with": {"windows": {"warn_hours": 36, "competition_hours": 48, "after_block_hours": -1, "early_days": 10}}}
{"call": "Scheduling.GetTiming", "as": "p.lead", "with": {"athlete_id": "${ana.athlete_id}"}, "expect": {"windows": {"warn_hours": 36, "competition_hours": 48, "after_block_hours": null, "early_days": 10}}}

# Hours that leave a visit without any say so.
{"call": "Scheduling.SetWorkingHours", "as": "p.lead", "with": {"practitioner_id": "${mira.practitioner_id}", "clinic_id": "${prater.clinic_id}", "hours": [{"weekday": 1, "opens": "12:00", "closes": "18:00"}]}, "expect": {"outside_hours": [{"athlete_id": "${ana.athlete_id}"}]}}
{"call": "Scheduling.SetWorkingHours", "as": "p.lead", "with": {"practitioner_id": "${mira.practitioner_id}", "clinic_id": "${prater.clinic_id}", "hours": [{"weekday": 1, "opens": "08:00", "closes": "18:00"}, {"weekday": 2, "opens": "08:00", "closes": "18:00"}]}, "expect": {"outside_hours": null}}

# What a calendar holds in a form that nobody can read stays as it was read before; what it cancels goes.
{"call": "Scheduling.ImportHolidays", "as": "p.lead", "with": {"source": "h", "clinic_ids": ["${prater.clinic_id}"], "ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:good\r\nSUMMARY:Good Friday\r\nDTSTART;VALUE=DATE:20260403\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:day\r\nSUMMARY:Day\r\nDTSTART;VALUE=DATE:20260501\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"}, "expect": {"added": 2}}
{"call": "Scheduling.ImportHolidays", "as": "p.lead", "with": {"source": "h", "clinic_ids": ["${prater.clinic_id}"], "ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:good\r\nSUMMARY:Good Friday\r\nDTSTART;VALUE=DATE:2026XX03\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:day\r\nSUMMARY:Day\r\nDTSTART;VALUE=DATE:20260501\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"}, "expect": {"removed": 1, "unchanged": 1, "skipped": [{"uid": "good"}, {"uid": "day"}]}}
{"call": "Scheduling.ImportTraining", "as": "p.lead", "with": {"athlete_id": "${ana.athlete_id}", "source": "t", "ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:run\r\nSUMMARY:Easy run\r\nDTSTART:20260304T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"}, "expect": {"put": {"added": 3}}}
{"call": "Scheduling.ImportTraining", "as": "p.lead", "with": {"athlete_id": "${ana.athlete_id}", "source": "t", "ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:run\r\nSUMMARY:Easy run\r\nDTSTART:20260304T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=MINUTELY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"}, "expect": {"skipped": [{"uid": "run"}], "put": {"removed": null}}}
{"call": "Scheduling.ImportTraining", "as": "p.lead", "with": {"athlete_id": "${ana.athlete_id}", "source": "t", "ics": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}, "expect": {"put": {"removed": 3}}}

# An athlete fills no week alone, and holds a time as long as the service says.
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-09T09:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-09T10:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-09T11:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-09T12:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-09T13:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-09T14:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-10T09:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-10T10:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-10T11:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-10T12:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-10T13:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-10T14:00:00Z"}}
{"call": "Scheduling.Book", "as": "p.eve", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-10T16:00:00Z"}, "fails": "FAILED_PRECONDITION"}
{"call": "Scheduling.Hold", "as": "p.eve", "with": {"booking": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-10T16:00:00Z"}}, "fails": "FAILED_PRECONDITION"}
{"call": "Scheduling.Hold", "as": "p.eve", "with": {"minutes": 1440, "booking": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-10T16:00:00Z"}}, "fails": "INVALID_ARGUMENT"}
{"call": "Scheduling.Book", "as": "p.lead", "with": {"athlete_id": "${eve.athlete_id}", "service_id": "${s.service_id}", "clinic_id": "${prater.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-10T16:00:00Z"}}
