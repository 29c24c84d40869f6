// The answer to a query: the entries that may be answers, in order, the gate's signals and its decision.
#pragma once

#include <cascade/route.h>

#include "route/answer/prompt.h"
#include "route/learned.h"

namespace cascade::route {

// The gate: decides from signals about a prompt and its best answer whether to load, offer or keep silent.

// The lessons applied to one prompt. All differences are in 64ths of a bit.
class Taught {
 public:
  // `kinds`: those that were asked for; empty: all.
  Taught(const Tables& tables, const Learned& learned, const Prompt& prompt, const Scorer& scorer,
         const std::vector<Kind>& kinds);

  bool speaks() const { return taught_; }  // true: the manifest that they know best is of a kind that may answer
  // Lowers each entry's score by how much better the best class explains the prompt than the entry's own class. Adds
  // entries that lessons cover and that no word of the prompt matched. Sorts best first, ties by entry.
  void combine(std::vector<Ranked>& order);

  // How much better the best manifest's class explains the prompt than the best class that needs nothing.
  std::int32_t need() const { return best_ - nothing_; }
  // How much better the best class that asks for work explains the prompt than the best that needs nothing.
  std::int32_t work() const { return requests_ - nothing_; }
  // How much better the best class of idle talk explains the prompt than any class that asks for work.
  std::int32_t idle() const { return idle_ - work_; }
  std::int32_t of(std::uint32_t entry) const;     // how far an entry's class is behind the best; 0 or less
  std::int32_t ahead(std::uint32_t entry) const;  // how far it is ahead of the best other entry
  const Features& features() const { return features_; }
  std::uint32_t best_before() const { return best_before_; }  // the best score from the library's own words alone

