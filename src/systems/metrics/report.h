// Everything that `cascade metrics` says.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metrics/claims.h"
#include "metrics/figures.h"

namespace cascade::metrics {

enum class Verdict : std::uint8_t { holds, in_best_window, cannot_be_judged, wrong, not_judged };
std::string_view to_string(Verdict verdict) noexcept;  // "holds in the best window"; `not_judged`: prose

struct Judgement {
  Claim claim;
  Verdict verdict = Verdict::cannot_be_judged;
  std::string because;
  std::optional<Millionths> found;  // in the claim's own time, rate and unit
  std::optional<Windows> windows;   // of a time without days
  Grade windows_grade = Grade::exact;
};

std::string decimal_text(Millionths value);  // "6,158", "0.987", with at most three places

// `assimilation`: for the shares that are reviewed or explained. Complexity: linear in commits for each claim.
std::vector<Judgement> judge(const std::vector<Claim>& claims, const std::vector<Repository>& repositories,
                             const std::vector<Figure>& figures, const std::vector<Figure>& assimilation,
                             const Question& question);

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
  std::vector<Judgement> judgements;

  bool is_incomplete() const;  // a total may be larger: exit 3. Shares may look at days before those asked for
};

struct Outside {
  std::optional<std::vector<MergedRequest>> forge;
  std::optional<std::vector<Claim>> claims;
};

// Consumes the histories, of which the first named one keeps what several have.
Report report_of(std::vector<History> histories, const Outside& outside, const Question& question);

}  // namespace cascade::metrics
