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

// How sure the router has to be before it speaks: low speaks sooner, high only when it is nearly certain.
enum class Caution : std::uint8_t { low, normal, high };
std::optional<Caution> parse_caution(std::string_view text) noexcept;

struct Query {
  // The prompt. It only has to outlive the call.
  std::string_view text;
  // Files that the work is about. Their languages count a little.
  std::vector<std::string> paths;
  // The kinds that may answer. Empty: all of them.
  std::vector<Kind> kinds;
  // What the conversation uses already. If one of these ranks first, the router is silent, unless the prompt calls it
  // by name.
  std::vector<Symbol> active;
  // What the workspace does not have: "bin:docker", "mcp:tracker". Manifests that require it are not offered.
  std::vector<std::string> lacking;
  // Manifests that answer only where the prompt calls them by name. Sorted.
  std::vector<ManifestId> only_by_name;
  // Manifests that never answer. Sorted.
  std::vector<ManifestId> hidden;
  Caution caution = Caution::normal;
  // The most matches to return.
  std::size_t limit = 5;
  // False: matches carry no evidence, which is faster.
  bool evidence = true;
};

// A word of the prompt that met a field of a manifest.
struct Evidence {
  std::string term, field;
  // Its share of the match's score.
  std::uint32_t weight = 0;
};

struct Match {
  ManifestId id{};
  // Comparable within one routing only.
  std::uint32_t score = 0;
  // The heaviest first.
  std::vector<Evidence> evidence;
};

enum class Decision : std::uint8_t { load, offer, silence };
std::string_view to_string(Decision decision) noexcept;

struct Routing {
  Decision decision = Decision::silence;
  // By score, then symbol; also if the decision is silence.
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

// A prompt with its answer that the router is measured with, and not taught by.
struct KnownPrompt {
  std::string text;
  std::string answer;  // "kind:name", a command without its folders; empty: none is needed
};

struct RouterOptions {
  std::vector<Overlay> overlays;
  std::vector<KnownPrompt> kept_back;  // of cascade.prompts; they show from how many points on a load is right
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
