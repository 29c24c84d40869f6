// The owners of the facts that may be recalled in a folder: its repository, its user and its team.
#pragma once

#include "files/tree.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cascade::recall {

// project: one repository; user: one person, in every repository; team: all who share a store.
enum class Scope : std::uint8_t { project, user, team };
std::string_view to_string(Scope scope) noexcept;
std::optional<Scope> parse_scope(std::string_view text) noexcept;

struct Place {
  std::string
      project;       // the normal address of the repository's origin, else the path of its work tree, else the folder
  std::string user;  // git's user.email, in lower case; empty: not set
  std::string team;  // cascade.yaml's `team`; empty: none

  const std::string& owner(Scope scope) const noexcept {
    return scope == Scope::project ? project : scope == Scope::user ? user : team;
  }
};

// Reads the repository's and the user's configuration where git looks for them, without starting a program. `home`:
// HOME; `config`: XDG_CONFIG_HOME or its substitute, may be empty. An unreadable file counts as missing. insteadOf and
// include are not followed.
Place place_of(const std::string& directory, const std::string& home, const std::string& config,
               const files::Tree& tree);

// One remembered statement: where it holds, where it comes from and how long it is valid.

// live: may be recalled. candidate: captured, not recalled until someone keeps it. superseded: a newer fact of the same
// claim replaced it. retired: no longer true, with no replacement.
enum class State : std::uint8_t { live, candidate, superseded, retired };
std::string_view to_string(State state) noexcept;
std::optional<State> parse_state(std::string_view text) noexcept;

constexpr std::uint32_t full_trust = 100, model_trust = 80;

struct Fact {
  std::string id;
  Scope scope = Scope::project;
  std::string owner;  // a repository's address or path, an e-mail address, a team's name
  std::string subject, text;
  std::string kind = "fact";         // fact, convention, decision, gotcha, preference, ...: the writer's own word
  std::string source;                // where the writer learned it
  std::string author;                // who wrote it: an e-mail address, or the model
  std::uint32_t trust = full_trust;  // per cent; a model's fact counts less than a person's
  State state = State::live;
  std::int64_t learned = 0;      // seconds since 1970
  std::int64_t valid_until = 0;  // the last second of its validity; 0: no known end
  std::string superseded_by;     // an id; empty: not superseded
  std::string session;           // the client's session in which it was captured
  bool subject_given = true;     // somebody named the subject; else it was read from the text
  bool has_no_secret = false;    // a person says so: only what its issuer marks is taken out
  std::string claim;             // joins facts that make one claim, where nobody named their subject
  std::string why;               // what it was superseded for; "may contradict": of a live one, that a newer one does
};

std::string date_of(std::int64_t seconds);  // "2025-03-01"; empty for 0
// The first and the last second of a day. nullopt: `date` is not a date.
std::optional<std::int64_t> begin_of_day(std::string_view date);
std::optional<std::int64_t> end_of_day(std::string_view date);

}  // namespace cascade::recall
