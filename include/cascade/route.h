// From a prompt to the manifests it asks for, or silence.
#ifndef CASCADE_ROUTE_H
#define CASCADE_ROUTE_H

#include <cascade/registry.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cascade {

// `kinds` empty: all. `active`: what the conversation already uses.
struct Query {
  std::string_view text;
  std::vector<std::string> paths;
  std::vector<Kind> kinds;
  std::vector<Symbol> active;
  std::size_t limit = 5;
};

// Which word of the prompt met which field, and what it was worth.
struct Evidence {
  std::string term, field;
  std::uint32_t weight = 0;
};

struct Match {
  ManifestId id{};
  std::uint32_t score = 0;
  std::vector<Evidence> evidence;
};

enum class Decision : std::uint8_t { load, offer, silence };
std::string_view to_string(Decision decision) noexcept;

// Ranked even when silent: by score, then symbol.
struct Routing {
  Decision decision = Decision::silence;
  std::vector<Match> ranked;
};

// Immutable, cheap to copy, safe to share between threads. Scores are integers and the same on every machine.
class Router {
 public:
  // Reads the bodies once. Fails only if `read` does, with its error.
  static Result<Router> build(const Registry& registry, const ReadSection& read);

  Routing rank(const Query& query) const;
  // How much of the query a section answers, 0 to 1000.
  std::uint32_t relevance(const Query& query, ManifestId id, std::uint32_t section) const;

  struct State;

 private:
  friend class RouterTables;
  explicit Router(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

}  // namespace cascade

#endif  // CASCADE_ROUTE_H
