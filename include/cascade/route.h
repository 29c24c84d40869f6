// Finds the manifests that a prompt asks for, or decides to stay silent.
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

// How sure the router must be before it speaks: low speaks sooner, high only when it is nearly certain.
enum class Caution : std::uint8_t { low, normal, high };
std::optional<Caution> parse_caution(std::string_view text) noexcept;

struct Query {
  // The prompt. It only needs to outlive the call.
  std::string_view text;
  // The prompt of the turn before. A prompt that says too little by itself is read together with it.
  std::string_view before;
  // The files that the work is about. Their languages count a little.
  std::vector<std::string> paths;
  // The kinds that may answer. Empty: all of them.
  std::vector<Kind> kinds;
  // The manifests that the conversation already uses. If one of them ranks first, the router is silent, unless the
  // prompt calls it by name.
  std::vector<Symbol> active;
  // Requirements that the workspace does not meet: "bin:docker", "mcp:tracker". Manifests with such a requirement are
  // not offered.
  std::vector<std::string> lacking;
  // Manifests that answer only if the prompt calls them by name. Sorted.
  std::vector<ManifestId> only_by_name;
  // Manifests that never answer. Sorted.
  std::vector<ManifestId> hidden;
  Caution caution = Caution::normal;  // raises or lowers the points from which the router speaks
  // The maximum number of ranked matches; those that are loaded and offered do not count. 0: no ranking is made.
  std::size_t limit = 5;
  // True: ranks for somebody who searches, a manifest for each thing that a long text asks for before second ones.
  bool searches = false;
  // False: matches carry no evidence, which is faster.
  bool evidence = true;
};

// A word of the prompt that matched a field of a manifest.
struct Evidence {
  std::string term, field;
  // Its share of the match's score.
  std::uint32_t weight = 0;
};

struct Match {
  ManifestId id{};
  // Comparable only within one routing.
  std::uint32_t score = 0;
  // The heaviest first.
  std::vector<Evidence> evidence;
};

enum class Decision : std::uint8_t { load, offer, silence };  // take the first match; name the first few; say nothing
std::string_view to_string(Decision decision) noexcept;

// One of the things that a prompt asks for, and the answer to it alone.
struct Need {
  std::size_t begin = 0, end = 0;              // bytes of the prompt: what asks, and what is said about it
  std::size_t asked_begin = 0, asked_end = 0;  // the clause that asks
  std::string sign;                            // what made it a need of its own (docs/routing.md)
  Decision decision = Decision::silence;
  std::vector<Match> matches;  // what it loads, else what it would offer; empty: silence
};

// The union of the answers to everything that the prompt asks for.
struct Routing {
  Decision decision = Decision::silence;  // the strongest of all needs'
  std::vector<Match> loaded;              // the most certain first, at most three
  std::vector<Match> offered;             // the first names of all needs, then second ones; at most four
  std::vector<Match> left_out;            // what there was no room for
  // What is loaded, then by score and symbol, or, with several needs, from each need in turn; filled even if the
  // decision is silence.
  std::vector<Match> ranked;
  std::vector<Need> needs;  // in the order of the prompt; empty: the prompt is one
  // By name, in what the person says: those that the prompt calls, in the order of the text and of all kinds, and those
  // that it refuses ("do not use NAME"), sorted. What is refused is neither called nor ranked.
  std::vector<ManifestId> called, refused;
  // The prompt refuses every skill ("don't use any skills"): only what it calls by name is loaded.
  bool refuses_all = false;
  // It refuses the one that was loaded last by pointing at it ("drop that skill"), and names none.
  bool refuses_that = false;
};

// The reasons for the router's decision. The sum of `points` decides: silence below `offer_from`; load from `load_from`
// on, if the lead over the second is at least `lead_from`; offer otherwise. A call by name decides alone. The lead is
// in per mille of the best score, or, if the library was taught by prompts, in 64ths of a bit of what they taught.
struct RoutingReport {
  struct Signal {
    std::string name;
    std::int32_t value = 0, points = 0;  // as measured; what it adds to the sum
  };
  struct Reading {
    std::string written, as;
  };

  // How far what is asked fits what a manifest of the user's own does: 3: it is asked for, 2: it may be, 1: it is only
  // spoken of, so at most offered, 0: something else is worked on, so it is not named; 4: not graded.
  // A rule that silences the prompt whatever the points gives 0 to all that it would have named.
  struct Fit {
    ManifestId id{};
    std::uint8_t grade = 4;
    std::string why;
  };

  static constexpr std::int32_t never = 0x7fffffff;

  Routing routing;
  std::vector<RoutingReport> needs;  // of each need alone; what follows is then empty
  std::vector<Signal> signals;       // of the prompt and its best answer; those that say something
  std::int32_t points = 0, offer_from = 0, load_from = 0;  // the marks in force; never: whatever the points
  std::uint32_t lead = 0, lead_from = 0;
  std::string rule;                    // what loads or offers where the points do not; empty: they decided
  std::vector<Fit> fits;               // of the own manifests that the points alone would have named
  bool from_host = false;              // a message that a program wrote, not a person
  std::vector<std::string> concepts;   // the subjects that the prompt was understood to have
  std::vector<Reading> repaired;       // words that were read as misspellings; as stems
  std::vector<std::string> ruled_out;  // words of names that the prompt rules out; as stems
  std::vector<ManifestId> called;      // by name
  // The person's words that can tell manifests apart, as written, each once, in their order: no function words, numbers
  // or parts of other words. Evidence has the same spelling.
  std::vector<std::string> words;

  // If prompts taught about the first match: the parts of the prompt that speak for it because of them, the strongest
  // first, in 64ths of a bit, and the most similar of those prompts.
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

// A prompt with its answer that measures the router and does not teach it.
struct KnownPrompt {
  std::string text;    // the prompt
  std::string answer;  // "kind:name", a command without its folders; empty: none is needed
};

struct RouterOptions {
  std::vector<Overlay> overlays;
  std::vector<KnownPrompt> kept_back;  // of cascade.prompts; they show how many points justify a load
};

// Immutable, cheap to copy, safe to share between threads. Scores are integers and the same on every machine.
class Router {
 public:
  // Reads the bodies once. Fails only if `read` does, with its error.
  static Result<Router> build(const Registry& registry, const ReadSection& read, const RouterOptions& options = {});

  Routing rank(const Query& query) const;
  RoutingReport explain(const Query& query) const;  // the result of rank() and the reasons
  // How much of the query the headings of a section answer: 500 (none of it) to 1000 (all of it). Reads the query once;
  // a section then costs the words of its headings. The returned function may outlive the router and the query, and
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
