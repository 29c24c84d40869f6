#include "text/lines.h"
#include "usage/conversation.h"

#include <algorithm>

#include "files/paths.h"
#include "session/ledger.h"
#include "text/ascii.h"

namespace cascade::usage {
namespace {

using session::Entry;

Delivery delivery_of(const Entry& entry) {
  Delivery delivery;
  delivery.sequence = entry.sequence;
  delivery.at = entry.written_at;
  delivery.agent = entry.recipient == session::main_conversation ? std::string() : entry.recipient;
  delivery.root = entry.root;
  for (const session::SentPiece& piece : entry.pieces)
    if (session::is_section(piece.form) && Symbol::parse(piece.manifest))
      delivery.sections.push_back({piece.manifest, piece.section, piece.form, piece.content_hash, piece.cost.tokens});
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
  if (entry.layer == session::fork_layer) return;
  if (entry.decision == session::taken_decision) {
    taken[entry.root] = entry.recipient;
  } else if (entry.layer == session::offer_layer) {
    session.offers.push_back({entry.root, entry.sequence, entry.written_at});
  } else {
    Delivery delivery = delivery_of(entry);
    if (!delivery.sections.empty()) session.deliveries.push_back(std::move(delivery));
  }
}

std::uint64_t lines_in(std::string_view text) {
  std::uint64_t lines = 0;
  for (const std::string_view line : letters::lines(text)) lines += letters::trim(line).empty() ? 0 : 1;
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

// A delivery's place is the text that the client shows it to have put in, if the log holds it; the ledger's time, in
// whole seconds, only says where to look, and decides where the log does not hold it.
using transcript::Happening;

constexpr std::int64_t second = 1'000;

// "skill:review" as a layer's head and its note write it.
bool is_about(const std::string& text, const std::string& root) {
  const std::size_t colon = root.find(':');
  if (colon == std::string::npos) return false;
  return text.find(root) != std::string::npos ||
         text.find(root.substr(0, colon) + ": " + root.substr(colon + 1)) != std::string::npos;
}

// How many events two logs begin with in common.
std::size_t common_events(const Stream& a, const Stream& b) {
  const auto is_same = [](const Event& one, const Event& other) {
    return one.kind == other.kind && one.at == other.at && one.text == other.text && one.names == other.names;
  };
  return static_cast<std::size_t>(std::ranges::mismatch(a.events, b.events, is_same).in1 - a.events.begin());
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
  std::ranges::sort(ledgers.sessions, [](const Session& a, const Session& b) { return a.id < b.id; });
  return ledgers;
}

std::vector<const Session*> forks_of(const Session& session, const std::vector<Session>& all) {
  std::vector<const Session*> found = {&session};
  for (std::size_t at = 0; at < found.size(); ++at)
    for (const Session& one : all)
      if (one.parent == found[at]->id && std::ranges::find(found, &one) == found.end()) found.push_back(&one);
  found.erase(found.begin());
  return found;
}

Timeline::Timeline(const Session& session, const std::vector<const Session*>& forks, const Conversation& conversation)
    : session_(session), conversation_(conversation) {
  const Stream* const own = conversation.stream_of(session.id, {});
  for (const Session* fork : forks)
    if (const Stream* stream = conversation.stream_of(fork->id, {}); own != nullptr && stream != nullptr)
      forks_.push_back({stream, fork->began_at, common_events(*own, *stream)});
  for (const Delivery& delivery : session.deliveries)
    if (const Stream* stream = conversation.stream_of(session.id, delivery.agent))
      places_[delivery.sequence] = find_place(delivery, *stream);
}

std::size_t Timeline::find_place(const Delivery& delivery, const Stream& stream) {
  constexpr std::int64_t early = 2 * second, late = 10 * second;
  if (!delivery.agent.empty()) return 0;  // a subagent has what it was given from its first word on
  const std::int64_t at = delivery.at * second;
  for (std::size_t i = 0; i < stream.events.size(); ++i) {
    const Event& event = stream.events[i];
    const std::pair<const Stream*, std::size_t> place{&stream, i};
    if (event.kind != Happening::context || event.at < at - early || event.at > at + late ||
        !is_about(event.text, delivery.root) || std::ranges::find(used_places_, place) != used_places_.end())
      continue;
    used_places_.push_back(place);
    return i + 1;
  }
  const auto after = std::ranges::find_if(stream.events, [&](const Event& event) { return event.at >= at; });
  return static_cast<std::size_t>(after - stream.events.begin());
}

std::size_t Timeline::place_of(const Delivery& delivery) const {
  const auto found = places_.find(delivery.sequence);
  return found == places_.end() ? ~std::size_t{0} : found->second;
}

Shown Timeline::shown(const Delivery& delivery, const Signs& signs) const {
  const Stream* stream = conversation_.stream_of(session_.id, delivery.agent);
  if (stream == nullptr) return {};
  const std::size_t place = place_of(delivery);
  Shown shown = shown_in(signs, *stream, place);
  if (!delivery.agent.empty()) return shown;
  const auto also = [&](const Stream& other, std::size_t from) {
    shown.signs = static_cast<std::uint8_t>(shown.signs | shown_in(signs, other, from).signs);
  };
  // What the conversation was sent may be followed by a subagent that it starts then.
  for (const Stream& helper : conversation_.streams())
    if (helper.session == session_.id && !helper.agent.empty() && !helper.events.empty() &&
        helper.events.front().at >= delivery.at * second)
      also(helper, 0);
  // A fork's log begins with the lines that it has in common with the session's, or with none of them.
  for (const Fork& fork : forks_)
    if (fork.began_at >= delivery.at && (fork.common == 0 || fork.common >= std::min(place, stream->events.size())))
      also(*fork.stream, fork.common == 0 ? 0 : place);
  return shown;
}

bool Timeline::takes(const Named& offer) const {
  const auto is_it = [&](const Delivery& one) { return one.root == offer.root && one.sequence > offer.sequence; };
  if (std::ranges::any_of(session_.deliveries, is_it)) return true;
  const Stream* stream = conversation_.stream_of(session_.id, {});
  if (stream == nullptr) return false;
  const std::string name = offer.root.substr(offer.root.find(':') + 1);
  return std::ranges::any_of(stream->events, [&](const Event& event) {
    return event.at >= offer.at * second && std::ranges::find(event.names, name) != event.names.end();
  });
}

void Timeline::each_turn(const SeeTurn& see) const {
  const Stream* stream = conversation_.stream_of(session_.id, {});
  if (stream == nullptr) return;
  const std::vector<Event>& events = stream->events;
  for (std::size_t i = 0; i < events.size(); ++i) {
    // A fork's log begins with the lines of its parent's.
    if (events[i].kind != Happening::prompt || events[i].at < session_.began_at * second) continue;
    std::size_t end = i + 1;
    while (end < events.size() && events[end].kind != Happening::prompt) ++end;
    std::vector<std::string> called;
    for (std::size_t at = i; at < end; ++at)
      called.insert(called.end(), events[at].names.begin(), events[at].names.end());
    std::vector<const Delivery*> deliveries;
    for (const Delivery& delivery : session_.deliveries) {
      const std::size_t place = place_of(delivery);
      if (delivery.agent.empty() && place >= i && (place < end || end == events.size()))
        deliveries.push_back(&delivery);
    }
    see(events[i], deliveries, called);
  }
}

}  // namespace cascade::usage
