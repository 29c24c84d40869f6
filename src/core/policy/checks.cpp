// The names of the built-in gates are taken, because all gates share one record and one command line.
#include "policy/policy.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"
#include "text/names.h"

namespace cascade::policy {
namespace {

using syntax::Node, syntax::NodeKind;

constexpr letters::Names<Check::At::push> at_names("commit", "stop", "push");
constexpr const char* example = "gates: { lint: { run: [npm, run, lint], at: commit } }";
constexpr std::size_t longest_name = 40, most_words = 100, most_checks = 20;

// The names of built-in gates (src/systems/gates/built_in.h).
constexpr std::array<std::string_view, 7> taken = {"effects",    "leases", "playbook", "protection",
                                                   "repository", "tools",  "trust"};

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= longest_name && text.front() != '-' &&
         std::ranges::all_of(text, [](char c) { return letters::is_name(c) || c == '.'; });
}

std::optional<Fault> read_run(const Node& value, Check& check) {
  if (value.kind != NodeKind::list || value.items.empty() || value.items.size() > most_words)
    return Fault{value.at, "run is not a list of words: no shell is involved", "run: [npm, run, lint]"};
  for (const Node& word : value.items) {
    if (word.kind == NodeKind::map || word.kind == NodeKind::list)
      return Fault{word.at, "a word of run is not text", "run: [npm, run, lint]"};
    check.run.push_back(word.text);
  }
  if (check.run.front().empty()) return Fault{value.at, "run names no program", "run: [npm, run, lint]"};
  return std::nullopt;
}

std::optional<Fault> read_at(const Node& value, Check& check) {
  const auto at = at_names.find(value.text);
  check.at = at.value_or(check.at);
  if (at) return std::nullopt;
  return Fault{value.at, "\"" + value.text + "\" is not a time at which a check runs",
               "at: commit, at: stop or at: push"};
}

std::optional<Fault> read_check(const Node& given, Check& check) {
  if (given.kind != NodeKind::map) return Fault{given.at, "expected what the check runs, and when", example};
  auto fault = read_keys(given, "gates",
                         {{"at", [&](const Node& value) { return read_at(value, check); }},
                          {"mode", [&](const Node& value) { return read_mode(value, check.mode); }},
                          {"run", [&](const Node& value) { return read_run(value, check); }},
                          {"seconds", [&](const Node& value) {
                             return read_number(value, 1, most_check_seconds,
                                                {value.at, "seconds is not a number from 1 to 20", "seconds: 10"},
                                                check.seconds);
                           }}});
  if (fault) return fault;
  if (check.run.empty()) return Fault{given.at, "the check \"" + check.name + "\" lacks run", example};
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Check::At at) noexcept { return at_names.of(at); }

std::optional<Fault> read_checks(const Node& value, std::vector<Check>& checks) {
  if (value.kind == NodeKind::null) return std::nullopt;
  if (value.kind != NodeKind::map || value.size() > most_checks)
    return Fault{value.at, "expected at most 20 checks by name", example};
  for (std::size_t i = 0; i < value.size(); ++i) {
    Check check;
    check.name = value.key(i).text;
    if (!is_name(check.name))
      return Fault{value.key(i).at, "\"" + check.name + "\" is not a valid name for a check",
                   "letters, digits, - _ and ."};
    if (std::ranges::find(taken, check.name) != taken.end())
      return Fault{value.key(i).at, "\"" + check.name + "\" is the name of a built-in gate", "another name"};
    if (auto fault = read_check(value.value(i), check)) return fault;
    checks.push_back(std::move(check));
  }
  return std::nullopt;
}

}  // namespace cascade::policy
