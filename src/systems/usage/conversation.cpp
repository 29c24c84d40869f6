// Most lines are passed over: their first bytes say that they hold nothing, or only their ends are looked for. A line
// that is cut off or of another format is counted, never skipped in silence.
#include "usage/conversation.h"

#include <algorithm>

#include "hash/content_hash.h"
#include "text/ascii.h"

namespace cascade::usage {
namespace {

using transcript::Happened, transcript::Happening;

bool by_hash(const Phrase& a, const Phrase& b) noexcept { return a.hash < b.hash; }

void read_call(const Happened& one, const PhraseSet& wanted, Event& event) {
  transcript::CallFacts facts = transcript::facts_of(one.tool, one.value);
  event.tool = transcript::telling_tool(one.tool);
  event.names = std::move(facts.names);
  event.paths = std::move(facts.paths);
  for (const std::string& line : facts.commands)
    for (Run& run : runs_of(line)) {
      event.paths.insert(event.paths.end(), run.words.begin(), run.words.end());
      event.runs.push_back(std::move(run));
    }
  for (const std::string& line : facts.commands) find_identifiers(line, wanted, event.identifiers);
  for (const std::string& text : facts.texts) {
    find_phrases(text, wanted, event.phrases);
    find_identifiers(text, wanted, event.identifiers);
  }
}

bool has_phrase(const Event& event, std::uint64_t hash) {
  return std::binary_search(event.phrases.begin(), event.phrases.end(), Phrase{hash, 0}, by_hash);
}

class Search {
 public:
  Search(const Signs& signs, const Stream& stream, std::size_t begin)
      : signs_(signs), events_(stream.events), begin_(std::min(begin, stream.events.size())) {}

  Shown take() {
    Shown shown;
    for (std::size_t at = begin_; at < events_.size() && events_[at].kind != Happening::compaction; ++at) {
      const Event& event = events_[at];
      if (event.kind == Happening::answer || event.kind == Happening::call) {
        ++shown.answers;
        look(event, shown);
      }
    }
    return shown;
  }

 private:
  void look(const Event& event, Shown& shown) const {
    const auto add = [&](Sign sign, bool is_there) {
      if (is_there) shown.signs = static_cast<std::uint8_t>(shown.signs | static_cast<std::uint8_t>(sign));
    };
    if (event.kind == Happening::call) {
      if (!shown.is(Sign::called)) add(Sign::called, calls(event));
      if (!shown.is(Sign::ran)) add(Sign::ran, runs(event));
      if (!shown.is(Sign::touched)) add(Sign::touched, touches(event));
      if (!shown.is(Sign::wrote)) add(Sign::wrote, writes(event));
    }
    if (!shown.is(Sign::echoed)) add(Sign::echoed, echoes(event));
  }

  bool calls(const Event& event) const {
    const auto is_called = [&](const std::string& name) {
      return std::ranges::find(event.names, name) != event.names.end();
    };
    return std::ranges::any_of(signs_.names, is_called) ||
           (!event.tool.empty() && std::binary_search(signs_.tools.begin(), signs_.tools.end(), event.tool));
  }

  bool runs(const Event& event) const {
    for (const Run& told : signs_.runs)
      for (const Run& done : event.runs)
        if (is_same(told, done) && !before([&](const Event& earlier) {
              return std::ranges::any_of(earlier.runs, [&](const Run& run) { return is_same(told, run); });
            }))
          return true;
    return false;
  }

  bool touches(const Event& event) const {
    for (const std::string& told : signs_.paths) {
      const std::vector<std::string> one{told};
      const auto is_named = [&](const std::string& path) { return names_path(one, path); };
      if (std::ranges::any_of(event.paths, is_named) &&
          !before([&](const Event& earlier) { return std::ranges::any_of(earlier.paths, is_named); }))
        return true;
    }
    return false;
  }

  bool writes(const Event& event) const {
    return std::ranges::any_of(event.identifiers, [&](const std::string& name) {
      return std::binary_search(signs_.identifiers.begin(), signs_.identifiers.end(), name) &&
             !before([&](const Event& earlier) {
               return std::ranges::find(earlier.identifiers, name) != earlier.identifiers.end() ||
                      has_identifier(earlier.raw, name);
             });
    });
  }

  bool echoes(const Event& event) const {
    return std::ranges::any_of(event.phrases, [&](const Phrase& said) {
      const auto phrase = std::lower_bound(signs_.phrases.begin(), signs_.phrases.end(), Phrase{said.hash, 0}, by_hash);
      return phrase != signs_.phrases.end() && phrase->hash == said.hash && !before([&](const Event& earlier) {
               return has_phrase(earlier, phrase->hash) ||
                      (!earlier.raw.empty() && says(earlier.raw, signs_.words, phrase->at, phrase_length));
             });
    });
  }

  template <typename Is>
  bool before(const Is& is) const {
    return std::any_of(events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(begin_), is);
  }

