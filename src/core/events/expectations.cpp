// The ledger is the only memory between two hooks, so what a session expects is rebuilt from its entries every time. Of
// several beginnings the last one counts, and a subagent with a work tree of its own has its own beginning in place of
// the session's.
#include "events/expectations.h"

namespace cascade::systems {
namespace {

using repository::Expected;
using repository::Source;

Source source_of(std::string_view name) {
  for (const Source source :
       {Source::began, Source::added, Source::named, Source::allowed, Source::made, Source::linked})
    if (name == repository::to_string(source)) return source;
  return Source::named;
}

bool is_beginning(const session::Entry& entry, std::string_view recipient) {
  return entry.event == session::Event::expect && entry.source == "began" && entry.recipient == recipient;
}

}  // namespace

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
    expectations.push_back({source_of(entry.source), place.directory, place.common_dir, place.work_tree, place.branch,
                            place.remote, place.addresses, place.remotes, place.has_remotes});
  }
  return expectations;
}

session::Entry entry_of(const Expected& expected, const std::string& recipient, std::int64_t now) {
  session::Entry entry;
  entry.event = session::Event::expect;
  entry.recipient = recipient;
  entry.source = repository::to_string(expected.source);
  entry.place = {expected.directory, expected.common_dir, expected.work_tree, expected.branch,
                 expected.remote,    expected.addresses,  expected.remotes,   expected.has_remotes};
  entry.written_at = now;
  return entry;
}

std::string began_in(const session::Ledger& ledger) {
  for (const session::Entry& entry : ledger.entries())
    if (is_beginning(entry, session::main_conversation)) return entry.place.directory;
  return {};
}

}  // namespace cascade::systems
