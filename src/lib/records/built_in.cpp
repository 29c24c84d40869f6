#include "records/built_in.h"

namespace cascade::gate {

// The words of a rule identify its version: they change with its behaviour, and then its record starts again. The
// counts are those of the first run on cases that were written and labelled after the rules, and to which nothing was
// fitted. docs/guard.md: 78 of 80 commands that should be stopped were, and none of 46 harmless ones. docs/effects.md:
// 47 of 48 calls taken for effects were effects, and 52 of 54 short conversations went as labelled; each of the other
// three counts as a wrong flag, which is the worst it can have been.
const std::vector<BuiltIn>& built_ins() {
  static const std::vector<BuiltIn> all = {
      {"effects", {"effects", "1", {99, 3}, true}, "102 labelled calls and conversations (docs/effects.md)"},
      {"leases", {"leases", "1", {}, false}, ""},
      {"repository", {"repository", "1", {78, 0}, true}, "126 labelled commands (docs/guard.md)"},
      {"tools", {"tools", "1", {}, false}, ""},
      {"trust", {"trust", "1", {}, false}, ""}};
  return all;
}

const BuiltIn* find_built_in(std::string_view name) {
  for (const BuiltIn& one : built_ins())
    if (one.name == name) return &one;
  return nullptr;
}

}  // namespace cascade::gate
