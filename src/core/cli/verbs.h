// The verbs: one row each, and one file verb_<name>.cpp each; those of a system stand in its folder.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cascade::cli {

enum class Exit : int {
  yes = 0,     // done
  no = 1,      // the answer is no, or there are findings
  misuse = 2,  // a wrong flag, verb or configuration key
  failed = 3,  // could not work: disk, permission, nothing to look at
  bug = 4,     // a fault of ours
};

// The error for a wrong flag, verb or configuration key, with the correction.
inline Error misuse(std::string message, std::string help = {}) {
  return {ErrorCode::misuse, std::move(message), {}, std::move(help)};
}

constexpr Exit exit_for(ErrorCode code) noexcept { return code == ErrorCode::misuse ? Exit::misuse : Exit::failed; }

class Call;
using Run = Exit(Call& call);

// The words that a shell offers after a verb, besides options.
enum class Words : std::uint8_t { files, manifests, sessions };

// What a person wants who looks for a verb; `none`: it works but is not listed.
enum class Group : std::uint8_t { day, set_up, find, bundle, check, work, guard, remember, measure, clients, none };
std::string_view title_of(Group group) noexcept;

struct Verb {
  std::string_view name;
  Group group = Group::none;
  std::uint8_t place = 0;  // in the group, for the help text
  std::string_view help;
  Run* run = nullptr;
  Words words = Words::files;
  // What its first word may be, each with what follows it: "list, show [ID] or drop NAME". Empty: no fixed words.
  std::string_view takes = {};
  bool lenient = false;  // exits with 0 whatever happens: the host of hooks reads other codes as orders

  bool is_hidden() const noexcept { return group == Group::none; }
};
std::vector<std::string_view> actions_of(const Verb& verb);  // "list", "show", "drop"

std::vector<Verb> verbs();                              // in the order of the help text, by group
const Verb* find_verb(std::string_view name) noexcept;  // null if there is none

// Of the core's own. `run_bug` throws: that keeps the outermost handler testable.
Run run_doctor, run_config, run_version, run_help, run_index, run_list, run_show, run_search, run_route, run_bundle,
    run_why, run_resolve, run_session, run_new, run_tokens, run_allow, run_hook, run_guard, run_bug, run_names;
// Of a system that is in cascade-systems, a program in libexec: becomes that, with the same words.
Run become_own_program;

}  // namespace cascade::cli
