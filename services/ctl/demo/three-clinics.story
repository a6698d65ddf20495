# Three weeks of three clinics. Steps are explained in services/ctl/story.h.
{"say": "STRIDE, a group of three sports-recovery clinics: Vienna, Boston, Denver. Three weeks, from 2 March 2026."}
{"at": "2026-03-02T06:00:00Z"}
{"call": "Directory.CreateOrganisation", "with": {"organisation_id": "0195531a-0000-7000-8000-000000000001", "name": "Stride"}, "keep": "org"}
{"key": "nora.lead", "roles": "clinic_lead,front_desk", "organisation": "${org.organisation_id}"}
{"call": "Directory.CreateClinic", "as": "nora.lead", "with": {"name": "Stride Prater", "zone": "Europe/Vienna"}, "keep": "vienna"}
{"call": "Directory.CreateClinic", "as": "nora.lead", "with": {"name": "Stride Harbor", "zone": "America/New_York"}, "keep": "boston"}
{"call": "Directory.CreateClinic", "as": "nora.lead", "with": {"name": "Stride Highline", "zone": "America/Denver", "jurisdiction": "US-CO"}, "keep": "denver"}
{"call": "Directory.CreateRoom", "as": "nora.lead", "with": {"clinic_id": "${vienna.clinic_id}", "name": "Room 1"}, "keep": "vienna_room"}
{"call": "Directory.CreateRoom", "as": "nora.lead", "with": {"clinic_id": "${boston.clinic_id}", "name": "Dock"}, "keep": "boston_room"}
{"call": "Directory.CreateRoom", "as": "nora.lead", "with": {"clinic_id": "${denver.clinic_id}", "name": "Peak"}, "keep": "denver_room"}
{"call": "Directory.CreatePractitioner", "as": "nora.lead", "with": {"given_name": "Mira", "family_name": "Novak", "clinic_ids": ["${vienna.clinic_id}"]}, "keep": "mira"}
{"call": "Directory.CreatePractitioner", "as": "nora.lead", "with": {"given_name": "Sam", "family_name": "Ortiz", "clinic_ids": ["${boston.clinic_id}"]}, "keep": "sam"}
{"call": "Directory.CreatePractitioner", "as": "nora.lead", "with": {"given_name": "Lee", "family_name": "Park", "clinic_ids": ["${denver.clinic_id}"], "needling_training_hours": 60, "needling_training_place": "Boulder", "needling_training_on": "2023-06-18"}, "keep": "lee"}
{"key": "mira.novak", "roles": "practitioner", "organisation": "${org.organisation_id}", "subject": "${mira.practitioner_id}"}
{"key": "sam.ortiz", "roles": "practitioner", "organisation": "${org.organisation_id}", "subject": "${sam.practitioner_id}"}
{"key": "lee.park", "roles": "practitioner", "organisation": "${org.organisation_id}", "subject": "${lee.practitioner_id}"}
{"key": "desk", "roles": "front_desk", "organisation": "${org.organisation_id}"}
{"call": "Scheduling.PutService", "as": "nora.lead", "with": {"name": "Needling and follow-up work", "duration_minutes": 45, "buffer_after_minutes": 15}, "keep": "service"}
{"call": "Scheduling.SetWorkingHours", "as": "nora.lead", "with": {"practitioner_id": "${mira.practitioner_id}", "clinic_id": "${vienna.clinic_id}", "hours": [{"weekday": 1, "opens": "08:00", "closes": "16:00"}, {"weekday": 2, "opens": "08:00", "closes": "16:00"}, {"weekday": 3, "opens": "08:00", "closes": "16:00"}, {"weekday": 4, "opens": "08:00", "closes": "16:00"}, {"weekday": 5, "opens": "08:00", "closes": "16:00"}]}}
{"call": "Scheduling.SetWorkingHours", "as": "nora.lead", "with": {"practitioner_id": "${sam.practitioner_id}", "clinic_id": "${boston.clinic_id}", "hours": [{"weekday": 1, "opens": "09:00", "closes": "17:00"}, {"weekday": 2, "opens": "09:00", "closes": "17:00"}, {"weekday": 3, "opens": "09:00", "closes": "17:00"}, {"weekday": 4, "opens": "09:00", "closes": "17:00"}, {"weekday": 5, "opens": "09:00", "closes": "17:00"}]}}
{"call": "Scheduling.SetWorkingHours", "as": "nora.lead", "with": {"practitioner_id": "${lee.practitioner_id}", "clinic_id": "${denver.clinic_id}", "hours": [{"weekday": 1, "opens": "09:00", "closes": "17:00"}, {"weekday": 2, "opens": "09:00", "closes": "17:00"}, {"weekday": 3, "opens": "09:00", "closes": "17:00"}, {"weekday": 4, "opens": "09:00", "closes": "17:00"}, {"weekday": 5, "opens": "09:00", "closes": "17:00"}]}}
{"call": "Directory.RegisterAthlete", "as": "desk", "with": {"athlete": {"given_name": "Ana", "family_name": "Berger", "birth_date": "1994-05-11", "zone": "Europe/Vienna", "sport": "marathon", "home_clinic_id": "${vienna.clinic_id}", "contact_points": [{"channel": "sms", "value": "+436605550101"}]}}, "keep": "ana"}
{"call": "Directory.RegisterAthlete", "as": "desk", "with": {"athlete": {"given_name": "Ben", "family_name": "Cole", "birth_date": "2001-09-30", "zone": "America/New_York", "sport": "sprint", "home_clinic_id": "${boston.clinic_id}", "contact_points": [{"channel": "sms", "value": "+16175550102"}]}}, "keep": "ben"}
{"call": "Directory.RegisterAthlete", "as": "desk", "with": {"athlete": {"given_name": "Cleo", "family_name": "Hart", "birth_date": "1999-01-20", "zone": "America/Denver", "sport": "swimming", "home_clinic_id": "${denver.clinic_id}", "contact_points": [{"channel": "sms", "value": "+13035550103"}]}}, "keep": "cleo"}
{"call": "Directory.RegisterAthlete", "as": "desk", "with": {"athlete": {"given_name": "Dan", "family_name": "Imhof", "birth_date": "1990-12-02", "zone": "Europe/Vienna", "sport": "football", "home_clinic_id": "${vienna.clinic_id}", "contact_points": [{"channel": "sms", "value": "+436605550104"}]}}, "keep": "dan"}
{"call": "Directory.RecordConsent", "as": "desk", "with": {"athlete_id": "${ana.athlete_id}", "purpose": "treatment", "granted": true, "text_version": "2026-01", "copy_given": true}}
{"call": "Directory.RecordConsent", "as": "desk", "with": {"athlete_id": "${ana.athlete_id}", "purpose": "reminders", "channel": "sms", "granted": true, "text_version": "2026-01"}}
{"call": "Directory.RecordConsent", "as": "desk", "with": {"athlete_id": "${ana.athlete_id}", "purpose": "check_ins", "channel": "sms", "granted": true, "text_version": "2026-01"}}
{"call": "Directory.RecordConsent", "as": "desk", "with": {"athlete_id": "${ben.athlete_id}", "purpose": "treatment", "granted": true, "text_version": "2026-01", "copy_given": true}}
{"call": "Directory.RecordConsent", "as": "desk", "with": {"athlete_id": "${ben.athlete_id}", "purpose": "reminders", "channel": "sms", "granted": true, "text_version": "2026-01"}}
{"call": "Directory.RecordConsent", "as": "desk", "with": {"athlete_id": "${ben.athlete_id}", "purpose": "check_ins", "channel": "sms", "granted": true, "text_version": "2026-01"}}
{"call": "Directory.RecordConsent", "as": "desk", "with": {"athlete_id": "${cleo.athlete_id}", "purpose": "treatment", "granted": true, "text_version": "2026-01", "copy_given": true}}
{"call": "Directory.RecordConsent", "as": "desk", "with": {"athlete_id": "${cleo.athlete_id}", "purpose": "reminders", "channel": "sms", "granted": true, "text_version": "2026-01"}}
{"call": "Directory.RecordConsent", "as": "desk", "with": {"athlete_id": "${cleo.athlete_id}", "purpose": "check_ins", "channel": "sms", "granted": true, "text_version": "2026-01"}}
{"call": "Directory.RecordConsent", "as": "desk", "with": {"athlete_id": "${dan.athlete_id}", "purpose": "treatment", "granted": true, "text_version": "2026-01", "copy_given": true}}
{"call": "Directory.RecordConsent", "as": "desk", "with": {"athlete_id": "${dan.athlete_id}", "purpose": "reminders", "channel": "sms", "granted": true, "text_version": "2026-01"}}
{"call": "Scheduling.PutTraining", "as": "desk", "with": {"athlete_id": "${ana.athlete_id}", "source": "club plan", "sessions": [{"uid": "a1", "title": "Intervals 10 km", "starts_at": "2026-03-03T16:00:00Z", "ends_at": "2026-03-03T17:30:00Z"}, {"uid": "a2", "title": "Long run 28 km", "starts_at": "2026-03-08T08:00:00Z", "ends_at": "2026-03-08T10:45:00Z"}, {"uid": "a3", "title": "Easy run 8 km", "starts_at": "2026-03-04T16:00:00Z", "ends_at": "2026-03-04T17:00:00Z"}]}, "expect": {"added": 3}}
{"call": "Scheduling.PutTraining", "as": "desk", "with": {"athlete_id": "${ben.athlete_id}", "source": "club plan", "sessions": [{"uid": "b1", "title": "RACE indoor 60 m", "starts_at": "2026-03-07T19:00:00Z", "ends_at": "2026-03-07T20:00:00Z"}]}, "expect": {"added": 1}}
{"say": "It is Monday 2 March. Four athletes, their consents and training calendars are known."}

