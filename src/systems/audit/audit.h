// Judges a repository by all checks: levels with their evidence, a score, and what to mend first.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/subject.h"
#include "confined/confined.h"

namespace cascade::audit {

// What a check is about: the repository, or each of its packages.
enum class Scope : std::uint8_t { repository, package };

// Of a check. It adds evidence and says what lacks; it gives no level above 0 without evidence.
using Judge = Level(const Subject& subject, const Package& package, Finding& finding);

// A row of checks.tsv, which says what each column means.
struct Check {
  std::string_view family, name;
  std::uint32_t weight = 1;
  Scope scope = Scope::repository;
  std::string_view question;
  std::string_view present, consistent, shown;
  std::string_view way;
  std::uint32_t effort = 2;
  std::string_view skill;
  Judge* judge = nullptr;
};

std::span<const Check> checks() noexcept;
const Check* find_check(std::string_view id);  // null: there is none
std::string id_of(const Check& check);

struct Judgement {
  const Check* check = nullptr;
  std::string package;  // folder; "": the repository, or the package in its root
  Level level = Level::absent;
  Finding finding;
  std::uint32_t worth = 0;  // thousandths of the score that level 2 (or, from there, 3) would add
};

// A score in thousandths of all that applies: a level is worth a third of the weight each.
struct FamilyScore {
  std::string_view name;
  std::uint32_t score = 0, of = 0;  // `of`: the weights that apply, of 100
};

// A file that a check asked for and that could not be read whole.
struct Unread {
  std::string path, why;
};

struct Report {
  std::string name;  // as its manifest says, or else its folder's
  std::string head;  // of the history; empty: none is known
  std::vector<Package> packages;
  std::vector<Judgement> judgements;  // in the order of the checks, then of the packages
  std::vector<FamilyScore> families;
  std::uint32_t score = 0;
  std::vector<std::size_t> first;  // at most three judgements that add most for the least effort
  std::vector<PlannedRun> plan;    // what --run would run
  std::vector<Run> runs;
  std::vector<Unread> unread;
  bool is_whole = true;        // all files were looked at
  bool has_whole_past = true;  // false: there is a history, and parts of it are missing
};

// What the caller knows of the world around the files.
struct Around {
  std::optional<Past> past;
  std::vector<CiOutcome> outcomes;
  Manifests manifests;
};

// Runs what is planned and says how it ended. Its error is the audit's.
using RunPlanned = std::function<Result<std::vector<Run>>(const std::vector<PlannedRun>& plan)>;

// `root` is absolute. `run` is called once the plan is known and before anything is judged; empty: nothing is run.
// not_found, unreadable: the root.
Result<Report> audit(const files::Tree& tree, const std::string& root, Rows rows, const Around& around,
                     const RunPlanned& run = {});

}  // namespace cascade::audit

namespace cascade::audit::judges {

Judge instructions, commands, manifests, suite, regressions, lint, types, format, tests_in_ci, checks_in_ci,
    pinned_actions, publishing, locks, setup, secrets, guards, updates, owners, reviews, explanations;

}  // namespace cascade::audit::judges
