// The table for programs whose verbs tell what they do: git push, gh pr merge, kubectl apply, npm publish.
//
// A row matches if the program is one of `programs` and its operands begin with `verbs`; the first matching row
// decides. Rows describe the programs' current versions; a program without a row does nothing outside.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "evidence/find.h"
#include "evidence/words.h"

namespace cascade::evidence {

struct VerbRule {
  std::string_view programs;  // separated by blanks
  // Alternatives for each operand, separated by |; "*" is any word. "~a|b": one of these anywhere.
  std::string_view verbs;
  // "push", "change", "publish", "deploy": an effect; "cli", "http", "browser": a witness through it; "-": neither
  std::string_view what;
  // The sources of the target; the first existing one counts: "#1" the first operand after the verbs, "@1" the first
  // of all, "-a|--app" an option's value, "=word" this word; "#1/#2" and "pr/#1" combined. Nothing: the program's
  // name.
  std::string_view target = {};
  std::string_view needs = {}, unless = {};  // options of which one must be present, or none may be
  std::string_view idle = {};                // what it prints where it found nothing to do; alternatives between |
};

std::span<const VerbRule> verb_rules() noexcept;

// The options of some programs whose value is the next word, both separated by blanks.
struct ValueOptions {
  std::string_view programs, options;
};
std::span<const ValueOptions> value_options() noexcept;

// The table's verdict on a program's words, one finding or none; nothing: no row matches.
std::optional<std::vector<Finding>> by_verbs(const shell::Call& call);

// The program's options whose value is the next word.
std::string_view options_with_value(std::string_view program) noexcept;

// Whether the words only ask for help or a rehearsal: --help, --dry-run, --plan.
bool only_rehearses(const Words& words);

}  // namespace cascade::evidence
