// Identifies a process and tells whether it still runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"

namespace cascade::files {

// Returns when the process started, in clock ticks since boot (proc(5), field 22), on macOS in microseconds, on Windows
// in steps of 100 ns. With the process id it names one process until the machine stops. 0: there is no such process, or
// Windows does not let us ask it.
std::uint64_t process_start(std::int64_t pid) noexcept;

std::int64_t own_process() noexcept;
std::int64_t parent_process() noexcept;
std::int64_t parent_of(std::int64_t pid);  // 0: there is no such process
// The words that a process was started with; empty if there is no such process.
std::vector<std::string> command_line(std::int64_t pid);
std::string working_folder(std::int64_t pid);  // empty: there is no such process, or it is another user's

// Whether this process or an ancestor was started with the variable in its environment (proc(5)). Unsetting it does
// not hide it; a broken line of descent, after a parent has ended, does. macOS does not show the environment of its own
// programs, such as /bin/zsh, so one that only these have had is not seen there. Windows shows the environment of a
// process as it is now, and only that of our own user's processes.
bool descends_from_one_with(std::string_view variable);

// The name of the nearest ancestor of this process whose name begins with one of `names`; empty: there is none. Names
// are cut at 15 bytes (proc(5)), and some programs say more than their file's name: "tmux: server". On Windows they end
// with ".exe".
std::string ancestor_named(const std::vector<std::string_view>& names);

// The machine as its processes see each other: its name, its id, and our namespace of process ids. On macOS, where the
// name is each network's to give, its id alone.
std::string machine();
// Whether the machine has its own id (machine-id(5)). Containers often have none.
bool has_machine_id();

// Milliseconds since the machine started, sleep included: a clock that nobody can set.
std::int64_t milliseconds_since_boot() noexcept;

// Identifies the current start of the machine: a file written during this one cannot have been torn by a crash. 0: the
// system does not say.
std::uint64_t this_boot() noexcept;

// What a system says of one process. For files/ only.
namespace system {

// The name of a process, as the system cuts it; empty: there is no such process.
std::string name_of(std::int64_t pid);
// Whether a process was started with a variable in its environment; `beginning` is its name and the sign "=".
bool was_started_with(std::int64_t pid, const std::string& beginning);

}  // namespace system

// All processes that the system tells us of. For files/ only.
struct ListedProcess {
  int id = 0, parent = 0;
  std::uint64_t bytes = 0;  // of memory that is present; 0 for one of another user where the system does not say
};
std::vector<ListedProcess> all_processes();

// What a process and all its descendants use.
struct Usage {
  std::uint64_t processes = 0, megabytes = 0;  // of memory that is present; shared memory counts for each process
};
Usage usage_below(int process);

// Bytes that are free on the disk with this path; 0: not known.
std::uint64_t free_bytes(const char* path);

// The number of processors that this process may run on, at least 1. Those that taskset, a container or a batch system
// took away are not counted, other than by the C++ library.
unsigned processors() noexcept;

// Waits for what a killed program leaves behind. While it lives, orphans of programs that were started become this
// process's own children, and at its end all children are waited for: the first process of a namespace ends only when
// all others in it have. A minute at most, because a machine that is busy kills slowly. REQUIRES: no child is meant to
// go on.
class LastChildren {
 public:
  LastChildren();
  LastChildren(const LastChildren&) = delete;
  LastChildren& operator=(const LastChildren&) = delete;
  ~LastChildren();
};

#ifdef _WIN32
constexpr char path_separator = ';';
constexpr std::string_view program_ending = ".exe";
#else
constexpr char path_separator = ':';
constexpr std::string_view program_ending = "";
#endif

// `path` is the value of PATH. On Windows a name without ".exe" gets that, and scripts (.cmd) are not found: no rule of
// quoting is safe for cmd.exe.
//
// The first executable file of that name in the folders of PATH; empty: there is none. Relative folders are skipped:
// they would be folders of whatever project is at hand.
std::string program_on_path(const Tree& tree, std::string_view path, std::string_view name);

// The folder as a shell lists it in PATH. Git Bash separates by ':', so there "C:/a" is "/c/a"; elsewhere it stays.
std::string in_shell_path(std::string folder);

// The running program; absolute, links resolved. Empty if the system does not say.
std::string program_file();

// The shared library that holds this function, or the program that it is linked into; absolute, links resolved. Empty
// if the system does not say.
std::string own_file();

// The value, in UTF-8, of an environment variable; none: it is not set.
std::optional<std::string> variable(const char* name);

// The user's own folder: HOME, on Windows USERPROFILE; empty if the environment does not say.
std::string user_folder();

// The words that main() was given. On Windows they are read anew, because main()'s are in an older code page.
std::vector<std::string> program_arguments(int count, const char* const* words);

// Bytes from the system's generator.
bool fill_randomly(unsigned char* bytes, std::size_t size) noexcept;  // false: it cannot be read

}  // namespace cascade::files
