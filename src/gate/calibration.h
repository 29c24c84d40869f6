// How strictly a gate may act, from how often its flags were right. Integers only: the same counts give the same answer
// everywhere.
//
// A gate is judged by the lower end of Wilson's interval for its precision, which is low while little is known.
// Somebody who looks after every outcome would promote a gate for a lucky moment sooner or later, so a promotion is
// decided at 35, 70, 140, ... outcomes only; 35 is the least that a faultless gate needs to block. A demotion waits for
// nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cascade::gate {

// In the order of strictness. shadow: says nothing.
enum class Level : std::uint8_t { shadow, warn, block };
std::string_view to_string(Level level) noexcept;
std::optional<Level> parse_level(std::string_view text) noexcept;

// Flags whose outcome is known. At most a million of both together is exact.
struct Counts {
  std::uint64_t right = 0, wrong = 0;
  std::uint64_t total() const noexcept { return right + wrong; }
};

// Of the precision, in parts per million. Without outcomes: 0 to 1,000,000.
struct Interval {
  std::uint32_t lower = 0, upper = 0;
};
// Wilson, 95 %; rounded outwards.
Interval interval(Counts counts) noexcept;

constexpr std::uint32_t to_warn_ppm = 500'000, to_block_ppm = 900'000;
constexpr std::uint64_t first_decision = 35;

// What the counts alone would allow.
Level level_of(Counts counts) noexcept;
bool is_decision(std::uint64_t outcomes) noexcept;
std::uint64_t next_decision(std::uint64_t outcomes) noexcept;  // the first one above

// The level after an outcome. `counts` hold it; `grew`: it is a further one, and no correction of an earlier. What was
// let through and still stands (`standing`) may turn out wrong, and reverts come sooner than 14 quiet days: for a
// promotion it counts as wrong, or a bad gate would look good while it is young.
Level next_level(Level earned, Counts counts, std::uint64_t standing, bool grew) noexcept;

// The next decision that can bring `level`: at how many outcomes, and how many of those to come must be right.
struct Way {
  std::uint64_t outcomes = 0, more = 0, right = 0;
};
Way way_to(Level level, Counts counts) noexcept;

}  // namespace cascade::gate