  const Signs& signs_;
  const std::vector<Event>& events_;
  std::size_t begin_;
};

}  // namespace

Stream& Conversation::stream(std::string_view session, std::string_view agent) {
  for (Stream& one : streams_)
    if (one.session == session && one.agent == agent) return one;
  streams_.push_back({std::string(session), std::string(agent), {}});
  return streams_.back();
}

const Stream* Conversation::stream_of(std::string_view session, std::string_view agent) const noexcept {
  for (const Stream& one : streams_)
    if (one.session == session && one.agent == agent) return &one;
  return nullptr;
}

// An answer of several blocks is several lines with one id, so what was said belongs to what is compared. Lines without
// an id are known by their time.
bool Conversation::is_repeated(const Happened& one) {
  const bool has_value = one.kind == Happening::call || one.kind == Happening::result;
  const std::string_view said = one.kind == Happening::typed ? one.tool : has_value ? one.value.raw() : one.words.raw();
  std::string key(one.id.empty() ? std::to_string(one.at) : std::string(one.id));
  key += static_cast<char>('0' + static_cast<int>(one.kind));
  key += std::to_string(hash::hash64(said));
  const std::uint64_t hash = hash::hash64(key);
  return !seen_.insert(hash).second;
}

void Conversation::add(const Happened& one, const transcript::LogFile& log) {
  if (one.kind != Happening::compaction && is_repeated(one)) return;
  Event event;
  event.kind = one.kind;
  event.at = one.at;
  switch (one.kind) {
    case Happening::prompt:
      event.text = one.words.text();
      find_phrases(event.text, wanted_, event.phrases);
      find_identifiers(event.text, wanted_, event.identifiers);
      break;
    case Happening::typed:
      event.kind = Happening::prompt;
      event.text = "/" + std::string(one.tool);
      event.names.emplace_back(one.tool);
      break;
    case Happening::answer: find_phrases(one.words, wanted_, event.phrases); break;
    case Happening::context: event.text = one.words.text(); break;
    case Happening::result: event.raw = one.value.raw(); break;
    case Happening::call: read_call(one, wanted_, event); break;
    case Happening::compaction: break;
  }
  std::ranges::sort(event.phrases, by_hash);
  stream(log.session, one.agent.empty() ? std::string_view(log.agent) : one.agent).events.push_back(std::move(event));
}

bool Conversation::read(const transcript::Format& format, const transcript::LogFile& log, std::string text) {
  bytes_ += text.size();
  texts_.push_back(std::move(text));
  stream(log.session, log.agent);
  seen_.clear();
  const transcript::LinesRead lines =
      transcript::read_lines(format, texts_.back(), [&](const Happened& one) { add(one, log); });
  unread_.torn += lines.torn;
  unread_.foreign += lines.foreign;
  if (lines.told == 0 && lines.foreign + lines.torn > 0)
    fail(log.path, "not the format of " + std::string(format.title) + "'s logs");
  return lines.told > 0;
}

// The longest word is sought first; around it, escapes such as \n separate words as blanks do.
bool says(std::string_view raw, const std::vector<std::string>& words, std::size_t from, std::size_t count) {
  const auto first = words.begin() + static_cast<std::ptrdiff_t>(from);
  const auto longest = std::max_element(first, first + static_cast<std::ptrdiff_t>(count),
                                        [](const auto& a, const auto& b) { return a.size() < b.size(); });
  const auto before = static_cast<std::size_t>(longest - first);
  const auto lower = [](char c) { return letters::to_lower(c); };
  const char head = (*longest)[0];
  for (std::size_t at = 0; at < raw.size(); ++at) {
    if (lower(raw[at]) != head) continue;
    if (at + longest->size() > raw.size()) return false;
    if (!std::equal(longest->begin(), longest->end(), raw.begin() + static_cast<std::ptrdiff_t>(at),
                    [&](char a, char b) { return a == lower(b); }))
      continue;
    // The words around: enough bytes for `count` of them, with escapes as blanks.
    constexpr std::size_t reach = 160;
    std::string around(raw.substr(at - std::min(at, reach), 2 * reach + longest->size()));
    for (std::size_t i = 0; i + 1 < around.size(); ++i)
      if (around[i] == '\\') around[i] = around[i + 1] = ' ';
    const std::vector<std::string> near = words_of(around);
    if (std::search(near.begin(), near.end(), first, first + static_cast<std::ptrdiff_t>(count)) != near.end())
      return true;
    at += longest->size() + before;
  }
  return false;
}

// Each sign is sought among the later events first. Only a sign that is found is then compared with what came before,
// so what people and tools said before is rarely read.

const char* to_string(Sign sign) noexcept {
  switch (sign) {
    case Sign::called: return "called";
    case Sign::ran: return "ran";
    case Sign::touched: return "touched";
    case Sign::echoed: return "echoed";
    case Sign::wrote: return "wrote";
  }
  return "called";
}

Shown shown_in(const Signs& signs, const Stream& stream, std::size_t begin) {
  return Search(signs, stream, begin).take();
}

}  // namespace cascade::usage
