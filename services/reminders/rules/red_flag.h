/* Words that may mean a pneumothorax or worse (R4, A2), found anywhere in a text.
 *
 * Careful side: what is doubtful is a red flag. Only a plain denial just before the words takes
 * them back ("no chest pain or shortness of breath", "not breathless"); "No, chest pain", "no I
 * can't breathe" and "no breathless" do not.
 */
#ifndef SOLEUS_REMINDERS_RULES_RED_FLAG_H
#define SOLEUS_REMINDERS_RULES_RED_FLAG_H

enum red_flag { RED_FLAG_NONE, RED_FLAG_DENIED, RED_FLAG_RAISED };

/* One raised is enough, whatever else is denied. NULL has none. */
enum red_flag red_flag_find(const char *text);

#endif
