// Whether claims hold, one by one, by what the history shows of a claim's figure: in its own time, rate and unit.
//   commits, merges, reverts, lines_added …   sums over commits (figures.h)
//   lines_changed, lines_net                  added and deleted lines together, added without deleted
//   authors        different names of authors, as .mailmap gives them
//   tags, files    tags by their date, files of the newest commit
//   active_days    days with a commit
//   rework, reviewed, explained, captured     shares
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metrics/claims.h"
#include "metrics/figures.h"

namespace cascade::metrics {

// How commits are read. A claim that is wrong by the first reading and right by another is not called wrong.
enum class Reading : std::uint8_t { plain, without_merges, by_author_date, by_mail, without_bots };
std::string_view to_string(Reading reading) noexcept;  // "without merges"

struct Shown {
  std::string fault;  // why there is no value
  Millionths value = 0;
  Grade grade = Grade::exact;
  std::string reason;              // of the grade
  Range range;                     // the days that were counted
  std::optional<Windows> windows;  // of a time without days: the value is that of the busiest
  std::optional<bool> holds;       // of a claim about every, no or some span: whether it is so; `value` decides it
  std::uint32_t length = 0;        // of the windows, in days
};

class ClaimCounter {
 public:
  ClaimCounter(const std::vector<Repository>& repositories, const std::vector<Figure>& figures,
               const std::vector<Figure>& assimilation, const Question& question)
      : repositories_(repositories),
        figures_(figures),
        assimilation_(assimilation),
        question_(question),
        whole_(whole_range(repositories, question)) {}

  // Complexity: linear in commits; of authors and tags, that for each span of a quantifier.
  Shown show(const Claim& claim, Reading reading) const;
  std::vector<std::string> people_named(std::string_view name) const;  // authors who have all of its words
  bool is_repository(std::string_view name) const;                     // "The Node exporter project" of node_exporter
  Range range_of_period(const Period& period) const;
  const Range& whole() const { return whole_; }

 private:
  struct Counting {
    std::string_view figure, part;
    Reading reading = Reading::plain;
  };
  std::uint64_t count(const Counting& counting, const Range& range, std::string& fault) const;
  std::uint64_t count_sums(const Counting& counting, const Range& range, std::string& fault) const;
  std::uint64_t count_authors(const Counting& counting, const Range& range) const;
  std::uint64_t count_tags(const Range& range) const;
  Daily daily(const Counting& counting, const Range& range, std::string& fault) const;
  void show_windows(const Claim& claim, const Counting& counting, Shown& shown) const;
  void show_share(const Claim& claim, const Counting& counting, Shown& shown) const;
  void show_captured(const Claim& claim, Shown& shown) const;
  void divide(const Claim& claim, Reading reading, Shown& shown) const;
  void grade(const Claim& claim, Shown& shown) const;
  void show_quantified(const Claim& claim, const Counting& counting, Shown& shown) const;
  std::optional<std::vector<std::uint64_t>> values_of(const std::vector<Range>& spans, const Counting& counting,
                                                      std::string& fault) const;
  std::string top_author(const Range& range, Reading reading) const;

  const std::vector<Repository>& repositories_;
  const std::vector<Figure>&figures_, &assimilation_;
  const Question& question_;
  Range whole_;
};

enum class Verdict : std::uint8_t { holds, in_best_window, cannot_be_judged, wrong };
std::string_view to_string(Verdict verdict) noexcept;  // "holds in the best window"

struct Judgement {
  Claim claim;
  Verdict verdict = Verdict::cannot_be_judged;
  std::string because;
  std::optional<Millionths> found;  // in the claim's own time, rate and unit
  std::optional<Windows> windows;   // of a time without days
  Grade windows_grade = Grade::exact;
  std::optional<std::uint64_t> computed;  // of a number of people: what the claimed figures give
};

std::string decimal_text(Millionths value);  // "6,158", "0.987", with at most three places

// `assimilation`: for the shares that are reviewed or explained.
std::vector<Judgement> judge(const std::vector<Claim>& claims, const std::vector<Repository>& repositories,
                             const std::vector<Figure>& figures, const std::vector<Figure>& assimilation,
                             const Question& question);

}  // namespace cascade::metrics
