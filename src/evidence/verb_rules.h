// The table of rules for programs whose verbs tell what they do: git push, gh pr merge, kubectl apply, npm publish.
//
// A row fits when the program is one of `programs` and its operands begin with `verbs`; the first row that fits
// decides. Programs are matched by what they do at their current versions; a program that is in no table does nothing
// outside.
#pragma once

#include <optional>
#include <string_view>

#include "evidence/finding.h"
#include "evidence/words.h"

namespace cascade::evidence {

struct VerbRule {
  std::string_view programs;  // blanks between them
  // Of each the alternatives, with | between them; "*" is any word. "~a|b": one of these stands anywhere.
  std::string_view verbs;
  // "push", "change", "publish", "deploy"; "cli", "http", "browser": a witness through it; "-": neither
  std::string_view what;
  // Where the target stands, the first source that is there: "#1" the first operand behind the verbs, "@1" the
  // first of all, "-a|--app" an option's value, "=word" this word. "#1/#2" and "pr/#1" put together. Nothing: the
  // program's name.
  std::string_view target = {};
  std::string_view needs = {}, unless = {};  // options of which one must be there, or none
};

// What a program's words do by the table; nothing: no row fits. Neither: an empty finding list is for the caller to
// make of a row "-".
struct Ruled {
  bool nothing = false;  // a row says that it is neither
  Finding finding;
};
std::optional<Ruled> by_verbs(const shell::Call& call);

// The options of a program whose value is the next word.
std::string_view options_with_value(std::string_view program) noexcept;

// Whether the words only ask, rehearse or explain: --help, --dry-run, --plan.
bool only_rehearses(const Words& words);

}  // namespace cascade::evidence
