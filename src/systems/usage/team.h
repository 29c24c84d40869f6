// A team's figures of use in the store that its members share: for each member, week and manifest the counts of
// `cascade usage`. Names and counts only; a member is a hash.
#pragma once

#include <cascade/result.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace cascade::team {

// What is counted, in the order of Line::counts.
enum class Counted : std::uint8_t {
  sent,
  judged,
  used,
  placebos,
  placebos_used,
  tokens,
  wasted_tokens,
  loads,
  loads_ignored,
  offers,
  offers_taken,
  refused,
  sessions,
};
constexpr std::size_t counted = 13;
std::string_view to_string(Counted what) noexcept;  // in JSON and in the store

struct Line {
  std::string week;      // "2026-W48"
  std::string manifest;  // "skill:review", or a hash
  std::array<std::uint64_t, counted> counts{};

  std::uint64_t operator[](Counted what) const noexcept { return counts[static_cast<std::size_t>(what)]; }
  std::uint64_t& operator[](Counted what) noexcept { return counts[static_cast<std::size_t>(what)]; }
};

struct Joined {
  std::vector<Line> lines;    // by manifest: all weeks and members together; without a week
  std::uint64_t members = 0;  // who have shared anything of these weeks
};

// Errors of all operations: those of store::Store.
class Team {
 public:
  static Result<Team> open(const store::Options& options);

  // Replaces what the member has shared of these weeks and manifests, unless that was more: logs are deleted with time,
  // and a week that has passed does not shrink.
  Result<void> share(const std::string& member, const std::vector<Line>& lines);
  // Of the weeks from `first` to `last`, which are compared as text.
  Result<Joined> joined(const std::string& first, const std::string& last);
  // Takes back everything that the member has shared.
  Result<void> withdraw(const std::string& member);

 private:
  explicit Team(store::Store store) : store_(std::move(store)) {}
  store::Store store_;
};

}  // namespace cascade::team
