#include "usage/deliveries.h"

#include <algorithm>
#include <utility>

#include "files/paths.h"
#include "session/present.h"
#include "text/ascii.h"

namespace cascade::usage {
namespace {

using session::Entry;

bool is_text(Form form) noexcept {
  switch (form) {
    case Form::lead:
    case Form::section:
    case Form::prose:
    case Form::opening:
    case Form::third:
    case Form::beginning: return true;
    default: return false;
  }
}

Delivery delivery_of(const Entry& entry) {
  Delivery delivery;
  delivery.sequence = entry.sequence;
  delivery.at = entry.written_at;
  delivery.agent = entry.recipient == session::main_conversation ? std::string() : entry.recipient;
  delivery.root = entry.root;
  delivery.layer = entry.layer;
  delivery.decision = entry.decision;
  delivery.tokens = entry.cost.tokens;
  for (const session::SentPiece& piece : entry.pieces)
    if (is_text(piece.form) && Symbol::parse(piece.manifest))
      delivery.sections.push_back({piece.manifest, piece.section, piece.form, piece.content_hash, piece.cost.tokens});
  return delivery;
}

// What waited for a subagent belongs to the one that took it over, or to nobody.
void resolve_waiting(const std::map<std::string, std::string>& taken, Session& session) {
  std::vector<Delivery> heard;
  for (Delivery& one : session.deliveries) {
    if (one.agent.compare(0, session::pending_prefix.size(), session::pending_prefix) == 0) {
      const auto by = taken.find(one.agent);
      if (by == taken.end()) {
        ++session.unheard;
        continue;
      }
      one.agent = by->second;
    }
    heard.push_back(std::move(one));
  }
  session.deliveries = std::move(heard);
}

void read_injection(const Entry& entry, std::map<std::string, std::string>& taken, Session& session) {
  if (entry.layer == session::fork_layer) {
    session.forks.push_back(entry.recipient);
  } else if (entry.decision == session::taken_decision) {
    taken[entry.root] = entry.recipient;
  } else if (entry.layer == session::offer_layer) {
    session.offers.push_back({entry.root, entry.sequence, entry.written_at});
  } else {
    Delivery delivery = delivery_of(entry);
    if (!delivery.sections.empty()) session.deliveries.push_back(std::move(delivery));
  }
}

}  // namespace

Session session_of(std::string id, const std::vector<Entry>& entries) {
  Session session;
  session.id = std::move(id);
  std::map<std::string, std::string> taken;
  std::uint64_t expected = 1;
  bool takes_over = false;  // the lines that a fork begins with are its parent's
  for (const Entry& entry : entries) {
    if (entry.sequence > expected) session.lost += entry.sequence - expected;
    expected = entry.sequence + 1;
    session.last_at = std::max(session.last_at, entry.written_at);
    if (!entry.directory.empty()) session.directory = entry.directory;
    if (entry.event == session::Event::start && !entry.origin.empty()) {
      session.parent = entry.origin;
      session.began_at = entry.written_at;
      takes_over = true;
      continue;
    }
    takes_over = takes_over && entry.event == session::Event::inject && entry.written_at == session.began_at;
    if (takes_over) continue;
    if (entry.event == session::Event::inject) read_injection(entry, taken, session);
    if (entry.event == session::Event::drop) session.refusals.push_back({entry.root, entry.sequence, entry.written_at});
  }
  resolve_waiting(taken, session);
  return session;
}

std::vector<Session> read_sessions(const files::Tree& tree, const std::string& state, std::int64_t since) {
  constexpr std::int64_t nanoseconds = 1'000'000'000;
  const std::string folder = files::join(state, "sessions");
  std::vector<Session> sessions;
  const auto entries = tree.list(folder);
  if (!entries) return sessions;
  for (const files::Entry& file : *entries) {
    const std::string path = files::join(folder, file.name);
    const auto stamp = tree.stat(path);
    if (stamp && stamp->modified_ns > 0 && stamp->modified_ns / nanoseconds < since) continue;
    const auto text = tree.read(path, 4 * session::max_ledger_bytes);
    if (!text) continue;
    std::string id;
    const std::vector<Entry> read = session::parse(*text, &id);
    Session session = session_of(id, read);
    if (id.empty() || session.last_at < since) continue;
    std::uint64_t lines = 0;
    for (std::string_view rest = *text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      lines += letters::trim(rest.substr(0, end)).empty() ? 0 : 1;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    session.torn = lines - std::min<std::uint64_t>(lines, read.size());
    sessions.push_back(std::move(session));
  }
  std::sort(sessions.begin(), sessions.end(), [](const Session& a, const Session& b) { return a.id < b.id; });
  return sessions;
}

}  // namespace cascade::usage
