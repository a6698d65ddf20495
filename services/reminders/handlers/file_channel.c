#include "reminders/handlers/channel.h"

#include "base/random.h"
#include "base/text.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#define FILE_NAME_BYTES 96
#define FILE_HEAD_BYTES 1024

struct file_channel {
	struct channel channel;
	struct loop *loop;
	const char *path;
	uint64_t instance; /* in the names of files in the making: no two processes share one */
};

struct batch {
	uv_work_t work;
	const struct file_channel *channel;
	struct outgoing *messages; /* to be written, or else: */
	const char *const *forgotten;
	size_t count;
	bool done; /* out, of what is forgotten */
	struct fiber *fiber;
};

/* As mkdir -p. */
static bool make_folder(const char *path)
{
	char part[4096];
	size_t length = strlen(path);
	if (length == 0 || length >= sizeof(part))
		return false;
	memcpy(part, path, length + 1);
	for (char *at = part + 1; *at; at++) {
		if (*at != '/')
			continue;
		*at = '\0';
		if (mkdir(part, 0750) != 0 && errno != EEXIST)
			return false;
		*at = '/';
	}
	return mkdir(part, 0750) == 0 || errno == EEXIST;
}

/* -1 when it cannot be had. Made again when somebody removed it: messages do not wait for a
 * restart.
 */
static int open_folder(const char *path)
{
	if (!make_folder(path) || access(path, W_OK | X_OK) != 0)
		return -1;
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool write_all(int file, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(file, bytes, length);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		bytes += written;
		length -= (size_t)written;
	}
	return true;
}

static bool write_content(int file, const struct outgoing *message)
{
	char head[FILE_HEAD_BYTES], due[TEXT_INSTANT_BYTES];
	text_from_instant(message->due_at, due);
	int length = snprintf(head, sizeof(head), "To: %s\nChannel: %s\nPurpose: %s\nDue: %s\n\n",
			      message->address, message->channel, message->purpose, due);
	return length > 0 && (size_t)length < sizeof(head) &&
	       write_all(file, head, (size_t)length) &&
	       write_all(file, message->text, strlen(message->text)) && write_all(file, "\n", 1) &&
	       fsync(file) == 0;
}

static const char *write_message(int folder, uint64_t instance, const struct outgoing *message)
{
	char name[FILE_NAME_BYTES], making[FILE_NAME_BYTES];
	snprintf(name, sizeof(name), "%s.txt", message->message_id);
	snprintf(making, sizeof(making), ".%s.%016llx", message->message_id,
		 (unsigned long long)instance);
	int file = openat(folder, making, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	if (file < 0)
		return "the file cannot be made";
	bool written = write_content(file, message);
	if (close(file) != 0 || !written) {
		unlinkat(folder, making, 0);
		return "the file cannot be written";
	}
	if (renameat(folder, making, folder, name) != 0) {
		unlinkat(folder, making, 0);
		return "the file cannot be named";
	}
	return NULL;
}

/* On a worker thread. A message counts as sent only when the folder is synced too. */
static void write_batch(uv_work_t *work)
{
	struct batch *batch = work->data;
	const struct file_channel *channel = batch->channel;
	int folder = open_folder(channel->path);
	for (size_t i = 0; i < batch->count; i++)
		batch->messages[i].fault =
			folder < 0 ? "the folder cannot be opened"
				   : write_message(folder, channel->instance, &batch->messages[i]);
	bool synced = folder >= 0 && fsync(folder) == 0;
	for (size_t i = 0; i < batch->count; i++) {
		if (!synced && !batch->messages[i].fault)
			batch->messages[i].fault = "the folder cannot be synced";
		batch->messages[i].sent = !batch->messages[i].fault;
	}
	if (folder >= 0)
		close(folder);
}

/* On a worker thread. What is not there is forgotten already. */
static void forget_batch(uv_work_t *work)
{
	struct batch *batch = work->data;
	int folder = open_folder(batch->channel->path);
	batch->done = folder >= 0;
	for (size_t i = 0; folder >= 0 && i < batch->count; i++) {
		char name[FILE_NAME_BYTES];
		snprintf(name, sizeof(name), "%s.txt", batch->forgotten[i]);
		if (unlinkat(folder, name, 0) != 0 && errno != ENOENT)
			batch->done = false;
	}
	if (folder >= 0 && fsync(folder) != 0)
		batch->done = false;
	if (folder >= 0)
		close(folder);
}

static void batch_written(uv_work_t *work, int status)
{
	struct batch *batch = work->data;
	assert(status == 0); /* nobody cancels it */
	fiber_resume(batch->fiber);
}

static FIBER void file_send(struct channel *channel, struct arena *arena, struct outgoing *messages,
			    size_t count)
{
	(void)arena;
	struct file_channel *files = (struct file_channel *)channel;
	struct batch batch = {
		.channel = files,
		.messages = messages,
		.count = count,
		.fiber = fiber_current(),
	};
	batch.work.data = &batch;
	if (uv_queue_work(loop_uv(files->loop), &batch.work, write_batch, batch_written) != 0) {
		for (size_t i = 0; i < count; i++)
			messages[i].fault = "no worker thread takes it";
		return;
	}
	fiber_suspend();
}

static FIBER bool file_forget(struct channel *channel, const char *const *message_ids, size_t count)
{
	struct file_channel *files = (struct file_channel *)channel;
	struct batch batch = {
		.channel = files,
		.forgotten = message_ids,
		.count = count,
		.fiber = fiber_current(),
	};
	batch.work.data = &batch;
	if (uv_queue_work(loop_uv(files->loop), &batch.work, forget_batch, batch_written) != 0)
		return false;
	fiber_suspend();
	return batch.done;
}

/* /dev/null: taken at once, kept nowhere. */
static FIBER void null_send(struct channel *channel, struct arena *arena, struct outgoing *messages,
			    size_t count)
{
	(void)channel;
	(void)arena;
	for (size_t i = 0; i < count; i++)
		messages[i].sent = true;
}

static struct channel null_channel = {.send = null_send, .takes_key = true};

struct status file_channel_open(struct loop *loop, const char *folder, struct arena *arena,
				struct channel **ret_channel)
{
	if (strcmp(folder, "/dev/null") == 0) {
		*ret_channel = &null_channel;
		return status_ok();
	}
	int descriptor = open_folder(folder);
	if (descriptor < 0)
		return status_errorf(
			arena, STATUS_FAILED_PRECONDITION,
			"SOLEUS_OUTBOX_DIR: expected a folder that can be written to: %s", folder);
	close(descriptor);
	struct file_channel *channel = ARENA_NEW(arena, struct file_channel);
	const char *path = arena_strdup(arena, folder);
	if (!channel || !path)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the file channel");
	*channel = (struct file_channel){
		.channel = {.send = file_send, .forget = file_forget, .takes_key = true},
		.loop = loop,
		.path = path,
		.instance = random_u64(),
	};
	*ret_channel = &channel->channel;
	return status_ok();
}
