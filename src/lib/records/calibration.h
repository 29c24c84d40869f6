// How strictly a gate may act, from how often its flags were right. Uses integers only, so the same counts give the
// same answer everywhere.
//
// A gate is judged by the lower end of Wilson's interval for its precision, which is low while there are few outcomes.
// Checking after every outcome would sooner or later promote a gate in a lucky moment, so a promotion is decided only
// at 35, 70, 140, ... outcomes; 35 is the least that a faultless gate needs to block. A demotion takes effect at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cascade::gate {

// In order of strictness. shadow: records and says nothing.
enum class Level : std::uint8_t { shadow, warn, block };
std::string_view to_string(Level level) noexcept;
std::optional<Level> parse_level(std::string_view text) noexcept;

// Flags with a known outcome. Exact up to a million of both together.
struct Counts {
  std::uint64_t right = 0, wrong = 0;
  std::uint64_t total() const noexcept { return right + wrong; }
};

// An interval for the precision, in parts per million. Without outcomes: 0 to 1,000,000.
struct Interval {
  std::uint32_t lower = 0, upper = 0;
};
// Wilson, 95 %; rounded outwards.
Interval interval(Counts counts) noexcept;
// "0.82 to 0.98", both rounded down.
std::string to_string(Interval interval);

constexpr std::uint32_t to_warn_ppm = 500'000, to_block_ppm = 900'000;
constexpr std::uint64_t first_decision = 35;

// The level that the counts alone would allow.
Level level_of(Counts counts) noexcept;
bool is_decision(std::uint64_t outcomes) noexcept;
std::uint64_t next_decision(std::uint64_t outcomes) noexcept;  // the first one above

// The level after an outcome. `counts` include it; `grew`: it is a new outcome, not a correction of an earlier one.
// Flagged changes that went through and still stand (`standing`) may turn out wrong flags, and reverts come sooner
// than 14 quiet days: a promotion counts them as wrong, or a bad gate would look good while it is young.
Level next_level(Level earned, Counts counts, std::uint64_t standing, bool grew) noexcept;

// The next decision that can reach `level`: at how many outcomes, and how many of those to come must be right.
struct Way {
  std::uint64_t outcomes = 0, more = 0, right = 0;
};
Way way_to(Level level, Counts counts) noexcept;

}  // namespace cascade::gate
