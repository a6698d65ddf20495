# Reads records: a line "HEAD CODE" begins one, the lines below it are "KEY VALUE", # is a comment.
# A table sets in its BEGIN
#   head, code_pattern, code_expected   how a record begins
#   keys                                the keys that it knows, for people
#   needed[KEY]                         those that no record may be without
# and has the functions
#   begun()            after code is set, for what the pattern cannot say
#   field(key, value)  C text of the line, or fault(); for a key that it does not know: unknown = 1
#   ended()            how the finished record begins, with its brace
#   written()          prints the C file to out: table holds the records
function fault(expected) {
	print FILENAME ":" FNR ":" column ": expected " expected > "/dev/stderr"
	faults++
}
function quoted(text) { gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text); return "\"" text "\"" }
function end_record(  i) {
	if (code == "") return
	column = 1
	for (i in needed) if (!(i in seen)) fault(i " of " code)
	table = table "\t" ended() fields "},\n"
	code = ""
}
/^[ \t]*(#|$)/ { next }
{
	match($0, /[^ \t]+[ \t]*/); key = $1
	column = RSTART + RLENGTH
	value = substr($0, column)
	sub(/[ \t]+$/, "", value)
}
key == head {
	end_record()
	column = match($0, /[^ \t]+[ \t]*/) + RLENGTH
	if (value !~ code_pattern) fault(code_expected)
	if (value in codes) fault("a code that is new: it is in line " codes[value])
	codes[value] = FNR; code = value; fields = ""; delete seen
	begun()
	next
}
code == "" { column = 1; fault(head " CODE"); next }
value == "" { fault("a value of " key); next }
key in seen { column = match($0, /[^ \t]/); fault(key " once"); next }
{
	seen[key]
	unknown = 0
	made = field(key, value)
	if (unknown) { column = match($0, /[^ \t]/); fault(keys) }
	else fields = fields made ", "
}
ENDFILE { end_record() }
END {
	if (faults) exit 1
	written()
}