{"call": "Scheduling.FindAvailability", "as": "desk", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_ids": ["${vienna.clinic_id}"], "from_at": "2026-03-02T06:00:00Z", "until_at": "2026-03-07T00:00:00Z", "limit": 3}, "keep": "free"}
{"say": "VIENNA  Ana (marathon, tight left calf) asks for a visit. Best slot: ${free.slots[0].local_start}, timing ${free.slots[0].grade}: ${free.slots[0].reasons[0].text}."}
{"call": "Scheduling.Book", "as": "desk", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${vienna.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-03T08:00:00Z"}, "fails": "FAILED_PRECONDITION"}
{"say": "        Tuesday morning is refused: ${refusal}"}
{"call": "Scheduling.Book", "as": "desk", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${vienna.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-04T08:00:00Z"}, "keep": "ana1"}
{"call": "Scheduling.GetAppointment", "as": "desk", "with": {"appointment_id": "${ana1.appointment_id}"}, "keep": "ana1v"}
{"say": "        Booked instead: ${ana1v.appointment.local_start} with Mira, timing ${ana1.grade}."}
{"call": "Scheduling.Book", "as": "desk", "with": {"athlete_id": "${dan.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${vienna.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-04T08:00:00Z"}, "fails": "ALREADY_EXISTS", "keep": "dan0"}
{"say": "        Dan wants the same half hour: taken; offered ${dan0.alternatives[0].local_start} and ${dan0.alternatives[1].local_start}."}
{"call": "Scheduling.Book", "as": "desk", "with": {"athlete_id": "${dan.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${vienna.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-04T10:00:00Z"}, "keep": "dan1"}
{"call": "Scheduling.Book", "as": "desk", "with": {"athlete_id": "${ben.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${boston.clinic_id}", "practitioner_id": "${sam.practitioner_id}", "starts_at": "2026-03-06T16:00:00Z"}, "fails": "FAILED_PRECONDITION"}
{"say": "BOSTON  Ben (sprint) asks for Friday. Refused: ${refusal}"}
{"call": "Scheduling.Book", "as": "desk", "with": {"athlete_id": "${ben.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${boston.clinic_id}", "practitioner_id": "${sam.practitioner_id}", "starts_at": "2026-03-03T15:00:00Z"}, "keep": "ben1"}
{"call": "Scheduling.GetAppointment", "as": "desk", "with": {"appointment_id": "${ben1.appointment_id}"}, "keep": "ben1v"}
{"say": "        Booked: ${ben1v.appointment.local_start} with Sam, timing ${ben1.grade}."}
{"call": "Scheduling.Book", "as": "desk", "with": {"athlete_id": "${cleo.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${denver.clinic_id}", "practitioner_id": "${lee.practitioner_id}", "starts_at": "2026-03-05T17:00:00Z"}, "keep": "cleo1"}
{"call": "Scheduling.GetAppointment", "as": "desk", "with": {"appointment_id": "${cleo1.appointment_id}"}, "keep": "cleo1v"}
{"say": "DENVER  Cleo (swimming, sore shoulder) books ${cleo1v.appointment.local_start} with Lee."}

{"at": "2026-03-03T14:50:00Z"}
{"call": "Notes.RecordScreening", "as": "sam.ortiz", "with": {"athlete_id": "${ben.athlete_id}", "appointment_id": "${ben1.appointment_id}", "items": []}, "expect": {"outcome": "clear"}}
{"call": "Scheduling.CheckIn", "as": "desk", "with": {"appointment_id": "${ben1.appointment_id}"}}
{"call": "Notes.OpenEncounter", "as": "sam.ortiz", "with": {"appointment_id": "${ben1.appointment_id}", "athlete_id": "${ben.athlete_id}", "practitioner_id": "${sam.practitioner_id}", "clinic_id": "${boston.clinic_id}"}, "keep": "benE", "expect": {"treatment_consent": true}}
{"call": "Notes.SignNote", "as": "sam.ortiz", "with": {"encounter_id": "${benE.encounter_id}", "note": {"complaint": "Right hamstring pain when sprinting", "sites": [{"muscle": "biceps_femoris", "side": "right", "approach": "deep", "gauge_um": 300, "length_mm": 50, "depth_mm": 30, "insertions": 6, "needles_in": 2, "needles_out": 1}]}}, "fails": "INVALID_ARGUMENT"}
{"say": "BOSTON  Tue 3 March. Sam's first draft cannot be signed: the two questions are open, no finding is linked, and a needle is missing."}
{"call": "Notes.SignNote", "as": "sam.ortiz", "with": {"encounter_id": "${benE.encounter_id}", "note": {"complaint": "Right hamstring pain when sprinting", "tissue_to_calm": "Biceps femoris, right: guarded and shortened", "why_overloaded": "Sprint volume doubled within two weeks", "drivers": ["load"], "findings": [{"key": "f1", "movement": "active knee extension", "side": "right", "instrument": "active_knee_extension", "value": {"value": 38}}], "sites": [{"muscle": "biceps_femoris", "side": "right", "approach": "deep", "gauge_um": 300, "length_mm": 50, "depth_mm": 30, "insertions": 6, "retention_s": 60, "local_twitch_response": true, "pain_during": {"value": 4}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}], "measures": [{"instrument": "nprs", "area": "hamstring", "side": "right", "value": {"value": 6}, "moment": "before"}], "tolerance": "good"}}, "keep": "benN"}
{"say": "        Signed: ${benN.areas[0].area} ${benN.areas[0].side}, CPT ${benN.procedure_code}; plan of ${benN.plan[0].kind} and three more steps."}

{"at": "2026-03-04T07:50:00Z"}
{"call": "Notes.RecordScreening", "as": "mira.novak", "with": {"athlete_id": "${ana.athlete_id}", "appointment_id": "${ana1.appointment_id}", "items": []}, "expect": {"outcome": "clear"}}
{"call": "Scheduling.CheckIn", "as": "desk", "with": {"appointment_id": "${ana1.appointment_id}"}}
{"call": "Notes.OpenEncounter", "as": "mira.novak", "with": {"appointment_id": "${ana1.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${mira.practitioner_id}", "clinic_id": "${vienna.clinic_id}"}, "keep": "anaE1"}
{"call": "Notes.SignNote", "as": "mira.novak", "with": {"encounter_id": "${anaE1.encounter_id}", "note": {"complaint": "Left calf tight after long runs", "tissue_to_calm": "Gastrocnemius, left", "why_overloaded": "Long runs grew by a third", "drivers": ["load"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left", "instrument": "knee_to_wall", "value": {"value": 7.5}}], "sites": [{"muscle": "gastrocnemius", "side": "left", "approach": "pistoning", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}], "measures": [{"instrument": "nprs", "area": "calf", "side": "left", "value": {"value": 5}, "moment": "before"}]}}, "keep": "anaN1"}
{"say": "VIENNA  Wed 4 March. Ana is screened (clear), checked in, treated; note signed (${anaN1.areas[0].area} ${anaN1.areas[0].side}, CPT ${anaN1.procedure_code})."}
{"call": "Notes.RecordScreening", "as": "mira.novak", "with": {"athlete_id": "${dan.athlete_id}", "appointment_id": "${dan1.appointment_id}", "items": ["ill"]}, "keep": "danS", "expect": {"outcome": "defer"}}
{"call": "Scheduling.CheckIn", "as": "desk", "with": {"appointment_id": "${dan1.appointment_id}"}, "fails": "FAILED_PRECONDITION"}
{"say": "        Dan comes with a fever: ${danS.outcome} (${danS.reasons[0].rule}, ${danS.reasons[0].text}). Check-in is refused; he is rebooked."}
{"call": "Scheduling.CancelAppointment", "as": "desk", "with": {"appointment_id": "${dan1.appointment_id}", "reason": "ill"}}

{"at": "2026-03-05T16:50:00Z"}
{"call": "Reminders.ReceiveText", "as": "operator", "organisation": "${org.organisation_id}", "with": {"provider_message_id": "in-2", "from": "+436605550101", "channel": "sms", "text": "sore 4 ready 7"}, "keep": "anaA1", "expect": {"understood_as": "answer"}}
{"say": "VIENNA  Thu 5 March. The day after, Ana is asked how it is; she answers \"sore 4 ready 7\": kept as a measure."}
{"call": "Notes.RecordScreening", "as": "lee.park", "with": {"athlete_id": "${cleo.athlete_id}", "appointment_id": "${cleo1.appointment_id}", "items": ["bruises_easily"]}, "keep": "cleoS", "expect": {"outcome": "proceed_with_care"}}
{"call": "Scheduling.CheckIn", "as": "desk", "with": {"appointment_id": "${cleo1.appointment_id}"}}
{"call": "Notes.OpenEncounter", "as": "lee.park", "with": {"appointment_id": "${cleo1.appointment_id}", "athlete_id": "${cleo.athlete_id}", "practitioner_id": "${lee.practitioner_id}", "clinic_id": "${denver.clinic_id}"}, "keep": "cleoE"}
{"call": "Notes.SignNote", "as": "lee.park", "with": {"encounter_id": "${cleoE.encounter_id}", "note": {"complaint": "Right shoulder stiff overhead", "tissue_to_calm": "Latissimus dorsi and infraspinatus, right", "why_overloaded": "Paddle volume after a break", "drivers": ["load", "technique"], "care_reason": "Bruises easily: fewer insertions, short retention", "findings": [{"key": "f1", "movement": "shoulder flexion", "side": "right", "instrument": "shoulder_flexion", "value": {"value": 158}}], "sites": [{"muscle": "latissimus_dorsi", "side": "right", "approach": "superficial", "gauge_um": 250, "length_mm": 30, "depth_mm": 12, "insertions": 2, "pain_during": {"value": 3}, "needles_in": 1, "needles_out": 1, "finding_keys": ["f1"]}, {"muscle": "infraspinatus", "side": "right", "approach": "deep", "gauge_um": 250, "length_mm": 30, "depth_mm": 12, "insertions": 2, "pain_during": {"value": 3}, "needles_in": 1, "needles_out": 1, "finding_keys": ["f1"]}, {"muscle": "teres_major", "side": "right", "approach": "deep", "gauge_um": 250, "length_mm": 30, "depth_mm": 15, "insertions": 1, "pain_during": {"value": 3}, "needles_in": 1, "needles_out": 1, "finding_keys": ["f1"]}], "measures": [{"instrument": "nprs", "area": "lat", "side": "right", "value": {"value": 4}, "moment": "before"}]}}, "keep": "cleoN", "expect": {"thorax": true, "procedure_code": "20561"}}
{"say": "DENVER  Thu 5 March. Cleo: ${cleoS.outcome} (${cleoS.reasons[0].text}); three muscles, CPT ${cleoN.procedure_code}. Sites over the lung: safety checks go out after 24 h and 72 h."}
{"call": "Scheduling.BookSeries", "as": "desk", "with": {"visits": [{"athlete_id": "${dan.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${vienna.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-09T09:00:00Z"}, {"athlete_id": "${dan.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${vienna.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-16T09:00:00Z"}, {"athlete_id": "${dan.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${vienna.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-23T09:00:00Z"}]}, "keep": "danC", "expect": {"visits": [{}, {}, {}]}}
{"say": "        Dan is well again: a course of three visits is booked as one."}
{"call": "Scheduling.Reschedule", "as": "desk", "with": {"appointment_id": "${danC.visits[0].appointment_id}", "starts_at": "2026-03-10T09:00:00Z", "reason": "works late on Monday"}, "keep": "danMove", "expect": {"appointment": {"version": 2}}}
{"say": "        His first is moved to ${danMove.appointment.local_start}; his messages move with it."}

{"at": "2026-03-06T18:00:00Z"}
{"call": "Reminders.ReceiveText", "as": "operator", "organisation": "${org.organisation_id}", "with": {"provider_message_id": "in-3", "from": "+13035550103", "channel": "sms", "text": "a bit short of breath since this morning"}, "keep": "cleoR", "expect": {"understood_as": "red_flag"}}
{"call": "Reminders.ListAlerts", "as": "lee.park", "with": {"open_only": true}, "keep": "alerts"}
{"say": "DENVER  Fri 6 March. Cleo answers the safety check: \"a bit short of breath\". She is told at once: \"${cleoR.reply_text}\""}
{"call": "Reminders.AcknowledgeAlert", "as": "lee.park", "with": {"alert_id": "${alerts.alerts[0].alert_id}"}}
{"say": "        Lee has the alert, acknowledges it and calls her: hospital check, all clear."}

{"at": "2026-03-06T22:00:00Z"}
{"call": "Reminders.ReceiveText", "as": "operator", "organisation": "${org.organisation_id}", "with": {"provider_message_id": "in-4", "from": "+16175550102", "channel": "sms", "text": "2"}, "expect": {"understood_as": "answer"}}
{"call": "Reminders.ReceiveText", "as": "operator", "organisation": "${org.organisation_id}", "with": {"provider_message_id": "in-5", "from": "+436605550101", "channel": "sms", "text": "4"}, "expect": {"understood_as": "answer"}}
{"say": "        48 h after: Ben's pain is 2 (was 6), Ana's is 4 (was 5)."}

{"at": "2026-03-10T07:00:00Z"}
{"call": "Scheduling.Book", "as": "desk", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${vienna.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-11T08:00:00Z"}, "keep": "ana2"}
{"at": "2026-03-11T07:50:00Z"}
{"call": "Scheduling.MarkNoShow", "as": "desk", "with": {"appointment_id": "${danC.visits[0].appointment_id}", "reason": "did not call"}}
{"call": "Scheduling.GetAppointment", "as": "desk", "with": {"appointment_id": "${danC.visits[0].appointment_id}", "with_history": true}, "keep": "danH", "expect": {"history": [{"state": "booked"}, {"state": "booked", "reason": "works late on Monday"}, {"state": "no_show"}]}}
{"say": "VIENNA  Wed 11 March. Dan did not come yesterday: ${danH.history[2].state}, and nothing more is sent about it."}
{"call": "Notes.RecordScreening", "as": "mira.novak", "with": {"athlete_id": "${ana.athlete_id}", "appointment_id": "${ana2.appointment_id}", "items": []}}
{"call": "Scheduling.CheckIn", "as": "desk", "with": {"appointment_id": "${ana2.appointment_id}"}}
{"call": "Notes.OpenEncounter", "as": "mira.novak", "with": {"appointment_id": "${ana2.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${mira.practitioner_id}", "clinic_id": "${vienna.clinic_id}"}, "keep": "anaE2", "expect": {"last_note": {"note_id": "${anaN1.note_id}"}}}
{"call": "Notes.SignNote", "as": "mira.novak", "with": {"encounter_id": "${anaE2.encounter_id}", "note": {"complaint": "Left calf tight again", "tissue_to_calm": "Gastrocnemius and soleus, left", "why_overloaded": "Long run of 28 km on Sunday", "drivers": ["load"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left", "instrument": "knee_to_wall", "value": {"value": 7.8}}], "sites": [{"muscle": "gastrocnemius", "side": "left", "approach": "pistoning", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}, {"muscle": "soleus", "side": "left", "approach": "pistoning", "gauge_um": 300, "length_mm": 40, "depth_mm": 25, "insertions": 4, "pain_during": {"value": 3}, "needles_in": 1, "needles_out": 1, "finding_keys": ["f1"]}], "measures": [{"instrument": "nprs", "area": "calf", "side": "left", "value": {"value": 5}, "moment": "before"}]}}, "keep": "anaN2"}
{"say": "VIENNA  Wed 11 March. Ana is back with the same calf: pain 5 again. Second treatment, CPT ${anaN2.procedure_code}."}

{"at": "2026-03-13T20:00:00Z"}
{"call": "Reminders.ReceiveText", "as": "operator", "organisation": "${org.organisation_id}", "with": {"provider_message_id": "in-6", "from": "+16175550102", "channel": "sms", "text": "1"}, "expect": {"understood_as": "answer"}}
{"call": "Analytics.GetOutcome", "as": "sam.ortiz", "with": {"athlete_id": "${ben.athlete_id}"}, "keep": "benO"}
{"say": "BOSTON  Fri 13 March. About ten days after: Ben's pain is 1. Lasting improvement of the ${benO.areas[0].area}: ${benO.areas[0].lasting_improvement}."}

{"at": "2026-03-17T07:00:00Z"}
{"call": "Scheduling.CompleteAppointment", "as": "desk", "with": {"appointment_id": "${danC.visits[1].appointment_id}"}}
{"call": "Scheduling.ListAppointments", "as": "desk", "with": {"practitioner_id": "${mira.practitioner_id}", "from_at": "2026-03-16T00:00:00Z", "until_at": "2026-03-24T00:00:00Z"}, "expect": {"appointments": [{"state": "completed"}, {"state": "booked"}]}}
{"call": "Scheduling.Book", "as": "desk", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${vienna.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-18T08:00:00Z"}, "keep": "ana3"}
{"at": "2026-03-18T07:50:00Z"}
{"call": "Notes.RecordScreening", "as": "mira.novak", "with": {"athlete_id": "${ana.athlete_id}", "appointment_id": "${ana3.appointment_id}", "items": []}}
{"call": "Scheduling.CheckIn", "as": "desk", "with": {"appointment_id": "${ana3.appointment_id}"}}
{"call": "Notes.OpenEncounter", "as": "mira.novak", "with": {"appointment_id": "${ana3.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${mira.practitioner_id}", "clinic_id": "${vienna.clinic_id}"}, "keep": "anaE3"}
{"call": "Notes.SignNote", "as": "mira.novak", "with": {"encounter_id": "${anaE3.encounter_id}", "note": {"complaint": "Left calf, third time", "tissue_to_calm": "Gastrocnemius, left", "why_overloaded": "Unclear: comes back within days", "drivers": ["load", "technique"], "findings": [{"key": "f1", "movement": "knee-to-wall", "side": "left", "instrument": "knee_to_wall", "value": {"value": 7.6}}], "sites": [{"muscle": "gastrocnemius", "side": "left", "approach": "pistoning", "gauge_um": 300, "length_mm": 40, "depth_mm": 20, "insertions": 8, "pain_during": {"value": 3}, "needles_in": 2, "needles_out": 2, "finding_keys": ["f1"]}], "measures": [{"instrument": "nprs", "area": "calf", "side": "left", "value": {"value": 5}, "moment": "before"}]}}, "keep": "anaN3"}
{"call": "Analytics.ListUpstreamReviews", "as": "mira.novak", "with": {"open_only": true}, "keep": "reviews", "expect": {"reviews": [{"area": "calf", "side": "left", "visits": 3}]}}
{"say": "VIENNA  Wed 18 March. Third visit in 14 days, no lasting change: LOOK UPSTREAM."}
{"say": "        ${reviews.reviews[0].advice}"}
{"call": "Scheduling.FindAvailability", "as": "desk", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_ids": ["${vienna.clinic_id}"], "from_at": "2026-03-19T00:00:00Z", "until_at": "2026-03-25T00:00:00Z", "limit": 1}, "keep": "free3", "expect": {"open_reviews": [{"area": "calf"}]}}
{"say": "        The next booking shows it (${free3.open_reviews[0].area} ${free3.open_reviews[0].side}), and so does the next note, until Mira answers."}
{"call": "Reminders.ReceiveText", "as": "operator", "organisation": "${org.organisation_id}", "with": {"provider_message_id": "in-7", "from": "+436605550104", "channel": "sms", "text": "STOP"}, "keep": "stop", "expect": {"understood_as": "opt_out"}}
{"say": "        Dan writes STOP: \"${stop.reply_text}\""}

{"at": "2026-03-20T08:00:00Z"}
{"call": "Scheduling.Book", "as": "desk", "with": {"athlete_id": "${ana.athlete_id}", "service_id": "${service.service_id}", "clinic_id": "${vienna.clinic_id}", "practitioner_id": "${mira.practitioner_id}", "starts_at": "2026-03-20T13:00:00Z"}, "keep": "ana4"}
{"call": "Notes.OpenEncounter", "as": "mira.novak", "with": {"appointment_id": "${ana4.appointment_id}", "athlete_id": "${ana.athlete_id}", "practitioner_id": "${mira.practitioner_id}", "clinic_id": "${vienna.clinic_id}"}, "keep": "anaE4", "expect": {"upstream_reviews": [{"area": "calf"}]}}
{"call": "Analytics.AnswerUpstreamReview", "as": "mira.novak", "with": {"review_id": "${reviews.reviews[0].review_id}", "answer": "Overstriding with a late heel strike; cadence work and calf loading instead of needles", "driver": "mechanics"}}
{"say": "VIENNA  Fri 20 March. Mira answers the review: mechanics. Gait work and loading, no needles; the review is closed."}
{"at": "2026-03-22T20:00:00Z"}
{"call": "Reminders.ListMessages", "as": "nora.lead", "with": {"athlete_id": "${ana.athlete_id}", "limit": 100}, "keep": "anaM"}
{"call": "Analytics.ClinicSummary", "as": "nora.lead", "with": {"clinic_id": "${vienna.clinic_id}", "from_at": "2026-03-01T00:00:00Z", "until_at": "2026-03-23T00:00:00Z"}, "keep": "sum", "expect": {"treatments": 3, "attendance": {"n": 5, "no_shows": 1, "cancelled": 1}}}
{"say": "Sun 22 March. Vienna: ${sum.treatments} treatments. Small numbers are not compared (${sum.note})"}
