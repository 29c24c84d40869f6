// The answer to a query: the entries that may be answers, in order, the gate's signals and its decision.
#pragma once

#include "route/answer/gate.h"

namespace cascade::route {

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

// Raises the score of each manifest in `order` that is about these languages a little, and sorts again.
void favour(const Tables& tables, const Weights& weights, const std::vector<std::string>& paths,
            std::vector<Ranked>& order);

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