 private:
  const Tables& tables_;
  Features features_;
  std::optional<LearnedScores> scores_;
  bool taught_ = false;
  std::uint32_t best_before_ = 0;
  std::int32_t best_ = 0, nothing_ = 0, idle_ = 0, work_ = 0, requests_ = 0;
};

// What lessons are learned about. Stems do not depend on the library, but for misspelt words, which count as corrected.
Features features_of(const Tables& tables, const Prompt& prompt, const Scorer& scorer);

// The texts of the features, for explanations, in the order of LearnedGain::feature.
std::vector<std::string> feature_texts(const Tables& tables, const Prompt& prompt, const Scorer& scorer,
                                       const Features& features);

// In 64ths of a bit.
struct Shared {
  std::int32_t value = 0;  // the bits that are shared, and more of them the larger their share of all that is said
  // The value from which on an answer is likely wanted. By chance more of a large library's manifests share something
  // with a prompt, and a long prompt more with each of them.
  std::int32_t mark = 0;
  std::uint32_t share = 0;  // of the bits of all that is said, per mille
  std::uint32_t rare = 0;   // shared words that hardly any lesson has
};

// REQUIRES: the entry is none of the shipped library.
Shared shared_with(const Tables& tables, const Learned& learned, const Prompt& prompt, const Scorer& scorer,
                   std::uint32_t entry);

// The share of a manifest's name that the prompt says, per mille, if it is a heading or an order of a few words, all in
// its name, triggers or description; all of it for an order that begins with a long trigger; else 0. English only.
std::uint32_t named_in_few_words(const Tables& tables, const Prompt& prompt, const Scorer& scorer, std::uint32_t entry);

// The bits beyond chance that each word of the prompt says, by its index; -1: it does not count, or has been said.
std::vector<std::int32_t> bits_of(const Learned& learned, const Prompt& prompt);

// The gate's input. All shares are per mille.
struct Signals {
  std::uint32_t top = 0;       // 64 * log2 of the best score
  std::uint32_t lead = 0;      // share of the best score that the second lacks
  std::uint32_t met = 0;       // share of the prompt's information that the best answer meets
  std::uint32_t everyday = 0;  // words of life outside the trade
  std::uint32_t phrases = 0;   // phrases of the trade with several words
  std::uint32_t words = 0;     // words other than function words and numbers
  std::uint32_t fact = 0;      // questions about what is or what may be done in this project, which no page answers
  std::uint32_t small_talk = 0, errand = 0, question = 0;  // chat and replies; small edits and shell lines; trivia
  std::uint32_t definition = 0;                            // "what is a ..."
  std::uint32_t called = 0;  // 1: the prompt calls the best answer by name, or is one of its lessons
  // In 64ths of a bit, how much better: the best manifest than the best that needs nothing (need; without lessons about
  // the lane, what asks for work), the best idle talk than any request (idle), the first than the next (ahead).
  bool taught = false;
  std::int32_t need = 0, idle = 0, ahead = 0;
  std::uint32_t spoken = 0;     // 64 * log2 of the best score of the library's own words
  std::uint32_t untaught = 0;   // 1: no prompt taught about the first manifest
  std::uint32_t for_files = 0;  // 1: the first manifest names an ending of files that the prompt names (answer.cpp)
  std::uint32_t aside = 0;      // points against a sentence that is not the last: it may be about something else
  bool translated = false;      // by the dictionary, which leaves fewer words as evidence
  bool calls_another = false;   // what is called by name is not the first
  std::uint32_t named = 0;      // share of the first's name, where a heading or an order is made of its words alone
  Shared shared;                // without lessons: what the first manifest shares with the prompt
  std::uint32_t concept_points = 0;  // and the points that concepts give it
  bool of_the_trade = false;         // and whether it expresses more concepts than any text does by accident
  // Without lessons, by Caution: the points from which a load is right, by the library's own prompts; or not_shown.
  std::array<std::int32_t, 3> load_from{not_shown, not_shown, not_shown};
};

// Points against the best where lessons cover the library: among many words some belong to a manifest by accident, so
// they must sound like work for one, or name it clearly before the second.
std::int32_t doubt_of_many_words(const Signals& signals) noexcept;

// The concepts are the software trade's, and a long text about anything expresses some of them: three in twelve words
// say what a manifest is about, five in three hundred say nothing.
bool is_of_the_trade(const EntryRecord& entry) noexcept;

// `ranked`: of one lane. `learned`: lessons cover it; else they tell only how much the prompt seems to need nothing.
Signals look_at(const Tables& tables, const Prompt& prompt, const Scorer& scorer, const Taught& taught, bool learned,
                const std::vector<Ranked>& ranked);

struct SignalPoints {
  std::string_view name;
  std::int32_t value = 0, points = 0;
};
std::vector<SignalPoints> weigh(const Signals& signals);

std::int32_t points(const Signals& signals);

// The points from which the gate offers or loads, and the lead over the second that a load needs: per mille of the
// score, or 64ths of a bit when lessons cover the library.
struct Thresholds {
  std::int32_t offer = 0, load = 0;
  std::uint32_t lead = 0;
};
Thresholds thresholds(const Signals& signals, Caution caution) noexcept;
std::uint32_t lead_of(const Signals& signals) noexcept;

Decision decide(const Signals& signals, Caution caution);

// The shipped library's manifests, which prompts taught about, or all others: ranked and judged as if they were alone.
struct Lane {
  std::vector<Ranked> order;  // best first
  Signals signals;            // of the prompt and the lane's best
  std::int32_t points = 0;    // their sum

  bool is_called() const noexcept { return signals.called != 0; }
};

// Whether the lanes' best are so even that neither may be loaded unasked.
bool are_rivals(const Lane& own, const Lane& shipped, Caution caution) noexcept;

// Puts both lanes' manifests on one scale, that of the lane whose best comes first. The other lane's best comes second
// where it would have been offered alone. REQUIRES: neither is empty.
std::vector<Ranked> merged(const Lane& own, const Lane& shipped, Caution caution);

// The number of manifests, from the first, that an offer names: those not much less likely than the first.
std::size_t offered_of(const Tables& tables, const std::vector<Ranked>& order) noexcept;

// Lowers manifests of a plugin below those of a user, and these below those of a project: of two that fit a prompt
// equally well, the nearer one is meant. Nothing changes where all have one origin.
void prefer_near(const Tables& tables, std::vector<Ranked>& order);

// How a text stands in a longer message.
struct Standing {
  std::uint32_t aside = 0;  // points against all answers, for a sentence that may not be the request
  bool english = false;     // the message is English, whatever the text alone looks like
};

// How far what the message wants done is what an own manifest does (route/needs/fit.cpp).
struct Fit {
  static constexpr std::uint8_t taken_back = 0, spoken_of = 1, may_be_asked = 2, asked = 3, not_graded = 4;

