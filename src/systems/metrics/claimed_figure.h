// What the history shows of a claim's figure: in the claim's own time, rate and unit.
//   commits, merges, reverts, lines_added …   sums over commits (figures.h)
//   lines_changed, lines_net                  added and deleted lines together, added without deleted
//   authors        different names of authors, as .mailmap gives them
//   tags, files    tags by their date, files of the newest commit
//   active_days    days with a commit
//   rework, reviewed, explained, captured     shares
#pragma once

#include <cstdint>
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

  // Complexity: linear in commits.
  Shown show(const Claim& claim, Reading reading) const;
  bool is_person(std::string_view name) const;  // a name of an author has one of these words
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
  std::string top_author(const Range& range, Reading reading) const;

  const std::vector<Repository>& repositories_;
  const std::vector<Figure>&figures_, &assimilation_;
  const Question& question_;
  Range whole_;
};

}  // namespace cascade::metrics
