// Reads branches, entries between semicolons: "1 old-only > skill:regression-bisection > 3; 1 harmless > end".
// One pass from left to right; after a fault it continues after the next semicolon.
#include <algorithm>

#include "chain/chain.h"
#include "chain/text_reader.h"

namespace cascade::chain {
namespace {

constexpr std::string_view prefix = "skill:";
constexpr const char* example = "as in 1 old-only > skill:regression-bisection > 3, or 1 harmless > end";

bool is_label(std::string_view text) {
  return !text.empty() && letters::is_letter(text.front()) && std::all_of(text.begin(), text.end(), letters::is_name);
}

// Reads the text after a ">": a detour, a step or the end. False: it is none of these.
bool read_target(std::string_view target, Branch& branch, bool& ended) {
  if (target.substr(0, prefix.size()) == prefix && target.size() > prefix.size()) {
    branch.detours.emplace_back(target.substr(prefix.size()));
    return target.find_first_of(" \t") == std::string_view::npos;
  }
  ended = true;
  if (target == "end") return true;
  TextReader number(target);
  branch.to = number.number();
  return branch.to && number.is_done();
}

// NUMBER LABEL (> skill:NAME)* > (NUMBER | end)
// After a fault the rest of the entry is skipped up to its semicolon, so that the entries after it are still read.
void read_branch(TextReader& text, std::vector<Branch>& branches, std::vector<Fault>& faults) {
  Branch branch;
  branch.at = text.at();
  const auto fail = [&](std::size_t at, std::string message) {
    faults.push_back({at, std::move(message), example});
    text.until(";");
  };
  const auto number = text.number();
  if (!number) return fail(branch.at, "expected a step's number and a label");
  branch.step = *number;
  const std::size_t label_at = text.at();
  branch.label = std::string(text.until(">;"));
  if (!is_label(branch.label)) return fail(label_at, "\"" + branch.label + "\" is not a label");
  bool ended = false;
  while (text.take('>')) {
    const std::size_t at = text.at();
    const std::string target(text.until(">;"));
    if (ended) return fail(at, "nothing can follow the step that a branch leads to");
    if (!read_target(target, branch, ended)) return fail(at, "\"" + target + "\" is not a place to branch to");
  }
  if (!ended) return fail(branch.at, "the branch leads nowhere");
  const bool twice = std::any_of(branches.begin(), branches.end(), [&](const Branch& other) {
    return other.step == branch.step && other.label == branch.label;
  });
  if (twice) return fail(branch.at, "step " + std::to_string(branch.step) + " has two branches " + branch.label);
  branches.push_back(std::move(branch));
}

}  // namespace

std::string to_string(const Branch& branch) {
  std::string text = std::to_string(branch.step) + " " + branch.label;
  for (const std::string& detour : branch.detours) text += " > " + std::string(prefix) + detour;
  return text + " > " + (branch.to ? std::to_string(*branch.to) : "end");
}

std::vector<Branch> read_branches(std::string_view text, std::vector<Fault>& faults) {
  std::vector<Branch> branches;
  TextReader reader(text);
  while (!reader.is_done()) {
    if (reader.next() != ';') read_branch(reader, branches, faults);
    if (!reader.is_done()) reader.drop();
  }
  return branches;
}

}  // namespace cascade::chain
