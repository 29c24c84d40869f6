// Everything that `cascade metrics` says.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metrics/figures.h"
#include "metrics/judge.h"

namespace cascade::metrics {

// Shares of the authored lines of the range: "explained", "reviewed"; and of the lines that stand in the newest commit:
// "author_active". `forge`: null if there is none.
std::vector<Figure> assimilation_of(const std::vector<Repository>& repositories,
                                    const std::vector<MergedRequest>* forge, const Question& question);

// What makes figures larger than the work behind them.
struct LargeCommit {
  std::string repository, id, subject, date;  // `date`: empty if its clock is impossible
  std::uint64_t added = 0;
};

struct Extension {
  std::string name;  // "md"; "" for files without one
  std::uint64_t added = 0;
};

// Commits of a kind, and the lines that they add.
struct Part {
  std::uint64_t commits = 0, added = 0;
};

struct Inflation {
  Grade grade = Grade::exact;        // incomplete: of the lines that are known
  std::uint64_t added = 0;           // all added lines of the range, without renamed files as git finds them
  std::vector<LargeCommit> largest;  // at most five, largest first
  std::array<std::uint64_t, made_kinds> made = {};  // added lines by who made them, renamed files whole
  std::vector<Extension> extensions;                // at most five, largest first
  std::uint64_t binaries = 0;
  Part bots, twins, elsewhere, empty, formats;  // `formats`: a formatter is named, or nothing but white space changes
  std::uint64_t future = 0;                     // commits dated after today: in no window
  std::uint64_t backwards = 0;                  // commits dated more than a day before a parent
  std::uint64_t impossible = 0;                 // before 1970 or after 9999
};

Inflation inflation_of(const std::vector<Repository>& repositories, const Question& question);

// How changes reach their users, from a file of deployments or, as an approximation, tags.

// Durations in seconds.
struct Spread {
  std::uint64_t n = 0, minimum = 0, twice_median = 0, maximum = 0;
};
Spread spread_of(std::vector<std::uint64_t> values);

struct Delivery {
  bool from_tags = true;  // tags are not deployments: no more than an approximation
  Grade grade = Grade::approximate;
  std::uint64_t deployments = 0, failed = 0, rework = 0;  // in the range; the last two are known from a file only
  std::uint64_t days = 0;                                 // of the range
  Windows windows;                                        // deployments by window
  Spread lead;                                            // from each commit to the first deployment that has it
  Spread recovery;                                        // from a failed deployment to the restored service
  std::uint64_t unknown_commits = 0;                      // deployments of commits that no history here has
};

// `file`: null if there is none.
Delivery delivery_of(const std::vector<Repository>& repositories, const std::vector<Deployment>* file,
                     const Question& question);

struct RepositoryRow {
  std::string name, branch, head, format;
  std::vector<Gap> gaps;
  std::vector<Figure> figures;  // of this repository alone
  std::uint64_t elsewhere = 0;  // commits that a repository before it has: they count there
};

struct Report {
  std::vector<RepositoryRow> repositories;
  Range range;
  Question question;
  std::vector<Figure> figures, assimilation;
  Inflation inflation;
  Delivery delivery;
  std::vector<Judgement> judgements;

  bool is_incomplete() const;  // a total may be larger: exit 3. Shares may look at days before those asked for
};

struct Outside {
  std::optional<std::vector<MergedRequest>> forge;
  std::optional<std::vector<Deployment>> deployments;
  std::optional<std::vector<Claim>> claims;
};

// Consumes the histories, of which the first named one keeps what several have.
Report report_of(std::vector<History> histories, const Outside& outside, const Question& question);

}  // namespace cascade::metrics
