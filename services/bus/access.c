/* access.conf: one line a method, "METHOD command|query ROLE…"; # begins a comment. */
#include "bus/bus.h"

#include <string.h>

static const char blanks[] = " \t\r";

struct parse {
	struct arena *arena;
	struct faults faults;
	struct access_rule *rules;
	size_t count;
	unsigned line;
};

static void fault(struct parse *parse, const char *expected)
{
	faults_addf(&parse->faults, parse->arena, expected, "line %u", parse->line);
}

static const struct access_rule *find(const struct parse *parse, const char *method)
{
	for (size_t i = 0; i < parse->count; i++)
		if (strcmp(parse->rules[i].method, method) == 0)
			return &parse->rules[i];
	return 0;
}

/* True for "package.Service.Method" of one of the services. */
static bool is_offered(ProtobufCService *const *services, const char *name)
{
	for (; *services; services++) {
		const ProtobufCServiceDescriptor *service = (*services)->descriptor;
		size_t length = strlen(service->name);
		if (strncmp(name, service->name, length) == 0 && name[length] == '.' &&
		    protobuf_c_service_descriptor_get_method_by_name(service, name + length + 1))
			return true;
	}
	return false;
}

static void read_line(struct parse *parse, char *text, ProtobufCService *const *services)
{
	text[strcspn(text, "#")] = '\0';
	text += strspn(text, blanks);
	if (!*text)
		return;
	const char *method = strsep(&text, blanks);
	text = text ? text + strspn(text, blanks) : "";
	size_t kind_length = strcspn(text, blanks);
	bool command = kind_length == 7 && memcmp(text, "command", 7) == 0;
	bool query = kind_length == 5 && memcmp(text, "query", 5) == 0;
	unsigned roles = 0;
	const char *unknown;

	if (!is_offered(services, method))
		fault(parse, "a method of the services, by its full name");
	if (find(parse, method))
		fault(parse, "one line for each method");
	if (!command && !query)
		fault(parse, "command or query after the method");
	else if (!roles_from_text(parse->arena, text + kind_length, &roles, &unknown))
		fault(parse, arena_printf(parse->arena, "a known role, not \"%s\"", unknown));
	else if (!roles)
		fault(parse, "at least one role");
	parse->rules[parse->count++] =
		(struct access_rule){.method = method, .command = command, .roles = roles};
}

static void find_missing(struct parse *parse, ProtobufCService *const *services)
{
	for (; *services; services++) {
		const ProtobufCServiceDescriptor *service = (*services)->descriptor;
		for (unsigned i = 0; i < service->n_methods; i++) {
			const char *name = arena_printf(parse->arena, "%s.%s", service->name,
							service->methods[i].name);
			if (!name || !find(parse, name))
				faults_add(&parse->faults, parse->arena, name,
					   "a line that says who may call it");
		}
	}
}

struct status access_parse(struct arena *arena, const char *text, ProtobufCService *const *services,
			   const struct access_rule **ret_rules)
{
	size_t lines = 1;
	for (const char *at = text; (at = strchr(at, '\n')); at++)
		lines++;
	struct parse parse = {
		.arena = arena,
		.rules = ARENA_ARRAY(arena, lines + 1, struct access_rule),
	};
	char *rest = arena_strdup(arena, text);
	if (!parse.rules || !rest)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the rules");
	for (char *line; (line = strsep(&rest, "\n"));) {
		parse.line++;
		read_line(&parse, line, services);
	}
	find_missing(&parse, services);
	struct status status = faults_status(&parse.faults);
	if (status_is_ok(status))
		*ret_rules = parse.rules;
	return status;
}
