// Each sign is sought among the later events first. Only a sign that is found is then compared with what came before,
// so what people and tools said before is rarely read.
#include "usage/used.h"

#include <algorithm>

#include "usage/signs.h"

namespace cascade::usage {
namespace {

using transcript::Happening;

constexpr auto by_hash_alone = [](const Phrase& a, const Phrase& b) { return a.hash < b.hash; };

bool has_phrase(const Event& event, std::uint64_t hash) {
  return std::binary_search(event.phrases.begin(), event.phrases.end(), Phrase{hash, 0}, by_hash_alone);
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
      return std::find(event.names.begin(), event.names.end(), name) != event.names.end();
    };
    return std::any_of(signs_.names.begin(), signs_.names.end(), is_called) ||
           (!event.tool.empty() && std::binary_search(signs_.tools.begin(), signs_.tools.end(), event.tool));
  }

  bool runs(const Event& event) const {
    for (const Run& told : signs_.runs)
      for (const Run& done : event.runs)
        if (is_same(told, done) && !before([&](const Event& earlier) {
              return std::any_of(earlier.runs.begin(), earlier.runs.end(),
                                 [&](const Run& run) { return is_same(told, run); });
            }))
          return true;
    return false;
  }

  bool touches(const Event& event) const {
    for (const std::string& told : signs_.paths) {
      const std::vector<std::string> one{told};
      const auto is_named = [&](const std::string& path) { return names_path(one, path); };
      if (std::any_of(event.paths.begin(), event.paths.end(), is_named) && !before([&](const Event& earlier) {
            return std::any_of(earlier.paths.begin(), earlier.paths.end(), is_named);
          }))
        return true;
    }
    return false;
  }

  bool writes(const Event& event) const {
    return std::any_of(event.identifiers.begin(), event.identifiers.end(), [&](const std::string& name) {
      return std::binary_search(signs_.identifiers.begin(), signs_.identifiers.end(), name) &&
             !before([&](const Event& earlier) {
               return std::find(earlier.identifiers.begin(), earlier.identifiers.end(), name) !=
                          earlier.identifiers.end() ||
                      has_identifier(earlier.raw, name);
             });
    });
  }

  bool echoes(const Event& event) const {
    return std::any_of(event.phrases.begin(), event.phrases.end(), [&](const Phrase& said) {
      const auto phrase =
          std::lower_bound(signs_.phrases.begin(), signs_.phrases.end(), Phrase{said.hash, 0}, by_hash_alone);
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
