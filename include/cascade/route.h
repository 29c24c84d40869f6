// From a prompt to the manifests it asks for, or silence.
#ifndef CASCADE_ROUTE_H
#define CASCADE_ROUTE_H

#include <cascade/registry.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

// How sure the router has to be before it speaks: low speaks up sooner, high only for what it is certain of.
enum class Caution : std::uint8_t { low, normal, high };
std::optional<Caution> parse_caution(std::string_view text) noexcept;

// `text` has to outlive the call only. `limit`: how many matches at most. `kinds` empty: all. `paths`: files that the
// work is about; their languages count a little. `active`: what the conversation already uses; a first-ranked one of
// them is met with silence unless it is called by name. `lacking`: what the workspace does not have ("bin:docker",
// "mcp:tracker"); what requires it is not offered.
// `only_by_name`: manifests that are answers only where the text calls them by name; `hidden`: that are none. Both
// sorted.
struct Query {
  std::string_view text;
  std::vector<std::string> paths;
  std::vector<Kind> kinds;
  std::vector<Symbol> active;
  std::vector<std::string> lacking;
  std::vector<ManifestId> only_by_name, hidden;
  Caution caution = Caution::normal;
  std::size_t limit = 5;
  bool evidence = true;  // false: matches carry none, which is faster
};

// Which word of the prompt met which field, and what it was worth.
struct Evidence {
  std::string term, field;
  std::uint32_t weight = 0;
};

// Scores compare within one routing only.
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

// Why the router decides as it does. The sum of `points` decides: silence below `offer_from`; from `load_from` on, and
// with a lead over the second of `lead_from`, load; else offer. A call by name decides alone. The lead is in per mille
// of the best score, or, where prompts taught about the library, in 64ths of a bit of what they taught.
struct RoutingReport {
  struct Signal {
    std::string name;
    std::int32_t value = 0, points = 0;
  };
  struct Reading {
    std::string written, as;
  };

  Routing routing;
  std::vector<Signal> signals;  // of the prompt and its best answer; those that say something
  std::int32_t points = 0, offer_from = 0, load_from = 0;
  std::uint32_t lead = 0, lead_from = 0;
  bool from_host = false;              // a message that no person wrote
  std::vector<std::string> concepts;   // what the prompt was understood to be about
  std::vector<Reading> repaired;       // words that were taken for misspelt ones; as stems
  std::vector<std::string> ruled_out;  // words of names that the prompt excludes; as stems
  std::vector<ManifestId> called;      // by name

  // Where prompts taught about the first match: what of the prompt they made speak for it, the most first, in 64ths of
  // a bit, and the prompts that are most like this one.
  struct Lesson {
    std::string part;
    std::int32_t gain = 0;
  };
  std::vector<Lesson> learned;
  std::vector<std::string> taught_by;
};

// Phrases that a library's owner adds for a manifest, by name or title (cascade.triggers.yaml).
struct Overlay {
  Symbol symbol;
  std::vector<std::string> phrases;
};

struct RouterOptions {
  std::vector<Overlay> overlays;
};

// Immutable, cheap to copy, safe to share between threads. Scores are integers and the same on every machine.
class Router {
 public:
  // Reads the bodies once. Fails only if `read` does, with its error.
  static Result<Router> build(const Registry& registry, const ReadSection& read, const RouterOptions& options = {});

  Routing rank(const Query& query) const;
  RoutingReport explain(const Query& query) const;  // what rank() says, and why
  // How much of the query the headings of a section answer: 500 (nothing of it) to 1000 (all of it). Reads the query
  // once; a section then costs the words of its headings. What comes back may outlive the router and the query; it
  // belongs to one thread.
  std::function<std::uint32_t(ManifestId id, std::uint32_t section)> relevance(const Query& query) const;

  struct State;

 private:
  friend class RouterTables;
  explicit Router(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

}  // namespace cascade

#endif  // CASCADE_ROUTE_H
