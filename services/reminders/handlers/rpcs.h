/* The RPCs of Reminders, one file each; see proto/soleus/v1/reminders.proto. */
#ifndef SOLEUS_REMINDERS_HANDLERS_RPCS_H
#define SOLEUS_REMINDERS_HANDLERS_RPCS_H

#include "events/check.h"

#include "soleus/v1/reminders.pb-c.h"

#define REMINDERS_RPC(Method, method)                                          \
	void reminders__##method(Soleus__V1__Reminders_Service *self,          \
				 const Soleus__V1__##Method##Request *request, \
				 Soleus__V1__##Method##Reply_Closure answer, void *data)

REMINDERS_RPC(ReceiveText, receive_text);
REMINDERS_RPC(RecordDelivery, record_delivery);
REMINDERS_RPC(ListMessages, list_messages);
REMINDERS_RPC(ListAlerts, list_alerts);
REMINDERS_RPC(AcknowledgeAlert, acknowledge_alert);
REMINDERS_RPC(PutEscalation, put_escalation);
REMINDERS_RPC(ListEscalations, list_escalations);
REMINDERS_RPC(ListTasks, list_tasks);
REMINDERS_RPC(CloseTask, close_task);
REMINDERS_RPC(GetQueue, get_queue);
REMINDERS_RPC(ListQueue, list_queue);
REMINDERS_RPC(ListOptOuts, list_opt_outs);
REMINDERS_RPC(ListTexts, list_texts);
REMINDERS_RPC(GetLink, get_link);
REMINDERS_RPC(DescribeLink, describe_link);
REMINDERS_RPC(ActOnLink, act_on_link);
REMINDERS_RPC(GetWebhook, get_webhook);
REMINDERS_RPC(OpenWebhook, open_webhook);
REMINDERS_RPC(PutProgramme, put_programme);
REMINDERS_RPC(GetProgramme, get_programme);
REMINDERS_RPC(ListProgrammeVersions, list_programme_versions);
REMINDERS_RPC(PreviewProgramme, preview_programme);
REMINDERS_RPC(ListRecall, list_recall);
REMINDERS_RPC(SendRecall, send_recall);
REMINDERS_RPC(RemindOfVisit, remind_of_visit);

#endif
