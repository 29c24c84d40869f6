// What is remembered: one statement with where it holds, where it comes from and how long.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cascade::recall {

// project: one repository; user: one person, in every repository; team: all who share a store.
enum class Scope : std::uint8_t { project, user, team };
std::string_view to_string(Scope scope) noexcept;
std::optional<Scope> parse_scope(std::string_view text) noexcept;

// live: spoken. candidate: captured, not spoken until it is kept. superseded: a newer one about the same subject took
// its place. retired: no longer true, and nothing took its place.
enum class State : std::uint8_t { live, candidate, superseded, retired };
std::string_view to_string(State state) noexcept;
std::optional<State> parse_state(std::string_view text) noexcept;

constexpr std::uint32_t full_trust = 100, model_trust = 80;

struct Fact {
  std::string id;
  Scope scope = Scope::project;
  std::string owner;  // a repository's address or path, an e-mail address, a team's name
  std::string subject, text;
  std::string kind = "fact";         // fact, convention, decision, gotcha, preference, ...: a word of the writer's
  std::string source;                // where the writer has it from
  std::string author;                // who wrote it: an e-mail address, or the model
  std::uint32_t trust = full_trust;  // per cent; what a model wrote counts less than what a person did
  State state = State::live;
  std::int64_t learned = 0;      // seconds since 1970
  std::int64_t valid_until = 0;  // the last second that it holds; 0: no end is known
  std::string superseded_by;     // an id; empty: by none
  std::string session;           // of the client, where it was captured
};

// "2025-03-01"; empty for 0.
std::string date_of(std::int64_t seconds);
// The first second of a day, and the last one. Nothing: no date.
std::optional<std::int64_t> begin_of_day(std::string_view date);
std::optional<std::int64_t> end_of_day(std::string_view date);

}  // namespace cascade::recall
