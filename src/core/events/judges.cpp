// Asks the judges of a call in their turns: the core's own and those of systems.
#include "events/judges.h"

#include <algorithm>
#include <iterator>

#include "hash/content_hash.h"
#include "hook/clean.h"
#include "system/system.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::systems {
namespace {

using core::Sees, core::Turn;

constexpr core::Judge own_judges[] = {{Turn::tools, {}, nullptr, named_tools}};

// Those here and those of systems, by their turn.
std::vector<core::Judge> all_judges() {
  std::vector<core::Judge> rows(std::begin(own_judges), std::end(own_judges));
  for (const core::System* const system : core::systems())
    rows.insert(rows.end(), system->judges.begin(), system->judges.end());
  std::ranges::sort(rows, [](const core::Judge& a, const core::Judge& b) { return a.turn < b.turn; });
  return rows;
}

bool is_shown(const shell::Call& program, Sees sees) {
  if (sees == Sees::own_shell) return program.session == shell::Session::own;
  return sees == Sees::every_program || program.session != shell::Session::other_host;
}

// Lets whoever keeps a record grade the verdicts from that one on; the number of verdicts.
std::size_t grade(JudgedCall& call, std::size_t first) {
  for (const core::System* const system : core::systems())
    if (system->grade != nullptr) first = system->grade(call, first);
  return first;
}

using policy::Mode, repository::Decision;

// The reasons of these verdicts, one per line.
std::string reasons(const std::vector<const Verdict*>& verdicts) {
  std::vector<std::string> said;
  std::string text;
  for (const Verdict* verdict : verdicts) {
    std::string line = unicode::displayable(verdict->reason, true);
    if (!verdict->printed.empty()) line += ". It printed:\n" + unicode::displayable(verdict->printed, true);
    if (std::ranges::find(said, line) != said.end()) continue;
    said.push_back(line);
    text += (text.empty() ? "[cascade] " : "\n[cascade] ") + line;
  }
  text = hook::clean(std::move(text));
  return std::string(hook::beginning(text, most_units));
}

// What a session expects is rebuilt from its entries every time. Of several beginnings the last one counts, and a
// subagent with a work tree of its own has its own.

using repository::Expected, repository::Source;

bool is_beginning(const session::Entry& entry, std::string_view recipient) {
  return entry.event == session::Event::expect && entry.source == "began" && entry.recipient == recipient;
}

}  // namespace

Result<void> judge(JudgedCall& call) {
  const std::vector<core::Judge> judges = all_judges();
  std::vector<Judge> all;
  for (const core::Judge& row : judges) all.push_back(row.make == nullptr ? nullptr : row.make(call));
  call.tell = [&](const shell::Call& program, const repository::GitWords* git) {
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i] != nullptr && is_shown(program, judges[i].sees)) all[i]->see(program, git);
    if (!call.happens && !program.words.empty())
      call.programs.push_back((program.directory.empty() ? "?" : program.directory) + ": " +
                              repository::shown(program.words).text);
  };
  std::size_t graded = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (judges[i].turn >= Turn::takes) {
      if (!call.happens) break;
      graded = grade(call, graded);
      if (is_refused(call.verdicts)) break;
    }
    if (auto judged = all[i] == nullptr ? judges[i].whole(call) : all[i]->judge(); !judged) return judged;
  }
  if (call.happens) grade(call, graded);
  return {};
}

bool is_refused(const std::vector<Verdict>& verdicts) {
  return std::ranges::any_of(verdicts, [](const Verdict& verdict) {
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
    return std::ranges::any_of(ledger.entries(), [&](const session::Entry& entry) {
      return entry.event == session::Event::verdict && entry.layer == policy::to_string(Mode::warn) &&
             entry.note == kind;
    });
  };
  std::erase_if(verdicts, is_told);
  return verdicts;
}

client::Answer answer_of(const std::vector<Verdict>& verdicts) {
  std::vector<const Verdict*> binding, warning;
  for (const Verdict& verdict : verdicts) {
    if (verdict.decision == Decision::silent) continue;
    if (verdict.mode == Mode::block) binding.push_back(&verdict);
    if (verdict.mode == Mode::warn) warning.push_back(&verdict);
  }
  std::ranges::stable_sort(binding, [](const Verdict* a, const Verdict* b) { return a->decision > b->decision; });
  client::Answer answer;
  answer.notice = reasons(warning);
  if (binding.empty()) return answer;
  answer.permission = binding.front()->decision == Decision::deny ? client::Permission::deny : client::Permission::ask;
  answer.reason = reasons(binding);
  return answer;
}

repository::Expectations expectations_of(const session::Ledger& ledger, const std::string& recipient) {
  // The last beginning counts, since the client may have moved the session into a worktree.
  const session::Entry* began = nullptr;
  for (const session::Entry& entry : ledger.entries())
    if (is_beginning(entry, session::main_conversation)) began = &entry;
  for (const session::Entry& entry : ledger.entries())
    if (recipient != session::main_conversation && is_beginning(entry, recipient)) began = &entry;
  repository::Expectations expectations;
  for (const session::Entry& entry : ledger.entries()) {
    if (entry.event != session::Event::expect || (entry.source == "began" && &entry != began)) continue;
    const session::ExpectedPlace& place = entry.place;
    expectations.push_back({repository::parse_source(entry.source).value_or(Source::named), place.directory,
                            place.common_dir, place.work_tree, place.branch, place.remote, place.addresses,
                            place.remotes, place.has_remotes});
  }
  return expectations;
}

session::Entry entry_of(const Expected& expected, const std::string& recipient, std::int64_t now) {
  return {.event = session::Event::expect,
          .source = std::string(repository::to_string(expected.source)),
          .recipient = recipient,
          .place = {expected.directory, expected.common_dir, expected.work_tree, expected.branch, expected.remote,
                    expected.addresses, expected.remotes, expected.has_remotes},
          .written_at = now};
}

std::string began_in(const session::Ledger& ledger) {
  for (const session::Entry& entry : ledger.entries())
    if (is_beginning(entry, session::main_conversation)) return entry.place.directory;
  return {};
}

}  // namespace cascade::systems
