// Of the systems that may block, the strictest decision counts, and all their reasons are given, the strictest first.
// Those that only warn are collected in a notice for the user. Equal sentences are said once.
#include "events/verdict.h"

#include <algorithm>

#include "hash/content_hash.h"
#include "hook/clean.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::systems {
namespace {

using policy::Mode;
using repository::Decision;

// The reasons of these verdicts, one per line.
std::string reasons(const std::vector<const Verdict*>& verdicts) {
  std::vector<std::string> said;
  std::string text;
  for (const Verdict* verdict : verdicts) {
    std::string line = unicode::displayable(verdict->reason, true);
    if (!verdict->printed.empty()) line += ". It printed:\n" + unicode::displayable(verdict->printed, true);
    if (std::find(said.begin(), said.end(), line) != said.end()) continue;
    said.push_back(line);
    text += (text.empty() ? "[cascade] " : "\n[cascade] ") + line;
  }
  text = hook::clean(std::move(text));
  return std::string(hook::beginning(text, most_units));
}

}  // namespace

bool is_refused(const std::vector<Verdict>& verdicts) {
  return std::any_of(verdicts.begin(), verdicts.end(), [](const Verdict& verdict) {
    return verdict.mode == Mode::block && verdict.decision == Decision::deny;
  });
}

// Numbers are ages, counts and ports: a notice that differs only in them tells nothing new.
std::string kind_of(const Verdict& verdict) {
  std::string words;
  for (const char c : verdict.reason)
    if (!letters::is_digit(c)) words += c;
  return hash::to_hex(hash::hash64(verdict.system + "\n" + words));
}

std::vector<Verdict> not_yet_told(std::vector<Verdict> verdicts, const session::Ledger& ledger) {
  const auto is_told = [&](const Verdict& verdict) {
    if (verdict.mode != Mode::warn) return false;
    const std::string kind = kind_of(verdict);
    return std::any_of(ledger.entries().begin(), ledger.entries().end(), [&](const session::Entry& entry) {
      return entry.event == session::Event::verdict && entry.layer == policy::to_string(Mode::warn) &&
             entry.note == kind;
    });
  };
  verdicts.erase(std::remove_if(verdicts.begin(), verdicts.end(), is_told), verdicts.end());
  return verdicts;
}

client::Answer answer_of(const std::vector<Verdict>& verdicts) {
  std::vector<const Verdict*> binding, warning;
  for (const Verdict& verdict : verdicts) {
    if (verdict.decision == Decision::silent) continue;
    if (verdict.mode == Mode::block) binding.push_back(&verdict);
    if (verdict.mode == Mode::warn) warning.push_back(&verdict);
  }
  std::stable_sort(binding.begin(), binding.end(),
                   [](const Verdict* a, const Verdict* b) { return a->decision > b->decision; });
  client::Answer answer;
  answer.notice = reasons(warning);
  if (binding.empty()) return answer;
  answer.permission = binding.front()->decision == Decision::deny ? client::Permission::deny : client::Permission::ask;
  answer.reason = reasons(binding);
  return answer;
}

}  // namespace cascade::systems
