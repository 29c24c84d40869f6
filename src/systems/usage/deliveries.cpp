#include "usage/deliveries.h"

#include <algorithm>
#include <set>
#include <utility>

#include "files/paths.h"
#include "session/ledger.h"
#include "session/present.h"
#include "text/ascii.h"

namespace cascade::usage {
namespace {

using session::Entry;

std::vector<SentSection> sections_of(const std::vector<session::SentPiece>& pieces) {
  std::vector<SentSection> sections;
  for (const session::SentPiece& piece : pieces)
    if (session::is_section(piece.form) && Symbol::parse(piece.manifest))
      sections.push_back({piece.manifest, piece.section, piece.form, piece.content_hash, piece.cost.tokens,
                          std::min<std::uint32_t>(piece.withheld_ppm, 999'999)});
  return sections;
}

// What was kept out of a session stays out, so it is noted again with each later load of its manifest.
void keep_first_withheld(Session& session) {
  std::set<std::pair<std::string, std::uint64_t>> seen;
  for (Delivery& delivery : session.deliveries) {
    const auto is_known = [&](const SentSection& one) {
      return !seen.insert({delivery.agent, one.content_hash}).second;
    };
    auto& list = delivery.withheld;
    list.erase(std::remove_if(list.begin(), list.end(), is_known), list.end());
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
  delivery.sections = sections_of(entry.pieces);
  delivery.withheld = sections_of(entry.withheld);
  return delivery;
}

// What waited for a subagent belongs to the one that took it over, or to nobody.
void resolve_waiting(const std::map<std::string, std::string>& taken, Session& session) {
  const auto waits = [](const std::string& recipient) { return recipient.starts_with(session::pending_prefix); };
  std::erase_if(session.texts, [&](const Text& text) { return waits(text.recipient) && !taken.count(text.recipient); });
  std::vector<Delivery> heard;
  for (Delivery& one : session.deliveries) {
    if (waits(one.agent)) {
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
  if (entry.decision != session::taken_decision)  // counted where it waited
    session.texts.push_back({entry.written_at, entry.cost.tokens, entry.recipient});
  if (entry.layer == session::fork_layer) {
    session.forks.push_back(entry.recipient);
  } else if (entry.decision == session::taken_decision) {
    taken[entry.root] = entry.recipient;
  } else if (entry.layer == session::offer_layer) {
    session.offers.push_back({entry.root, entry.sequence, entry.written_at});
  } else {
    Delivery delivery = delivery_of(entry);
    if (!delivery.sections.empty() || !delivery.withheld.empty()) session.deliveries.push_back(std::move(delivery));
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
  keep_first_withheld(session);
  return session;
}

namespace {

std::uint64_t lines_in(std::string_view text) {
  std::uint64_t lines = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines += letters::trim(text.substr(0, end)).empty() ? 0 : 1;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// False: it cannot be read, or does not say whose it is.
bool read_ledger(const files::Tree& tree, const std::string& path, std::int64_t since, Ledgers& ledgers) {
  const auto text = tree.read(path, 4 * session::max_ledger_bytes);
  if (!text) return text.error().code == ErrorCode::not_found;  // it was removed meanwhile
  std::string id;
  const std::vector<Entry> read = session::parse(*text, &id);
  if (id.empty()) return letters::trim(*text).empty();
  Session session = session_of(id, read);
  if (session.last_at < since) return true;
  session.torn = lines_in(*text) - std::min<std::uint64_t>(lines_in(*text), read.size());
  ledgers.sessions.push_back(std::move(session));
  return true;
}

}  // namespace

Ledgers read_ledgers(const files::Tree& tree, const std::string& state, std::int64_t since) {
  constexpr std::int64_t nanoseconds = 1'000'000'000;
  const std::string folder = files::join(state, "sessions");
  Ledgers ledgers;
  const auto entries = tree.list(folder);
  if (!entries) {
    if (entries.error().code != ErrorCode::not_found) ledgers.unread.push_back(folder);
    return ledgers;
  }
  std::int64_t oldest = 0;
  std::size_t count = 0;
  for (const files::Entry& file : *entries) {
    const std::string path = files::join(folder, file.name);
    const auto stamp = tree.stat(path);
    const std::int64_t written = stamp ? stamp->modified_ns / nanoseconds : 0;
    ++count;
    if (written > 0 && (oldest == 0 || written < oldest)) oldest = written;
    if (written > 0 && written < since) continue;
    if (!read_ledger(tree, path, since, ledgers)) ledgers.unread.push_back(path);
  }
  if (count >= session::max_sessions) ledgers.full_since = oldest;
  std::sort(ledgers.sessions.begin(), ledgers.sessions.end(),
            [](const Session& a, const Session& b) { return a.id < b.id; });
  return ledgers;
}

}  // namespace cascade::usage
