"""A gdb command, `fibers`: every live fiber (services/loop/fiber.h) with its back trace.

    gdb -p PID -x scripts/gdb-fibers.py -ex fibers
    gdb -batch -x scripts/gdb-fibers.py -ex fibers build/release/soleus-scheduling CORE

`fibers` lists all, `fibers N` the one with that number. The program needs debug information.
Nothing of the process is changed: a fiber's frames are found by an unwinder that pretends, for the
newest frame of the thread, that its caller is the place where the fiber was left. So it works on a
core file as well.
"""

import re

import gdb
from gdb.unwinder import Unwinder

# The registers in `struct place`, in its order; see note_place in services/loop/fiber_context.c.
REGISTERS = {
    "i386:x86-64": ["rip", "rsp", "rbp", "rbx", "r12", "r13", "r14", "r15"],
    "aarch64": ["pc", "sp", "x29"] + [f"x{number}" for number in range(19, 29)],
}
STATES = {
    "FIBER_RUNNING": "running",
    "FIBER_SUSPENDED": "suspended",
    "FIBER_READY": "ready",
}


class FrameId:
    """What gdb wants to know of a frame: it must lie below the frame that it returns to."""

    def __init__(self, sp, pc):
        self.sp = sp
        self.pc = pc


class FiberUnwinder(Unwinder):
    """Returns from the newest frame of the thread into `place`, while there is one."""

    def __init__(self):
        super().__init__("soleus-fiber")
        self.place = None
        self.newest_sp = None

    def __call__(self, pending_frame):
        if self.place is None or int(pending_frame.read_register("sp")) != self.newest_sp:
            return None
        unsigned_long = gdb.lookup_type("unsigned long")
        names = REGISTERS[pending_frame.architecture().name()]
        values = {
            name: gdb.Value(self.place[number]).cast(unsigned_long)
            for number, name in enumerate(names)
        }
        below = gdb.Value(self.place[1] - 64).cast(unsigned_long)
        info = pending_frame.create_unwind_info(FrameId(below, values[names[0]]))
        for name, value in values.items():
            # gdb wants each value in the type of its register.
            info.add_saved_register(name, value.cast(pending_frame.read_register(name).type))
        return info

    def back_trace(self, place):
        """The lines of gdb's own `bt`, from the frame in which the fiber was left."""
        gdb.invalidate_cached_frames()
        self.newest_sp = int(gdb.newest_frame().read_register("sp"))
        self.place = place
        gdb.invalidate_cached_frames()
        try:
            return from_pc(place[0])
        finally:
            self.place = None
            gdb.invalidate_cached_frames()


def from_pc(pc):
    frame = gdb.newest_frame()
    while frame is not None and frame.pc() != pc:
        frame = frame.older()
    if frame is None:
        return ["(no frame was found)"]
    first = frame.level()
    lines = []
    for line in gdb.execute("bt", to_string=True).splitlines():
        number = re.match(r"#(\d+)( +)", line)
        if number is None:
            if lines:
                lines.append(line)
        elif int(number[1]) >= first:
            lines.append(f"#{int(number[1]) - first:<2} {line[number.end():]}")
            if " first_frame (" in line:
                break
    return lines


def main_thread_back_trace():
    before = gdb.selected_thread()
    for thread in gdb.selected_inferior().threads():
        if thread.num == 1:
            thread.switch()
    lines = gdb.execute("bt", to_string=True).splitlines()
    before.switch()
    return lines


class Fibers(gdb.Command):
    """List the live fibers with their back traces: fibers [NUMBER]"""

    def __init__(self, unwinder):
        super().__init__("fibers", gdb.COMMAND_STACK)
        self.unwinder = unwinder

    def invoke(self, argument, from_tty):
        names = REGISTERS.get(gdb.newest_frame().architecture().name())
        if names is None:
            raise gdb.GdbError("fibers are not known on this architecture")
        wanted = int(argument) if argument else None
        selected = gdb.selected_frame().level()
        current = int(gdb.parse_and_eval("fibers.current"))
        fiber = gdb.parse_and_eval("fiber_live")
        number = 0
        while int(fiber) != 0:
            number += 1
            if wanted is None or wanted == number:
                self.show(number, fiber, current, len(names))
            fiber = fiber["next"]
        gdb.execute(f"frame {selected}", to_string=True)
        gdb.write(f"{number} live fibers\n")

    def show(self, number, fiber, current, count):
        state = str(fiber["state"])
        gdb.write(
            f"fiber {number} {int(fiber):#x} {STATES.get(state, state)}"
            f" main={fiber['main'].format_string(symbols=True)}"
            f" argument={int(fiber['argument']):#x} local={int(fiber['local']):#x}\n"
        )
        if int(fiber) == current:
            lines = main_thread_back_trace()
        else:
            registers = fiber["context"]["place"]["registers"]
            lines = self.unwinder.back_trace([int(registers[i]) for i in range(count)])
        gdb.write("".join(f"    {line}\n" for line in lines) + "\n")


fiber_unwinder = FiberUnwinder()
gdb.unwinder.register_unwinder(None, fiber_unwinder, replace=True)
Fibers(fiber_unwinder)