  std::uint32_t entry = none;
  std::uint8_t grade = not_graded;
  bool ordered = false;  // what is ordered is its act or its object
  std::string_view why;
  std::uint32_t order = none;  // the piece of the message that gives the grade, if it is an order
};

// What decides where the points do not, as people are told.
namespace rules {
inline constexpr std::string_view called = "it is called by name", lesson = "the prompt is one of its lessons",
                                  ordered = "the prompt orders its act, or its object",
                                  wish = "the prompt wants something faster", symptom = "the prompt tells of a symptom";
}  // namespace rules

struct Answer {
  Answer(const Tables& tables, const Query& query, Standing standing = {}, const Weights& weights = {},
         const Learned& learned = shipped_learned());  // learned: for the constructor only
  Answer(const Answer&) = delete;                      // the scorer refers to `prompt`
  Answer& operator=(const Answer&) = delete;

  // Nothing may be loaded unasked: what is first may not be what is meant.
  void only_offer() noexcept;
  // Names nothing whatever its points, and says why of each manifest that it named.
  void fall_silent(const Tables& tables, std::string_view why);
  // Why it loads or offers although its points do not reach the mark; empty: they do.
  std::string_view deciding_rule() const;
  std::size_t named(const Tables& tables) const noexcept;
  bool names(std::size_t named, std::uint32_t entry) const;
  // Decides again as if the own lane's second had this score.
  void lead_over(const Tables& tables, const Query& query, std::uint32_t second);
  // Names the own lane's best, which is ordered, whatever its points.
  void offer_own(Caution caution, const Fit& fit);
  // Decides again by the grades of the own manifests that it names.
  void obey_fits(const Tables& tables, Caution caution);

  Weights weights;
  Prompt prompt;
  Scorer scorer;
  Taught taught;
  Lane own, shipped;
  std::vector<Ranked> order;  // of both lanes, best first; the first places go to different families
  Signals signals;            // of the lane whose best comes first
  Decision decision = Decision::silence;
  std::vector<Ranked> also;  // own manifests for what the named ones leave unexplained: offered
  std::vector<Fit> fits;  // of the own manifests that it named before it obeyed them, and of all before it fell silent
  Thresholds marks;       // in force for the decision; load: never, if nothing may be loaded whatever the points
  std::string_view rule;  // what decided where the points alone would not; empty: they did
  std::unique_ptr<const std::string> kept;  // the prompt's text where it is no part of the query's

 private:
  bool rivals = false;  // neither lane's best may be loaded
  void choose(const Tables& tables, const Query& query);
  void give_way_to_language(const Tables& tables, const std::vector<std::string>& paths);
  void answer_as_shipped(Caution caution);
};

// What is asked of an own manifest beside what its points say (route/needs/fit.cpp).
bool covers_trigger(const Tables& tables, const Answer& answer, std::uint32_t entry);
constexpr std::uint32_t enough_concepts = 2000, sure_concepts = 3000;
bool is_known_by_concept(const Tables& tables, const Answer& answer, std::uint32_t entry, std::uint32_t least);
bool explains_too_little(const Tables& tables, const Answer& answer, std::uint32_t entry, bool ordered);
std::optional<Ranked> second_asked(const Answer& answer, std::size_t named);
bool may_be_ordered(const Answer& answer, std::size_t named);

// The languages and tools that the names of the files at hand imply.
struct FileSign {
  std::string_view name, word, kind;  // kind: a project is written in a "language", a "tool" serves any
};
std::span<const FileSign> file_signs() noexcept;  // by name

// Whether the manifest's name says a language that neither the prompt nor the files at hand, if any, are in.
bool lacks_its_language(const Tables& tables, const Answer& answer, const std::vector<std::string>& paths,
                        std::uint32_t entry);

// The sentences that the person says, each without the courtesies and the place that it begins with, where they differ
// from the whole; at most four, those at the end first. Parts of `text`.
std::vector<std::string_view> asks_in(std::string_view text, const std::vector<prompt::Part>& parts);

// A message whose words add up to points for anything.
bool is_long(std::string_view text);
// A long brief: its sentences say parts of a request, and many of them alone would find something.
bool is_brief(std::string_view text, const std::vector<prompt::Part>& parts);

// The answer to the whole prompt, or to one of its asks where that is more likely wanted. If all are silent, the prompt
// is read together with the one before. The text of the answer's prompt is a part of the query's, or is kept with it.
std::unique_ptr<Answer> best_answer(const Tables& tables, const Query& query, bool english = false);

// A prompt without the thanks to its end, or from its beginning to a mark, where enough is said besides. Linear.
Prompt read_request(const Tables& tables, std::string_view text, bool english = false);

}  // namespace cascade::route
