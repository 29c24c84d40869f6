// Downloads that a shell text runs unread, found by following the text as a shell would.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "validate/reading/shell.h"

namespace cascade::validation {

// The source of each download whose content a program of the text runs: through pipes, substitutions, variables,
// functions, aliases or files. A file that another program checks or shows first is not among them. In the order in
// which they are run; empty: there is none. Lines may begin with a prompt, and need not be valid shell to their end.
std::vector<std::string> downloads_run_by(std::string_view text);
// Whether the first address is that of a script by which a well-known program is installed.
bool is_known_installer(std::string_view text);

// Hosts where anybody can put a script: the rows of shared_hosts.tsv, compiled in.
struct SharedHost {
  std::string_view name;
};
std::span<const SharedHost> shared_hosts() noexcept;

// How the output of a command is used.

// Whether the command's output is run: through pipes into an interpreter that reads its program from there, or as a
// word of one (sh -c "$(...)", bash <(...), eval `...`).
bool reaches_interpreter(const std::vector<ShellCommand>& commands, const ShellCommand& command);

// Whether it is an interpreter without a program of its own: `sh`, `bash -s -- x`, `python3 -`; not `python3 -m
// json.tool`.
bool reads_program(const ShellCommand& command);

}  // namespace cascade::validation
